"""What needs whom today: the three groups of everybody's home, each sorted by date alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from waymark.cases.models import Case, Task
from waymark.cases.ways import POLICE
from waymark.directory.models import Area, Role, User
from waymark.people.models import Name

ALL_AREAS = "all"  # in place of an area's code


def yours(user: User) -> list[Task]:
    """What waits for `user`, by name or by post, the earliest due first."""
    return list(_with_cases(Task.objects.waiting().of(user))[:200])


def waiting_for_others(user: User) -> list[Task]:
    """What waits for others on the cases that `user` holds."""
    held = Case.objects.open().filter(holders__user=user, holders__until_at=None)
    others = Task.objects.waiting().filter(case__in=held)
    mine = {task.pk for task in others.of(user)}
    return [task for task in _with_cases(others)[:200] if task.pk not in mine]


@dataclass(frozen=True)
class Late:
    """How much is overdue with the holders of one post: by post, never by worker."""

    role: str
    role_code: str
    area: str
    area_code: str
    number: int


def late_by_post(user: User, posts: frozenset[str], on: date) -> list[Late]:
    """What is overdue by post, in the areas that `user` holds one of `posts` in.

    What has no area yet, such as a screening, counts for a police lead below "All areas".
    """
    here = Q(area__in=user.areas_of(posts))
    if Role.POLICE_LEAD in user.roles_in():
        here |= Q(area=None, role__in=POLICE)
    late = Task.objects.waiting().filter(here, due_date__lt=on)
    counted = late.values_list("role", "area__name", "area__code").annotate(number=Count("pk"))
    return [
        Late(Role(role).label, role, area or "All areas", code or ALL_AREAS, number)
        for role, area, code, number in counted.order_by("area__name", "role")
    ]


def late_of_post(area: Area | None, role: str, on: date) -> list[Task]:
    """The list behind one such count. `area`: none for what has no area yet."""
    late = Task.objects.waiting().filter(area=area, role=role, due_date__lt=on)
    return list(_with_cases(late)[:200])


def names_of(person_ids: list[int]) -> dict[int, str]:
    """The first name known of each person, of those that the reader may see."""
    found: dict[int, str] = {}
    for name in Name.objects.right().filter(person_id__in=person_ids):
        found.setdefault(name.person_id, str(name))
    return found


def _with_cases(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("case", "user", "area").order_by("due_date", "pk")
