"""Who looked at what, and for which purpose: written before the first byte is shown."""

from datetime import datetime

from waymark.audit.events import CODE, name_of
from waymark.audit.models import Look, LookQuerySet
from waymark.database.actor import Actor


def look(
    *,
    by: Actor,
    at: datetime,
    case_id: int | None,
    part: str,
    purpose: str,
    object_kind: str = "case",
    object_id: int | None = None,
) -> None:
    """Record a look. `part`, `purpose` and `object_kind` are short codes, never words.

    Raises `ValueError` for anything else.
    """
    for code in (part, purpose, object_kind):
        if not CODE.fullmatch(code):
            raise ValueError("A look holds short codes, not words")
    Look.objects.create(
        actor=name_of(by),
        at=at,
        case_id=case_id,
        part=str(part),
        purpose=str(purpose),
        object_kind=str(object_kind),
        object_id=object_id,
    )


def looks_since(
    moment: datetime, *, case_id: int | None = None, by: Actor | None = None
) -> LookQuerySet:
    """The looks from `moment` on, newest first, of a case or an actor where one is given.

    Whoever asks sees their own; the database shows others' only to whom its policy lets.
    """
    looks = Look.objects.since(moment).order_by("-at", "-id")
    if case_id is not None:
        looks = looks.filter(case_id=case_id)
    return looks if by is None else looks.filter(actor=name_of(by))
