"""Events are appended, each to the end of its chain, and hold no words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction

from tests.audit.chains import (
    ONE,
    SOMEBODY,
    Note,
    connected,
    verified,
    write,
)
from waymark.audit.events import (
    OutsideTransaction,
    name_of,
    record,
    record_erasure,
    record_refusal,
)
from waymark.database.actor import Actor, Duty, Visitor
from waymark.database.clock import now
from waymark.database.guard import become

AT = datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC)
WRITERS = 50


@pytest.fixture
def each_its_own_connection(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool would let only a few of many threads write at once."""
    connections.close_all()
    monkeypatch.delitem(connections.settings["default"]["OPTIONS"], "pool", raising=False)


def texts() -> list[list[str]]:
    """Every event's text, as the verifier reads them: the application sees none."""
    with connected("waymark_verifier") as reader:
        rows = reader.execute("SELECT text FROM audit_event ORDER BY chain, number").fetchall()
    return [row[0].split("\n") for row in rows]


@pytest.mark.requirement("S53")
def test_an_event_says_its_place_kind_time_actor_and_facts(database: None) -> None:
    with transaction.atomic():
        become(SOMEBODY)
        record("case.moved", by=SOMEBODY, at=AT, case_id=ONE, to="panel", on=date(2026, 1, 2))
    assert texts() == [
        [
            *("1", "41", "1", "0" * 64, "case.moved"),
            *("2026-03-04T05:06:07.000008Z", "duty:test", '{"on":"2026-01-02","to":"panel"}'),
        ]
    ]


@pytest.mark.requirement("S54")
def test_a_row_is_kept_as_a_salted_digest_only(audited: None) -> None:
    every = "\n".join("\n".join(text) for text in texts())
    assert "first" not in every and "tests_note" in every


@pytest.mark.requirement("S54")
def test_rows_with_the_same_words_have_different_digests(database: None) -> None:
    write(ONE, "the same")
    write(ONE, "the same")
    one, other = (text[7].partition('"digest":"')[2][:64] for text in texts())
    assert len(one) == 64 and one != other


@pytest.mark.requirement("S54")
@pytest.mark.parametrize(
    "fact", ["Two words", "Name", "", "a" * 61, "line\nbreak", 1.5, b"bytes", ["list"], {"a": 1}]
)
def test_words_and_what_may_hold_them_cannot_be_facts(database: None, fact: Any) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="The audit holds"):
        record("case.moved", by=SOMEBODY, at=AT, to=fact)


@pytest.mark.requirement("S54")
@pytest.mark.parametrize("kind", ["Two words", "", "break\n"])
def test_a_kind_is_a_short_code(database: None, kind: str) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="short codes"):
        record(kind, by=SOMEBODY, at=AT)


def test_an_event_is_recorded_with_what_it_describes(database: None) -> None:
    with pytest.raises(OutsideTransaction):
        record("case.moved", by=SOMEBODY, at=AT)


@pytest.mark.requirement("S52")
def test_an_event_is_gone_with_the_act_that_was_rolled_back(database: None) -> None:
    with transaction.atomic():
        become(SOMEBODY)
        record("case.moved", by=SOMEBODY, at=AT, case_id=ONE)
        with pytest.raises(KeyError), transaction.atomic():
            record("case.ended", by=SOMEBODY, at=AT, case_id=ONE)
            raise KeyError
    assert [text[4] for text in texts()] == ["case.moved"]
    assert verified().first == {}


@pytest.mark.requirement("S52")
@pytest.mark.parametrize("outer", [True, False])
def test_a_refusal_stays_when_its_act_is_rolled_back(database: None, outer: bool) -> None:
    def refuse() -> None:
        with pytest.raises(KeyError), transaction.atomic():
            raise KeyError
        record_refusal("endorse", by=Visitor(), at=AT, case_id=ONE, clause="s.36(3)–(5), B.1")

    if outer:
        with transaction.atomic():
            become(None)
            refuse()
    else:
        refuse()
    kind, _, actor, facts = texts()[0][4:]
    assert (kind, actor) == ("refused", "visitor")
    assert facts == '{"act":"endorse","clause":"s.36-3-5-b.1"}'


@pytest.mark.requirement("S53")
def test_numbers_have_no_gap_with_50_writers(each_its_own_connection: None) -> None:
    all_ready = Barrier(WRITERS)

    def add(which: int) -> None:
        try:
            with transaction.atomic():
                become(SOMEBODY)
                all_ready.wait(timeout=60)
                record("case.moved", by=SOMEBODY, at=now(), case_id=ONE, n=which)
                if which % 5 == 0:
                    transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add, range(WRITERS)))
    assert [int(text[2]) for text in texts()] == list(range(1, WRITERS * 4 // 5 + 1))
    assert verified().first == {}


@pytest.mark.requirement("S57")
def test_an_erased_row_is_no_fault_where_an_event_says_so(database: None) -> None:
    note = write(ONE, "kept long enough")
    with transaction.atomic():
        become(SOMEBODY)
        record_erasure("note.erased", by=SOMEBODY, at=AT, row=note, case_id=ONE)
        Note.objects.all().delete()
    assert verified().first == {}


def test_a_row_that_returns_after_its_erasure_is_found(database: None) -> None:
    note = write(ONE, "kept long enough")
    with transaction.atomic():
        become(SOMEBODY)
        record_erasure("note.erased", by=SOMEBODY, at=AT, row=note, case_id=ONE)
    assert set(verified().first) == {"it was erased and is there again"}


def test_the_later_of_two_chains_says_how_a_row_stands(database: None) -> None:
    """A row is written before there is a case, and goes on in the case's own chain."""
    note = write(None, "before the case")
    for case_id, words in [(ONE, "in the case"), (None, "outside again")]:
        note.words = words
        with transaction.atomic():
            become(SOMEBODY)
            note.save()
            record("note.changed", by=SOMEBODY, at=AT, case_id=case_id, row=note)
        assert verified().first == {}


@pytest.mark.parametrize(
    "more",
    [
        {"on_date": date(2026, 2, 28)},
        {"amount": "12.50"},
        {"said": {"b": [1, 2.0, None, True], "a": {"é": "\n"}}},
        {"sealed": b"\x00\xff"},
        {"at": datetime.fromisoformat("2026-07-01T12:00:00.123456+01:00")},
    ],
)
def test_a_digest_is_the_same_from_python_and_from_the_database(
    database: None, more: dict[str, Any]
) -> None:
    write(ONE, "Zoë said “no”", **more)
    assert verified().first == {}


def test_actors_are_written_without_names() -> None:
    actors: list[Actor] = [Visitor(), Visitor("ab12"), Duty("sweep"), Note(pk=7)]
    assert [*map(name_of, actors)] == ["visitor", "visitor:ab12", "duty:sweep", "user:7"]
