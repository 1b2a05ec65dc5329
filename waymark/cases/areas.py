"""Which area a case is in: before it opens to the area, the officer re-routes it with a reason.

Afterwards an area changes by a transfer only, which needs both chairs (2.6.1).
"""

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.supervisors import leave_behind
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.cases.written import entries
from waymark.database.clock import now, today
from waymark.directory.models import Area, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.6.1"


def may_reroute(user: User, case: Case) -> None:
    """The police of the area, until it has opened to the area."""
    if not user.roles_in(case.area) & set(POLICE):
        raise Refused("Only the police re-route a case", clause=CLAUSE)
    if not case.is_open:
        raise Refused("This case has ended", clause=CLAUSE)
    if case.opened_to_area_at is not None:
        raise Refused(
            f"This case has been opened to {case.area.name}", clause=CLAUSE,
            until="From now on it changes area by a transfer, which both chairs agree.",
        )  # fmt: skip


def areas_for(user: User, case: Case) -> list[Area]:
    """Where `user` may re-route it: the other areas that they hold a police post in."""
    areas = Area.objects.filter(pk__in=user.areas_of(frozenset(POLICE)))
    return list(areas.exclude(pk=case.area_id).order_by("name"))


@act
def reroute(case: Case, *, by: User, to: Area | None, why: str, version: int | None = None) -> Case:
    """Move a case that has not been opened to another area. What waits keeps its dates."""
    case = locked(case, version=version)
    may_reroute(by, case)
    if to is None or to.pk not in {area.pk for area in areas_for(by, case)}:
        raise Refused(
            "You hold no police post in an area that it could go to", clause=CLAUSE,
            until="Ask the police lead, who serves every area.",
        )  # fmt: skip
    said = needs(why, why="Nothing says why the case goes to another area", clause=CLAUSE)
    entries.write(
        case, by=by, kind=entries.Kind.NOTE, happened_date=today(), told_by=by.name,
        words=f"Re-routed from {case.area.name} to {to.name}.\n\n{said}",
    )  # fmt: skip
    moment = now()
    for task in case.tasks.waiting().filter(area=case.area):
        task.area = to
        task.save(update_fields=["area"])
        record("task_rerouted", by=by, at=moment, case_id=case.pk, row=task)
    case.area, case.version = to, case.version + 1
    case.save(update_fields=["area", "version"])
    leave_behind(case, by=by)
    record("case_rerouted", by=by, at=moment, case_id=case.pk, row=case, area=to.pk)
    return case
