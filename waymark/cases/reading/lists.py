"""The list of an area's cases: by key, not by page number, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from waymark.cases.models import Case, Holder, Task
from waymark.cases.sight import STANDING
from waymark.cases.ways import CHAIRS, LEADS, POLICE
from waymark.database.clock import today
from waymark.directory.models import Appointment, User

PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty: not narrowed."""

    area: str = ""  # an area's code
    stage: str = ""
    holder: str = ""  # a user name
    overdue: bool = False


@dataclass(frozen=True)
class Page:
    cases: list[Case]
    older: str  # the key to go on from; empty: nothing older
    newer: str


def key_of(case: Case) -> str:
    return f"{case.opened_at.isoformat()}~{case.pk}"


def page_of(user: User, wanted: Wanted, *, before: str = "", after: str = "") -> Page:
    """One page of the cases that `user` sees, each with `holder_name` and `is_late`.

    `before` and `after` are keys of `key_of`; garbage is like none.
    """
    cases = _narrowed(user, wanted)
    if after and (key := _key(after)):
        newer = cases.filter(Q(opened_at__gt=key[0]) | Q(opened_at=key[0], pk__gt=key[1]))
        found = list(newer.order_by("opened_at", "pk")[: PAGE + 1])
        more, shown = len(found) > PAGE, found[:PAGE][::-1]
        return Page(shown, key_of(shown[-1]) if shown else "", key_of(shown[0]) if more else "")
    if before and (key := _key(before)):
        cases = cases.filter(Q(opened_at__lt=key[0]) | Q(opened_at=key[0], pk__lt=key[1]))
    found = list(cases.order_by("-opened_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    older = key_of(shown[-1]) if len(found) > PAGE else ""
    return Page(shown, older, key_of(shown[0]) if before and shown else "")


def may_hold(user: User) -> list[User]:
    """Those who may hold a case that `user` sees: the holders of posts in the same areas, by name.

    Asked of the posts and not of the cases: a long register costs no more than a short one.
    """
    areas = user.areas_of(frozenset(sight.role.value for sight in STANDING))
    held = Appointment.objects.in_force(today()).filter(role__in=(*POLICE, *CHAIRS, *LEADS))
    here = held.filter(Q(area__in=areas) | Q(area=None)).values("user")
    return list(User.objects.filter(pk__in=here).order_by("name", "pk"))


def _narrowed(user: User, wanted: Wanted) -> QuerySet[Case]:
    late = Task.objects.waiting().filter(case=OuterRef("pk"), due_date__lt=today())
    holder = Holder.objects.filter(case=OuterRef("pk"), until_at=None)
    cases = Case.objects.visible_to(user).select_related("area")
    cases = cases.annotate(
        holder_name=Subquery(holder.values("user__name")[:1]), is_late=Exists(late)
    )
    if wanted.area:
        cases = cases.filter(area__code=wanted.area)
    if wanted.stage:
        cases = cases.filter(stage=wanted.stage)
    if wanted.holder:
        cases = cases.filter(holders__until_at=None, holders__user__username=wanted.holder)
    return cases.filter(Exists(late)) if wanted.overdue else cases


def _key(text: str) -> tuple[datetime, int] | None:
    moment, _, number = text.partition("~")
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
