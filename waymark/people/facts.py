"""What is known of a person, row by row: who says so, when it was noted, what it corrects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waymark.people.models import (
    Address,
    BirthDate,
    Email,
    Fact,
    Identifier,
    Name,
    Place,
    Telephone,
)

KINDS: dict[str, tuple[str, type[Fact]]] = {
    "name": ("Names and spellings", Name),
    "birth-date": ("Birth date", BirthDate),
    "address": ("Addresses", Address),
    "telephone": ("Telephone numbers", Telephone),
    "email": ("E-mail addresses", Email),
    "place": ("School and work", Place),
    "identifier": ("Numbers that others know the person by", Identifier),
}
NAMES = {"given": "", "other": "Another name", "spelling": "A spelling"}
PLACES = {"school": "School or college", "work": "Work", "none": "Neither school nor work"}
EARLIER = "An earlier address"


@dataclass(frozen=True)
class Known:
    """One row. `corrected`: what a later row says was wrong with it; "" where it stands.

    `protected`: an address that only the police and the chair read.
    """

    key: int
    words: str
    about: str  # such as "Another name", "Protected address"
    source: str
    noted_at: datetime
    by: str
    corrected: str
    protected: bool


def known_of(person_id: int, kind: str) -> list[Known]:
    """The rows of a kind, the newest first; what the reader may not see is not there."""
    table = KINDS[kind][1]
    theirs: dict[str, Any] = {"person_id": person_id}
    rows = table._default_manager.filter(**theirs).select_related("by")
    newest = list(rows.order_by("-noted_at", "-pk"))
    wrong = {row.corrects_id: row.corrected for row in newest if row.corrects_id}
    return [
        Known(
            key=row.pk,
            words=words_of(row),
            about=_about(row),
            source=row.source,
            noted_at=row.noted_at,
            by=row.by.name if row.by else "",
            corrected=wrong.get(row.pk, ""),
            protected=isinstance(row, Address) and row.protected,
        )
        for row in newest
    ]


def all_known_of(person_id: int) -> list[tuple[str, str, list[Known]]]:
    """Each kind, what it is called, and its rows."""
    return [(kind, called, known_of(person_id, kind)) for kind, (called, _) in KINDS.items()]


def fact_of(person_id: int, kind: str, key: int) -> Fact | None:
    """One row of a kind, where it is this person's and the reader may see it."""
    table = KINDS[kind][1]
    wanted: dict[str, Any] = {"person_id": person_id, "pk": key}
    return table._default_manager.filter(**wanted).first()


def words_of(fact: Fact) -> str:
    """The fact itself, as a page shows it."""
    match fact:
        case Telephone():
            return fact.number
        case Email():
            return fact.address
        case Place():
            return fact.name
        case Identifier():
            return fact.value
    return str(fact)


def _about(fact: Fact) -> str:
    match fact:
        case Name():
            return NAMES.get(fact.kind, fact.kind)
        case Place():
            return PLACES.get(fact.kind, fact.kind)
        case Identifier():
            return fact.scheme
        case Address():
            lives = "" if fact.current else EARLIER
            return ", ".join(filter(None, (lives, "Protected" if fact.protected else "")))
    return ""
