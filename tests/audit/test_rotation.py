"""A new key: everything sealed is sealed again, and the audit still fits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from tests.audit.chains import ONE, SOMEBODY, Note, verified, write
from waymark.audit.events import record
from waymark.database import sealing_rotation
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.database.record import Record
from waymark.database.sealing import KeyIsMissing, header_of, open_sealed, place, seal
from waymark.database.sealing_rotation import ROTATION, rotate

OLD, NEW = b"o" * 32, b"n" * 32
HOW_MANY = 5


@pytest.fixture
def sealed(database: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Five notes sealed under the old key, with a new key first."""
    column = sealing_rotation.SealedColumn("tests.Note", "sealed", "note")
    monkeypatch.setattr(sealing_rotation, "SEALED", {column})
    monkeypatch.setattr(sealing_rotation, "AT_ONCE", 2)
    monkeypatch.setattr(apps, "get_model", lambda _: Note)
    settings.WAYMARK_KEYS = [OLD]
    for number in range(HOW_MANY):
        note = write(ONE, f"note {number}")
        note.sealed = seal("note", b"words", bound_to=place("tests_note", "sealed", note.pk))
        with transaction.atomic():
            become(SOMEBODY)
            note.save()
            record("note.changed", by=SOMEBODY, at=now(), case_id=ONE, row=note)
    write(ONE, "with nothing sealed")
    settings.WAYMARK_KEYS = [NEW, OLD]
    yield


def told(row: Record) -> None:
    record("key.rotated", by=ROTATION, at=now(), case_id=ONE, row=row)


def newly_sealed() -> list[bytes]:
    every = [bytes(note.sealed or b"") for note in Note.objects.all()]
    return [sealed for sealed in every if sealed.startswith(header_of(NEW))]


@pytest.mark.requirement("S60")
def test_all_is_sealed_again_once(sealed: None, settings: Any) -> None:
    assert rotate(told) == HOW_MANY and rotate(told) == 0
    settings.WAYMARK_KEYS = [NEW]
    for note in Note.objects.exclude(sealed=None):
        bound_to = place("tests_note", "sealed", note.pk)
        assert open_sealed("note", bytes(note.sealed or b""), bound_to=bound_to) == b"words"
    assert verified().first == {}


@pytest.mark.requirement("S60")
def test_it_goes_on_where_it_stopped(sealed: None) -> None:
    seen: list[Record] = []

    def stop_at_the_fourth(row: Record) -> None:
        seen.append(row)
        if len(seen) == 4:
            raise KeyboardInterrupt
        told(row)

    with pytest.raises(KeyboardInterrupt):
        rotate(stop_at_the_fourth)
    assert len(newly_sealed()) == 2
    assert rotate(told) == HOW_MANY - 2
    assert verified().first == {}


@pytest.mark.requirement("S60")
def test_a_lost_key_stops_it_and_names_the_place(sealed: None, settings: Any) -> None:
    settings.WAYMARK_KEYS = [NEW]
    with pytest.raises(KeyIsMissing, match="tests_note-sealed-"):
        rotate(told)
    assert newly_sealed() == []
