"""An audit to look at from outside, and the ways to reach it."""

from datetime import date
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, models, transaction

from tests.conftest import PASSWORDS
from waymark.audit.events import record
from waymark.audit.verify import Findings, verify
from waymark.database.actor import Duty
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.database.record import Controller, Kept, Part, Record, Regime

SOMEBODY = Duty("test")
ONE, OTHER = 41, 42

MAKE_NOTES = """
CREATE TABLE IF NOT EXISTS tests_note (
    id bigint PRIMARY KEY, salt bytea NOT NULL, words text NOT NULL, on_date date,
    amount numeric(8, 2), said jsonb, sealed bytea, at timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON tests_note TO waymark_app, waymark_worker;
GRANT SELECT ON tests_note TO waymark_verifier;
"""
LET_THE_OWNER = """
ALTER TABLE {0} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {0} DISABLE TRIGGER USER;
"""
AS_IT_WAS = """
ALTER TABLE {0} FORCE ROW LEVEL SECURITY;
ALTER TABLE {0} ENABLE ALWAYS TRIGGER only_appended;
"""
EVENT, LOOK = "audit_event", "audit_look"
APPENDED = (EVENT, LOOK, "audit_checkpointsent", "audit_checkpoint")


class Note(Record):
    """Any row of a case's state."""

    words = models.TextField()
    on_date = models.DateField(null=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    said = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)

    objects: "models.Manager[Note]" = models.Manager()
    kept = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "tests_note"


def connected(role: str, name: str | None = None) -> "psycopg.Connection[Any]":
    """A connection as `role`, to the test's database unless named, which commits each statement."""
    about = connection.settings_dict
    return psycopg.connect(
        host=about["HOST"],
        port=about["PORT"] or None,
        dbname=name or about["NAME"],
        user=role,
        password=PASSWORDS[role],
        autocommit=True,
    )


def tell() -> None:
    """Case 41 has four events and two notes, case 42 two and a note; one hangs on no case."""
    note = write(ONE, "first")
    write(ONE, "second")
    note.words = "first, changed"
    with transaction.atomic():
        become(SOMEBODY)
        note.save()
        record("note.changed", by=SOMEBODY, at=now(), case_id=ONE, row=note)
        record("case.moved", by=SOMEBODY, at=now(), case_id=ONE, to="panel", n=3)
    write(OTHER, "third")
    with transaction.atomic():
        become(SOMEBODY)
        record("case.moved", by=SOMEBODY, at=now(), case_id=OTHER, to="exited")
        record("pack.adopted", by=SOMEBODY, at=now(), on=date(2026, 1, 2))


def write(case_id: int | None, words: str, **more: Any) -> Note:
    """A note and its event, as a use case would."""
    with transaction.atomic():
        become(SOMEBODY)
        note: Note = Note.objects.create(words=words, **more)
        record("note.written", by=SOMEBODY, at=now(), case_id=case_id, row=note)
    return note


def verified() -> Findings:
    """What the verifier finds, by its own role."""
    with connected("waymark_verifier") as reader, reader.transaction():
        return verify(reader, settings.WAYMARK_AUDIT_KEY)[0]


def as_owner(statements: str, *, table: str = EVENT) -> None:
    """Tamper: the owner switches the guards off, does it, and switches them on again."""
    tables = dict.fromkeys((table, *(t for t in APPENDED if t in statements)))
    with connected("waymark_owner") as owner, owner.transaction():
        for each in tables:
            owner.execute(LET_THE_OWNER.format(each))
        owner.execute(statements)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for each in tables:
            owner.execute(AS_IT_WAS.format(each))
        if EVENT in tables:
            owner.execute("ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_check")


def forget() -> None:
    """Empty what the tests filled, which only its owner can, and only with the guards off."""
    as_owner("TRUNCATE audit_checkpoint, audit_checkpointsent, audit_noted")
    as_owner("TRUNCATE audit_event, audit_head, tests_note")
    as_owner("TRUNCATE audit_look", table=LOOK)
