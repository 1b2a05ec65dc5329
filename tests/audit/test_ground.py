"""The mark and the clock of a database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.audit.chains import connected
from waymark.database import clock, mark

CLOSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def marked(database: None, request: pytest.FixtureRequest) -> Iterator["psycopg.Connection[Any]"]:
    """The owner in a transaction of its own, in a database marked as the test wants it."""
    with connected("waymark_owner") as owner, owner.transaction(force_rollback=True):
        owner.execute("ALTER TABLE database_mark DISABLE TRIGGER USER")
        owner.execute("DELETE FROM database_mark")
        owner.execute("ALTER TABLE database_mark ENABLE ALWAYS TRIGGER only_appended")
        if request.param:
            owner.execute("INSERT INTO database_mark (kind) VALUES (%s)", [request.param])
        yield owner


@pytest.mark.requirement("S3")
@pytest.mark.parametrize("marked", ["real", "demonstration"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE database_mark SET kind = 'demonstration'",
        "DELETE FROM database_mark",
        "TRUNCATE database_mark",
        "SET session_replication_role = replica; DELETE FROM database_mark",
    ],
)
def test_a_mark_never_changes(marked: "psycopg.Connection[Any]", change: str) -> None:
    with pytest.raises(CLOSED):
        marked.execute(change)


@pytest.mark.requirement("S3")
@pytest.mark.parametrize("marked", ["real"], indirect=True)
def test_a_database_is_marked_once(marked: "psycopg.Connection[Any]") -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        marked.execute("INSERT INTO database_mark (kind) VALUES ('demonstration')")


@pytest.mark.requirement("S3")
@pytest.mark.parametrize("role", ["waymark_app", "waymark_worker", "waymark_verifier"])
def test_no_running_role_marks(database: None, role: str) -> None:
    with connected(role) as process, pytest.raises(CLOSED):
        process.execute("INSERT INTO database_mark (kind) VALUES ('real')")


@pytest.mark.parametrize("marked", ["real", None], indirect=True)
def test_only_a_demonstration_moves_the_clock(marked: "psycopg.Connection[Any]") -> None:
    with pytest.raises(CLOSED, match="only a demonstration"):
        marked.execute("UPDATE database_clock SET ahead = '1 day'")


@pytest.mark.parametrize("marked", ["demonstration"], indirect=True)
@pytest.mark.parametrize("change", ["DELETE FROM database_clock", "TRUNCATE database_clock"])
def test_the_clock_stays_one_row(marked: "psycopg.Connection[Any]", change: str) -> None:
    with pytest.raises(CLOSED, match="one row"):
        marked.execute(change)


@pytest.mark.parametrize("marked", ["demonstration"], indirect=True)
def test_a_demonstrations_clock_moves(marked: "psycopg.Connection[Any]") -> None:
    marked.execute("UPDATE database_clock SET ahead = '40 days'")
    assert marked.execute("SELECT ahead FROM database_clock").fetchone() == (timedelta(days=40),)


def test_what_the_database_says_of_itself_is_read(database: None) -> None:
    with connected("waymark_owner") as owner:
        row = owner.execute("SELECT kind FROM database_mark").fetchone()
    assert mark.kind() == (row[0] if row else None)
    before = clock.now()
    assert clock.read_offset() == clock.offset.get()
    assert clock.now() - before < timedelta(seconds=5)
