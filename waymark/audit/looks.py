"""Who looked at what, and for which purpose: written before the first byte is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from waymark.audit.events import CODE, name_of
from waymark.audit.models import Look as Look
from waymark.audit.models import LookQuerySet as LookQuerySet
from waymark.audit.models import PurposeGiven as PurposeGiven
from waymark.database.actor import Actor
from waymark.database.keys import random_key

OWN_WORDS = "own_words"
REFUSED = "none"  # by what somebody saw what was not shown to them


def look(
    *,
    by: Actor,
    at: datetime,
    case_id: int | None,
    part: str,
    purpose: str,
    object_kind: str = "case",
    object_id: int | None = None,
    sight: str = "object",
    had_task: bool | None = None,
) -> None:
    """Record a look. `part`, `purpose`, `object_kind` and `sight` are short codes, never words.

    `sight`: by what the reader sees it; `object` where it is their own piece of the work.
    Raises `ValueError` for anything else.
    """
    for code in (part, purpose, object_kind, sight):
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
        sight=str(sight),
        had_task=had_task,
    )


def look_refused(*, at: datetime, reference: str, part: str) -> None:
    """Record that a case was not shown to whoever asks. They cannot read it, and cannot tell by
    the time that it takes whether there is such a case: where there is none, a row says so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_look_refused(%s, %s, %s, %s)",
            [random_key(), at, reference[:40], part],
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


def looks_between(since: datetime, until: datetime) -> LookQuerySet:
    """The looks of that time, the oldest first: as many as the database shows to whoever asks."""
    return Look.objects.since(since).filter(at__lt=until).order_by("at", "id")


def looks_of_keys(keys: Iterable[int]) -> dict[int, Look]:
    """Those looks by their key, as far as the database shows them."""
    return Look.objects.in_bulk(list(keys))


def give_purpose(
    *, by: Actor, at: datetime, purpose: str, case_id: int | None = None, words: str = "",
    knows: bool | None = None,
) -> None:  # fmt: skip
    """Keep what `by` said they open a case for, or look for people for."""
    if purpose and not CODE.fullmatch(purpose):
        raise ValueError("A purpose is a short code; words stand beside it")
    PurposeGiven.objects.create(
        user_id=_key_of(by), case_id=case_id, at=at, purpose=purpose, words=words, knows=knows
    )


def purposes_of(by: Actor, *, case_id: int | None) -> list[PurposeGiven]:
    """What `by` said of this case, or of looking for people, the latest first."""
    found = PurposeGiven.objects.filter(user_id=_key_of(by), case_id=case_id)
    return list(found.order_by("-at", "-id"))


def words_for(looks: Iterable[Look]) -> dict[int, str]:
    """What was said in own words before each of those looks, by the look's key; as far as the
    database shows it."""
    own = [one for one in looks if one.purpose == OWN_WORDS and one.case_id]
    said = PurposeGiven.objects.filter(
        purpose=OWN_WORDS, case_id__in={one.case_id for one in own},
        user_id__in={int(one.actor.removeprefix("user:")) for one in own},
    ).order_by("at", "id")  # fmt: skip
    return {
        one.pk: row.words
        for row in said
        for one in own
        if (f"user:{row.user_id}", row.case_id) == (one.actor, one.case_id) and row.at <= one.at
    }


def reasons_to_look_for(since: datetime, until: datetime) -> list[PurposeGiven]:
    """What people said when they went on looking for others, the latest first."""
    found = PurposeGiven.objects.filter(case_id=None, at__gte=since, at__lt=until)
    return list(found.order_by("-at", "-id"))


def _key_of(by: Actor) -> int:
    return int(getattr(by, "pk", 0))


def cases_opened(by: Actor, *, within: timedelta, at: datetime, but: int) -> int:
    """How many other cases `by` opened in the time before `at`, each counted once."""
    looks = looks_since(at - within, by=by).filter(object_kind__in=("case", "document"))
    return looks.exclude(case_id=but).order_by().values("case_id").distinct().count()


def times_looked_for(by: Actor, *, within: timedelta, at: datetime) -> int:
    """How often `by` looked for somebody in the time before `at`."""
    return looks_since(at - within, by=by).filter(object_kind="search").count()
