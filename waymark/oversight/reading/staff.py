"""Training and clearance of those who do this work: what was noted, and what has lapsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from waymark.database.clock import today
from waymark.directory.models import Appointment, User
from waymark.oversight.models import Clearance, Training
from waymark.oversight.staff import WATCH
from waymark.policy.pack import in_force

PAGE = 50


@dataclass(frozen=True)
class Noted:
    """One course, or the clearance. `until`: the last day that it holds; none: nothing noted."""

    name: str
    until: date | None = None
    done: date | None = None
    by: str = ""
    address: str = ""

    @property
    def has_lapsed(self) -> bool:
        return self.until is not None and self.until < today()

    @property
    def lapses_soon(self) -> bool:
        ahead = timedelta(days=in_force().limit("lapses_soon").amount)
        return self.until is not None and today() <= self.until <= today() + ahead


@dataclass(frozen=True)
class Record:
    """What is noted of one person: each course of the pack, and how they are cleared."""

    user: User
    courses: tuple[Noted, ...]
    clearance: Noted

    @property
    def lapsing(self) -> list[Noted]:
        every = (*self.courses, self.clearance)
        return [one for one in every if one.has_lapsed or one.lapses_soon]


def record_of(user: User) -> Record:
    (found,) = _records([user])
    return found


def earlier(user: User) -> list[Training | Clearance]:
    """All that was noted of somebody, the latest first."""
    rows: list[Training | Clearance] = [
        *Training.objects.filter(user=user).select_related("by"),
        *Clearance.objects.filter(user=user).select_related("by"),
    ]
    return sorted(rows, key=lambda row: (row.at, row.pk), reverse=True)


def lapsing(user: User) -> list[Record]:
    """Those whose training or clearance lapses soon or has lapsed, by organisation and name."""
    soon = today() + timedelta(days=in_force().limit("lapses_soon").amount)
    training = Training.objects.filter(renew_date__lte=soon)
    clearance = Clearance.objects.filter(expires_date__lte=soon)
    keys = {*training.values_list("user", flat=True), *clearance.values_list("user", flat=True)}
    return [one for one in _records(_people(user, keys=keys)) if one.lapsing]


def people(user: User, *, after: str = "") -> tuple[list[Record], str]:
    """One page of those who work in the areas that `user` leads, by organisation and name.

    `after`: as this gives it back; empty where nobody comes after.
    """
    every = _people(user)
    start = next((n for n, one in enumerate(every, 1) if str(one.pk) == after), 0)
    shown = every[start : start + PAGE]
    more = len(every) > start + PAGE
    return list(_records(shown)), str(shown[-1].pk) if more else ""


def _people(user: User, *, keys: set[int] | None = None) -> list[User]:
    held = Appointment.objects.in_force(today())
    areas = user.areas_of(WATCH)
    here = held.filter(area__in=areas) | held.filter(area=None)
    found = User.objects.filter(pk__in=here.values("user"), is_active=True)
    if keys is not None:
        found = found.filter(pk__in=keys)
    ordered = found.select_related("organisation").order_by("organisation__name", "name", "pk")
    return list(ordered) if areas else []


def _records(people: list[User]) -> Iterator[Record]:
    pack = in_force()
    keys = [one.pk for one in people]
    training = {
        (row.user_id, row.course): row
        for row in Training.objects.filter(user__in=keys).select_related("by")
        .order_by("done_date", "at")
    }  # fmt: skip
    clearance = {
        row.user_id: row
        for row in Clearance.objects.filter(user__in=keys).select_related("by").order_by("at")
    }
    for one in people:
        courses = tuple(
            _course(course.name, training.get((one.pk, course.code)),
                    pack.reference(course.reference).address)
            for course in pack.courses
        )  # fmt: skip
        yield Record(one, courses, _clearance(clearance.get(one.pk)))


def _course(name: str, row: Training | None, address: str) -> Noted:
    if row is None:
        return Noted(name, address=address)
    return Noted(name, row.renew_date, row.done_date, row.by.name, address)


def _clearance(row: Clearance | None) -> Noted:
    if row is None:
        return Noted("Clearance")
    return Noted(in_force().clearance_level(row.level).name, row.expires_date, by=row.by.name)
