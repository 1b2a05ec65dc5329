"""What auditors and information governance read of looks: facts about who, which case and when.

Nobody is scored: a list says that something was so, and a person asks why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from waymark.audit.looks import (
    REFUSED,
    Look,
    LookQuerySet,
    PurposeGiven,
    look,
    looks_between,
    reasons_to_look_for,
)
from waymark.cases.models import Case
from waymark.database.clock import LONDON, day_of, now
from waymark.database.record import Part
from waymark.directory.models import User

WEEK = timedelta(days=7)
MOST = 500  # looks on one page
MANY_CASES = 40  # in one day
SEVERAL = 2  # people who were refused one case


@dataclass(frozen=True)
class Seen:
    """What one person looked at of one case on one day."""

    user_id: int
    case_id: int | None
    day: date
    looks: list[Look]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def of_person(user: User, since: date) -> list[Look]:
    """What somebody looked at in the seven days from `since`, the latest first."""
    found = looks_between(midnight(since), midnight(since + WEEK))
    mine = found.filter(actor=f"user:{user.pk}").exclude(object_kind="nothing")
    return list(mine.order_by("-at", "-id")[:MOST])


def of_case(case_id: int, since: date) -> list[Look]:
    found = looks_between(midnight(since), midnight(since + WEEK)).filter(case_id=case_id)
    return list(found.order_by("-at", "-id")[:MOST])


def without_task(since: date) -> list[Seen]:
    """Looks at a case by somebody who had nothing to do on it."""
    return together(_of_week(since).filter(had_task=False).exclude(sight=REFUSED))


def refused(since: date) -> list[Seen]:
    """Cases that were not shown to two people or more."""
    found = _of_week(since).filter(sight=REFUSED)
    several = found.order_by().values("case_id").annotate(people=Count("actor", distinct=True))
    cases = several.filter(people__gte=SEVERAL).values_list("case_id", flat=True)
    return together(found.filter(case_id__in=list(cases)))


def of_kin(since: date) -> list[Seen]:
    """Looks by somebody with the surname or the e-mail address of the person of the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT looks_of_kin(%s, %s)", [midnight(since), midnight(since + WEEK)])
        keys = [row[0] for row in cursor.fetchall()]
    return together(_of_week(since).filter(pk__in=keys))


def very_many(since: date) -> list[tuple[int, date, int]]:
    """Who opened more than forty different cases in one day, on which, and how many."""
    shown = _of_week(since).exclude(sight=REFUSED).filter(object_kind__in=("case", "document"))
    by_day = shown.order_by().annotate(day=TruncDate("at", tzinfo=LONDON)).values("actor", "day")
    found = by_day.annotate(cases=Count("case_id", distinct=True)).filter(cases__gt=MANY_CASES)
    rows = [(_user_of(one["actor"]), one["day"], one["cases"]) for one in found]
    return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)


def reasons_of(since: date) -> list[PurposeGiven]:
    """What people said when they went on looking for others, the latest first."""
    return reasons_to_look_for(midnight(since), midnight(since + WEEK))


def _of_week(since: date) -> LookQuerySet:
    found = looks_between(midnight(since), midnight(since + WEEK))
    return found.filter(Q(case_id__isnull=False), actor__startswith="user:")


def together(looks: Iterable[Look]) -> list[Seen]:
    """One row for each person, case and day, the latest first."""
    found: dict[tuple[int, int | None, date], list[Look]] = {}
    for one in looks:
        key = (_user_of(one.actor), one.case_id, day_of(one.at))
        found.setdefault(key, []).append(one)
    rows = [Seen(*key, looks) for key, looks in found.items()]
    return sorted(rows, key=lambda row: row.looks[-1].at, reverse=True)[:MOST]


def _user_of(actor: str) -> int:
    return int(actor.removeprefix("user:"))


def people_of(rows: Iterable[int]) -> dict[int, User]:
    """Those accounts by their key."""
    return User.objects.select_related("organisation").in_bulk(list(rows))


def references(keys: Iterable[int]) -> dict[int, str]:
    """The references of cases that were looked at: for whoever reads looks, who sees no case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reference FROM references_looked_at(%s)", [list(keys)])
        return dict(cursor.fetchall())


def references_for(user: User, keys: Iterable[int]) -> dict[int, str]:
    """The references of those cases that `user` sees now."""
    found = Case.objects.visible_to(user).filter(pk__in=list(keys))
    return dict(found.values_list("pk", "reference"))


def account_named(username: str) -> User | None:
    """The account of exactly this user name."""
    return User.objects.filter(username=username).first()


def case_of(reference: str) -> int | None:
    """The key of the case of exactly this reference."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_looked_at(%s)", [reference])
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def note_reading(of: str, key: int, *, by: User) -> None:
    """Reading what others looked at is a look too."""
    look(
        by=by, at=now(), case_id=None, part=Part.AUDIT.value, purpose="audit",
        object_kind=f"looks_of_{of}", object_id=key,
    )  # fmt: skip
