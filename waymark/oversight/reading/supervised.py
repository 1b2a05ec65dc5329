"""Who is supervised by whom, when last and when next; and where nobody is named or it is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from waymark.cases.models import Case, Holder, Supervisor, Task
from waymark.cases.supervisors import NAME_THEM
from waymark.cases.writers import WRITERS
from waymark.database.clock import today
from waymark.directory.models import Appointment, User
from waymark.oversight.models import Supervision

MOST = 200


@dataclass(frozen=True)
class Supervised:
    """`next_on`: when the next talk is due; none where nobody supervises. `left`: the supervisor
    holds no post of this work any more."""

    case: Case
    holder: User
    supervisor: User | None
    last_on: date | None
    next_on: date | None
    left: bool

    @property
    def is_late(self) -> bool:
        return self.next_on is not None and self.next_on < today()


def talks_of(case: Case) -> list[Supervision]:
    """What was talked over on a case, the latest first."""
    rows = Supervision.objects.filter(case=case).select_related("by", "with_user")
    return list(rows.order_by("-held_date", "-at", "-pk"))


def next_of(case: Case) -> date | None:
    """When the next talk is due."""
    task = case.tasks.waiting().filter(kind="supervise").first()
    return task.due_date if task else None


def by_me(user: User) -> list[Supervised]:
    """The cases that `user` supervises, the next due first."""
    now = Supervisor.objects.filter(user=user, until_at=None).values("case")
    return _by_date(_told(Case.objects.visible_to(user).open().filter(pk__in=now)))


def of_me(user: User) -> list[Supervised]:
    """The cases that `user` holds, and who supervises them."""
    held = Holder.objects.filter(user=user, until_at=None).values("case")
    return _by_date(_told(Case.objects.visible_to(user).open().filter(pk__in=held)))


def unsupervised(user: User) -> QuerySet[Case]:
    """The open cases that nobody supervises, in the areas where `user` names who does."""
    named = Supervisor.objects.filter(case=OuterRef("pk"), until_at=None)
    return _watched(user).filter(~Exists(named))


def lapsed(user: User) -> list[Supervised]:
    """In the same areas: where a talk is overdue, or the supervisor has left this work."""
    return [one for one in _by_date(_told(_watched(user))) if one.is_late or one.left]


def without(user: User) -> list[Supervised]:
    return _told(unsupervised(user))


def _watched(user: User) -> QuerySet[Case]:
    areas = user.areas_of(frozenset(NAME_THEM))
    return Case.objects.visible_to(user).open().filter(area__in=areas)


def _told(cases: QuerySet[Case]) -> list[Supervised]:
    """The longest open first; in a constant number of queries."""
    found = list(cases.select_related("area").order_by("opened_at", "pk")[:MOST])
    keys = [case.pk for case in found]
    current = Holder.objects.filter(case__in=keys, until_at=None).select_related("user")
    holders = {row.case_id: row.user for row in current}
    named = Supervisor.objects.filter(case__in=keys, until_at=None).select_related("user")
    supervisors = {row.case_id: row.user for row in named}
    talks = Supervision.objects.filter(case__in=keys).order_by("held_date", "at")
    last = {row.case_id: row.held_date for row in talks}
    tasks = Task.objects.waiting().filter(case__in=keys, kind="supervise")
    due = {row.case_id: row.due_date for row in tasks}
    working = _who_work([user.pk for user in supervisors.values()])
    return [
        Supervised(
            case, holders[case.pk], (who := supervisors.get(case.pk)), last.get(case.pk),
            due.get(case.pk), who is not None and who.pk not in working,
        )
        for case in found
    ]  # fmt: skip


def _who_work(users: list[int]) -> set[int]:
    """Those of `users` who hold a post of this work today."""
    held = Appointment.objects.in_force(today()).filter(user__in=users, role__in=WRITERS)
    return set(held.filter(user__is_active=True).values_list("user", flat=True))


def _by_date(rows: list[Supervised]) -> list[Supervised]:
    return sorted(rows, key=lambda one: (one.next_on or date.min, one.case.pk))
