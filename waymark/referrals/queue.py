"""What came in and waits for the police: by when it is due, paged by key (2.5.6, R38)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from waymark.cases.models import Task
from waymark.cases.models.tasks import TaskQuerySet
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.policy.days import working_days_between
from waymark.referrals.models import Subject
from waymark.referrals.readers import POLICE, name_of

A_PAGE = 25
KINDS = ("screen", "read_first", "confirm_screening", "find_second")
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Waiting:
    """One person who waits to be screened, or whose outcome waits for a second person."""

    task: Task
    subject: Subject
    name: str

    @property
    def age(self) -> int:
        """Working days since it came in: not since it was entered or somebody took it."""
        return working_days_between(self.subject.referral.came_on, today())


@dataclass(frozen=True)
class Page:
    rows: list[Waiting]
    following: str  # the key to go on from; empty: that is all


@dataclass(frozen=True)
class Load:
    """How much waits, how much of it is late, and how much nobody has taken: never hidden."""

    waiting: int
    overdue: int
    untaken: int
    mine: int


def seen_by(user: User) -> QuerySet[Subject]:
    """The people whom `user` may screen: what the database's policy says, to the ORM."""
    areas, leads = user.areas_of(POLICE), user.areas_of(frozenset({Role.POLICE_LEAD}))
    here = Q(area__in=areas) | Q(area=None) if areas else Q(pk=None)
    lead = Q(area__in=leads) | Q(area=None) if leads else Q(pk=None)
    return Subject.objects.filter(here).filter(Q(lead_first=False) | lead)


def tasks_of(user: User) -> TaskQuerySet:
    """The tasks of screening whose subject `user` may see."""
    seen = seen_by(user).filter(pk=OuterRef("subject_id"))
    return Task.objects.waiting().filter(Exists(seen), kind__in=KINDS, case=None)


def page_of(user: User, *, show: str = "", after: str = "") -> Page:
    """One page of the queue, the earliest due first. `show`: overdue, untaken, mine, or all.

    `after` is the key that the page before gave; garbage is like none. The number of queries is
    the same however long the queue is.
    """
    tasks, following = page_by_date(_narrowed(tasks_of(user), user, show), after)
    subjects = (
        Subject.objects.filter(pk__in=[task.subject_id for task in tasks])
        .select_related("referral", "area", "taken_by")
        .prefetch_related("person__names")
        .in_bulk()
    )
    return Page([_row(task, subjects[task.subject_id or 0]) for task in tasks], following)


@dataclass(frozen=True)
class Who:
    """Whose screening a task is about."""

    reference: str
    name: str


def who_waits(tasks: list[Task]) -> dict[int, Who]:
    """The reference and the name of each person whom the tasks of a home are about, by subject."""
    keys = {task.subject_id for task in tasks if task.subject_id and not task.case_id}
    found = Subject.objects.filter(pk__in=keys).select_related("referral")
    return {
        subject.pk: Who(subject.referral.reference, name_of(subject))
        for subject in found.prefetch_related("person__names")
    }


def load_of(user: User) -> Load:
    tasks = tasks_of(user)
    shown = ("overdue", "untaken", "mine")
    counted = {show: _narrowed(tasks, user, show).count() for show in shown}
    return Load(waiting=tasks.count(), **counted)


def page_by_date(tasks: TaskQuerySet, after: str) -> tuple[list[Task], str]:
    """One page of tasks by date and key, and the key to go on from."""
    if key := _read(after):
        tasks = tasks.filter(Q(due_date__gt=key[0]) | Q(due_date=key[0], pk__gt=key[1]))
    found = list(tasks.select_related("user").order_by("due_date", "pk")[: A_PAGE + 1])
    shown = found[:A_PAGE]
    last = f"{shown[-1].due_date}~{shown[-1].pk}" if len(found) > A_PAGE else ""
    return shown, last


def _row(task: Task, subject: Subject) -> Waiting:
    return Waiting(task, subject, name_of(subject))


def _narrowed(tasks: TaskQuerySet, user: User, show: str) -> TaskQuerySet:
    match show:
        case "overdue":
            return tasks.filter(due_date__lt=today())
        case "untaken":
            return tasks.filter(user=None)
        case "mine":
            return tasks.filter(user=user)
    return tasks


def _read(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition("~")
    try:
        key = date.fromisoformat(day), int(number)
    except ValueError:
        return None
    return key if 0 <= key[1] <= LARGEST else None
