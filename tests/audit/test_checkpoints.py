"""Checkpoints kept elsewhere: what the chains alone cannot tell is found (S56)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from tests.audit.chains import ONE, OTHER, SOMEBODY, as_owner, connected, write
from tests.audit.conftest import NAME, moved_to
from waymark.audit import anchors, checkpoints
from waymark.audit.events import record
from waymark.audit.looks import look
from waymark.database import clock
from waymark.database.guard import become

pytestmark = pytest.mark.usefixtures("audited")

KEY: bytes = settings.CONFIGURATION.checkpoint_key
PUBLIC = Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw()
GONE = "an event that was there is gone"
UNKNOWN = "the database does not have this checkpoint"


@pytest.fixture
def kept(audited: None, tmp_path: Path) -> Callable[[], str]:
    """Makes the checkpoint that is due, and gives the file that is kept elsewhere."""

    def file() -> str:
        with moved_to(NAME, "waymark_worker"), transaction.atomic():
            become(checkpoints.MAKE_CHECKPOINTS)
            checkpoints.make_if_due(KEY)
            checkpoints.keep(tmp_path)
        return (tmp_path / checkpoints.FILE).read_text()

    return file


def later(**more: float) -> None:
    clock.offset.set(clock.offset.get() + timedelta(**more))


def _meeting_ended() -> None:
    with transaction.atomic():
        become(SOMEBODY)
        record("meeting_ended", by=SOMEBODY, at=clock.now())


def found(kept: str, public: bytes = PUBLIC, ago: timedelta = timedelta()) -> dict[str, str]:
    at = datetime.now(UTC) + clock.offset.get() + ago
    with connected("waymark_verifier") as database:
        return dict(anchors.faults(database, kept, public, at))


@pytest.mark.requirement("S56")
def test_one_is_made_each_hour_each_thousand_events_and_at_a_meetings_end(
    kept: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> int:
        return kept().count("signature ")

    assert made() == made() == 1
    later(minutes=59)
    assert made() == 1
    later(minutes=2)
    assert made() == 2
    _meeting_ended()
    later(minutes=1)
    assert made() == 3
    monkeypatch.setattr(checkpoints, "MANY", 2)
    write(ONE, "one")
    assert made() == 3
    write(OTHER, "two")
    assert made() == 4


@pytest.mark.requirement("S56")
def test_what_nobody_touched_fits_and_a_late_one_is_told(kept: Callable[[], str]) -> None:
    kept()
    write(ONE, "more")
    later(hours=2)
    file = kept()
    assert found(file) == {}
    assert found(file, ago=timedelta(minutes=119)) == {}
    assert "more than two hours" in next(iter(found(file, ago=timedelta(minutes=121))))


@pytest.mark.requirement("S57")
@pytest.mark.parametrize(
    ("what", "how"),
    [
        (
            "the last event deleted, its head mended",
            "DELETE FROM audit_event WHERE chain = 41 AND number = 4;"
            "UPDATE audit_head SET number = 3, digest = (SELECT digest FROM audit_event"
            " WHERE chain = 41 AND number = 3) WHERE chain = 41",
        ),
        (
            "a whole chain deleted",
            "DELETE FROM audit_event WHERE chain = 41; DELETE FROM audit_head WHERE chain = 41",
        ),
        ("the events emptied", "TRUNCATE audit_event"),
    ],
)
def test_an_end_that_is_gone_is_found(kept: Callable[[], str], what: str, how: str) -> None:
    file = kept()
    as_owner(how)
    assert found(file)[GONE].startswith("checkpoint 1, chain "), what


@pytest.mark.requirement("S57")
def test_an_older_copy_put_back_is_found(kept: Callable[[], str]) -> None:
    kept()
    tables = ("audit_event", "audit_head", "audit_checkpoint", "audit_noted")
    as_owner("".join(f"CREATE TABLE old_{t} AS SELECT * FROM {t};" for t in tables))
    write(ONE, "since")
    later(hours=1)
    file = kept()
    back = "".join(
        f"DELETE FROM {t}; INSERT INTO {t} SELECT * FROM old_{t}; DROP TABLE old_{t};"
        for t in tables
    )
    as_owner(back)
    assert found(file)[UNKNOWN] == "checkpoint 2"
    assert found(file)[GONE] == "checkpoint 2, chain 41, event 5"


@pytest.mark.requirement("S57")
def test_a_forged_checkpoint_is_found(kept: Callable[[], str]) -> None:
    file = kept()
    told = "it was not signed with the checkpoint key"
    assert found(file.replace("events 7", "events 6")) == {told: "checkpoint 1 of the file"}
    other = Ed25519PrivateKey.generate()
    (text, _), *_ = anchors.read(file)
    assert found(anchors.written(text, other.sign(text.encode()))) == {
        told: "checkpoint 1 of the file"
    }


@pytest.mark.requirement("S57")
def test_a_removed_checkpoint_is_found_in_the_file_and_in_the_database(
    kept: Callable[[], str],
) -> None:
    for _ in range(3):
        file = kept()
        later(hours=1)
    first, second, third = (anchors.written(*one) for one in anchors.read(file))
    assert found(first + third) == {
        "one or more checkpoints before it are missing": "checkpoint 2 of the file"
    }
    as_owner("DELETE FROM audit_checkpoint WHERE number = 2")
    assert found(file) == {UNKNOWN: "checkpoint 2"}
    assert found("") == {"no checkpoint stands in it": "the file"}
    assert set(found(first + second + "waymark checkpoint 1\nnumber 3\n")) >= {
        "the last checkpoint is cut off"
    }


@pytest.mark.requirement("S56")
@pytest.mark.parametrize(
    "how",
    [
        "DELETE FROM audit_look WHERE part = 'name'",
        "UPDATE audit_look SET actor = 'user:9' WHERE part = 'name'",
        "UPDATE audit_look SET had_task = true WHERE part = 'name'",
        "UPDATE audit_look SET sight = 'post' WHERE part = 'name'",
        "INSERT INTO audit_look (id, actor, at, part, purpose, object_kind)"
        " SELECT 9, actor, at, part, purpose, object_kind FROM audit_look WHERE part = 'name'",
    ],
)
def test_a_look_removed_altered_or_added_is_found(kept: Callable[[], str], how: str) -> None:
    with transaction.atomic():
        become(SOMEBODY)
        for part in ("case", "name"):
            look(by=SOMEBODY, at=clock.now(), case_id=ONE, part=part, purpose="own_task")
    later(minutes=3)  # by then whoever looks has written it
    file = kept()
    assert found(file) == {}
    as_owner(how)
    assert found(file) == {"looks were removed, added or altered": "checkpoint 1"}


def test_nobody_but_the_duty_reads_or_makes_one(kept: Callable[[], str]) -> None:
    kept()
    with transaction.atomic():
        become(None)
        assert not checkpoints.Checkpoint.objects.exists()
    with connected("waymark_app") as application, pytest.raises(Exception, match="permission"):
        application.execute("SELECT * FROM audit_ends()")


def test_checkpoints_are_late_until_the_first_and_two_hours_after_the_last(
    kept: Callable[[], str],
) -> None:
    assert checkpoints.late()
    kept()
    assert not checkpoints.late()
    later(minutes=121)
    assert checkpoints.late()
