"""The database lets events and looks be appended, in their place, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.audit.chains import ONE, SOMEBODY, connected
from waymark.audit.events import record
from waymark.audit.models import Event
from waymark.database.guard import become

AT = datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC)
GUARDED = ["audit_event", "audit_look"]


@pytest.mark.requirement("S51")
@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("role", ["waymark_app", "waymark_worker", "waymark_verifier"])
@pytest.mark.parametrize("what", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_running_role_may_change_what_was_written(
    audited: None, table: str, role: str, what: str
) -> None:
    with connected(role) as process, pytest.raises(psycopg.errors.InsufficientPrivilege):
        process.execute(what.format(table))


@pytest.mark.requirement("S51")
@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("what", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_may_while_the_guards_are_on(
    audited: None, table: str, what: str
) -> None:
    with connected("waymark_owner") as owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute(what.format(table))


@pytest.mark.requirement("S51")
def test_the_guards_are_always_on(audited: None) -> None:
    """`A` is ENABLE ALWAYS: a plain trigger sleeps where the session says it is a replica."""
    with connected("waymark_owner") as owner:
        rows = owner.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid IN ('audit_event'::regclass, 'audit_look'::regclass)"
        ).fetchall()
    assert sorted(rows) == [("audit_check", "A"), ("only_appended", "A"), ("only_appended", "A")]


@pytest.mark.requirement("S53")
@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 9},
        {"chain": 42},
        {"kind": "case.ended"},
        {"actor": "user:7"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"digest": "0" * 64},
        {"text": "1\n41\n5"},
    ],
)
def test_the_database_refuses_an_event_that_does_not_follow(
    audited: None, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    save = Event.save

    def altered(event: Event, **how: Any) -> None:
        vars(event).update(wrong)
        save(event, **how)

    monkeypatch.setattr(Event, "save", altered)
    with pytest.raises(IntegrityError, match="must follow"), transaction.atomic():
        become(SOMEBODY)
        record("case.moved", by=SOMEBODY, at=AT, case_id=ONE)


@pytest.mark.requirement("S79")
def test_nobody_may_append_who_has_not_said_who_asks(database: None) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        record("case.moved", by=SOMEBODY, at=AT, case_id=ONE)


def test_the_application_reads_no_events_and_reaches_no_heads(audited: None) -> None:
    with transaction.atomic():
        become(SOMEBODY)
        assert not Event.objects.exists()
    with connected("waymark_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM audit_head")


@pytest.mark.requirement("S83")
def test_functions_with_the_definers_rights_are_closed(audited: None) -> None:
    with connected("waymark_owner") as owner:
        rows = owner.execute(
            "SELECT proname, proowner::regrole::text, proconfig,"
            " has_function_privilege('waymark_verifier', oid, 'EXECUTE'),"
            " has_function_privilege('waymark_app', oid, 'EXECUTE')"
            " FROM pg_proc WHERE prosecdef AND proname LIKE 'audit%' ORDER BY 1"
        ).fetchall()
    closed = ("waymark_sight", ["search_path=pg_catalog, pg_temp"], False)
    assert rows == [
        ("audit_check", *closed, False),
        ("audit_checkpointed_at", *closed, True),
        ("audit_ends", *closed, False),  # the worker's
        ("audit_since", *closed, False),
        ("audit_take", *closed, True),
    ]
