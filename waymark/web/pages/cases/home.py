"""Home: what needs me today, what I wait for, what comes to panel."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from waymark.cases.models import Task
from waymark.cases.reading import worklists
from waymark.database.clock import today
from waymark.directory.models import Area, Role, User, areas_by_code
from waymark.directory.notices import waits_of
from waymark.panels.reading.coming import Coming, coming_to_panel
from waymark.policy.lateness import GROUPS, Group, day_in_words, due_group, due_in_words
from waymark.referrals.queue import Who, who_waits
from waymark.sharing.reading import references_of
from waymark.web.access import AskedBy, post_holders, signed_in
from waymark.web.page import SEE_CASES, show
from waymark.web.rows.of_people import of_those_who_work
from waymark.web.rows.of_posts import meetings_of, said_of, to_approve, unconfirmed_since
from waymark.web.rows.task_links import act_of, address_of

ANSWERS = "answer_request"
LEADS = {
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.POLICE_LEAD,
    Role.ADULT_LEAD,
    Role.FAMILIES_LEAD,
    Role.COORDINATOR,
}
TO_PANEL = LEADS | {Role.POLICE_OFFICER}


@signed_in
@require_safe
def home(request: AskedBy) -> HttpResponse:
    user = request.user
    roles = user.roles_in()
    yours = worklists.yours(user)
    waiting = worklists.waiting_for_others(user) if roles & SEE_CASES else []
    soon, far = _soon_and_far(_one_of_each(waiting))
    hearing = coming_to_panel(user) if roles & TO_PANEL else []
    names = _names(yours + waiting, [one.case.person_id for one in hearing])
    late = worklists.late_by_post(user, frozenset(LEADS), today()) if roles & LEADS else []
    return show(
        request,
        "home.html",
        {
            "section": "home",
            "yours": (mine := to_approve(user) + _grouped(yours, names)),
            "any_yours": bool(mine),
            "unsent": dict(zip(("waits", "given_up"), waits_of(user), strict=True)),
            "unconfirmed": unconfirmed_since(user),
            "meetings": meetings_of(user),
            "post_is_for": said_of(roles),
            "waiting": [_row(task, names, holder=_whose(task)) for task in soon],
            "waiting_far": [_row(task, names, holder=_whose(task)) for task in far],
            "hearing": [_hearing(one, names) for one in hearing],
            "sees_cases": bool(roles & SEE_CASES),
            "to_panel": bool(roles & TO_PANEL),
            "late": late,
            "leads": bool(roles & LEADS),
            "people": of_those_who_work(user),
            "no_post": not roles,
        },
    )


@post_holders(*sorted(LEADS))
@require_safe
def late(request: AskedBy, area: str, role: str) -> HttpResponse:
    """What is overdue with the holders of one post: the list behind the count."""
    where = _area(request.user, area)
    if role not in Role.values:
        raise Http404
    tasks = worklists.late_of_post(where, role, today())
    names = _names(tasks, [])
    rows = [_row(task, names, holder=_whose(task)) for task in tasks]
    named = where.name if where else "All areas"
    context = {"area": named, "post": Role(role).label, "rows": rows, "section": "home"}
    return show(request, "home_late.html", context)


def _area(user: User, code: str) -> Area | None:
    """An area whose posts `user` watches over; none: what has no area yet, for a police lead."""
    if code == worklists.ALL_AREAS and Role.POLICE_LEAD in user.roles_in():
        return None
    where = areas_by_code().get(code)
    if where is None or where.pk not in user.areas_of(frozenset(LEADS)):
        raise Http404
    return where


@dataclass(frozen=True)
class Names:
    """Whom the rows of a list are about: by person, and by subject where there is no case yet."""

    people: dict[int, str]
    subjects: dict[int, Who]
    requests: dict[int, str]  # whoever is asked sees the request, and not the case

    def of(self, task: Task) -> Who:
        if task.case:
            return Who(task.case.reference, self.people.get(task.case.person_id, ""))
        if task.kind == ANSWERS:
            return Who(self.requests.get(task.object_id or 0, ""), "")
        return self.subjects.get(task.subject_id or 0, Who("", ""))


def _names(tasks: list[Task], more: list[int]) -> Names:
    people = [task.case.person_id for task in tasks if task.case]
    asked = [task.object_id for task in tasks if task.kind == ANSWERS and task.object_id]
    return Names(worklists.names_of(people + more), who_waits(tasks), references_of(asked))


def _grouped(tasks: list[Task], names: Names) -> list[dict[str, Any]]:
    groups: dict[Group, list[dict[str, Any]]] = {}
    for task in tasks:
        groups.setdefault(due_group(task.due_date, today()), []).append(_row(task, names))
    return [{"title": GROUPS[group], "rows": rows} for group, rows in groups.items()]


def _row(task: Task, names: Names, *, holder: str = "") -> dict[str, Any]:
    who = names.of(task)
    return {
        "act": act_of(task),
        # what waits for others is done on their pages: from here one goes to the case
        "href": f"/cases/{task.case.reference}" if holder and task.case else address_of(task),
        "reference": who.reference,
        "name": who.name,
        "why": task.why,
        "clause": task.clause,
        "due": due_in_words(task.due_date, today()),
        "late": task.is_overdue(today()),
        "holder": holder,
    }


def _one_of_each(tasks: list[Task]) -> list[Task]:
    """Of the sessions of one piece of support, the earliest: the others follow from it."""
    shown: list[Task] = []
    seen: set[int | None] = set()
    for task in tasks:
        if task.kind != "log_session" or task.object_id not in seen:
            shown.append(task)
        if task.kind == "log_session":
            seen.add(task.object_id)
    return shown


def _soon_and_far(tasks: list[Task]) -> tuple[list[Task], list[Task]]:
    """What others owe within a week, and what has longer: the first is not drowned."""
    until = today() + timedelta(days=7)
    return (
        [task for task in tasks if task.due_date <= until],
        [task for task in tasks if task.due_date > until],
    )


def _whose(task: Task) -> str:
    return task.user.name if task.user else Role(task.role).label


def _hearing(one: Coming, names: Names) -> dict[str, Any]:
    case = one.case
    return {
        "case": {
            "text": f"{names.people.get(case.person_id, 'Name not shown to you')}"
            f" ({case.reference})",
            "href": f"/cases/{case.reference}",
        },
        "area": case.area.name,
        "stage": case.get_stage_display(),
        "on": day_in_words(one.on) if one.on else "No date yet",
        "lacks": "; ".join(one.lacks).capitalize() or "Nothing that you can see",
    }
