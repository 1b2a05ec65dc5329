"""What the next panel hears of each area, by when, and what a case still lacks for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from waymark.assessments.models import Assessment
from waymark.cases.models import Case, Stage, Task
from waymark.cases.sight import Since, roles_for
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import Area, User
from waymark.panels import meetings
from waymark.panels.models import Meeting
from waymark.policy.pack import NotInPack
from waymark.sharing.models import Request
from waymark.support.models import Plan
from waymark.support.reading.silence import silent_among

MOST = 200
Found = Callable[[list[int]], set[int]]


@dataclass
class Coming:
    """A case that the next panel hears. `on`: the day of it; none where no date is known."""

    case: Case
    on: date | None
    lacks: list[str] = field(default_factory=list)


def coming_to_panel(user: User) -> list[Coming]:
    """The cases that `user` sees and the next panel hears; the number of queries is constant."""
    seen = Case.objects.visible_to(user).filter(meetings.heard_next()).select_related("area")
    cases = list(seen.order_by("area__name", "opened_at", "pk")[:MOST])
    days = _days({case.area for case in cases})
    lacks = lacking(cases, user)
    return [Coming(case, days[case.area], lacks[case.pk]) for case in cases]


def lacking(cases: list[Case], user: User) -> dict[int, list[str]]:
    """For each case, by its key, what it lacks for the panel, as far as `user` sees it."""
    found = [(what, _found(user, part, cases, find)) for what, part, find in LACKING]
    return {case.pk: [what for what, those in found if case.pk in those] for case in cases}


def _found(user: User, part: Part, cases: list[Case], find: Found) -> set[int]:
    """Asked only of the cases whose `part` the reader's post shows: nothing seen is not nothing."""
    posts = frozenset().union(*(roles_for(part, since) for since in Since))
    shown = [case.pk for case in cases if user.roles_in(case.area) & posts]
    return find(shown) if shown else set()


def _days(areas: set[Area]) -> dict[Area, date | None]:
    """The day of each area's next meeting: as called, else by the rhythm in the policy pack."""
    called: dict[int, date] = {}
    waiting = Meeting.objects.filter(area__in=areas, state__in=("planned", "open"))
    for meeting in waiting.order_by("-on_date"):
        called[meeting.area_id] = meeting.on_date
    return {area: called.get(area.pk) or _by_rhythm(area) for area in areas}


def _by_rhythm(area: Area) -> date | None:
    try:
        return meetings.next_date(area)
    except NotInPack:
        return None


def _without_assessment(cases: list[int]) -> set[int]:
    signed = Assessment.objects.filter(case__in=cases, signed_at__isnull=False)
    return set(cases) - set(signed.values_list("case_id", flat=True))


def _without_plan(cases: list[int]) -> set[int]:
    """Only before support: who is supported has one."""
    at_panel = Case.objects.filter(pk__in=cases, stage=Stage.PANEL).values_list("pk", flat=True)
    return set(at_panel) - set(
        Plan.objects.filter(case__in=cases).values_list("case_id", flat=True)
    )


def _with_silent_partners(cases: list[int]) -> set[int]:
    silent = Request.objects.unanswered().filter(case__in=cases, due_date__gte=today())
    return set(silent.values_list("case_id", flat=True))


def _with_late_partners(cases: list[int]) -> set[int]:
    late = Request.objects.unanswered().filter(case__in=cases, due_date__lt=today())
    return set(late.values_list("case_id", flat=True))


def _with_waiting(kind: str, *, late: bool = False) -> Found:
    """The cases with a task of that kind that waits; `late`: that is overdue."""

    def find(cases: list[int]) -> set[int]:
        waiting = Task.objects.waiting().filter(case__in=cases, kind=kind)
        found = waiting.filter(due_date__lt=today()) if late else waiting
        return {case for case in found.values_list("case_id", flat=True) if case is not None}

    return find


LACKING: tuple[tuple[str, Part, Found], ...] = (
    ("a signed assessment", Part.ASSESSMENT, _without_assessment),
    ("a plan", Part.PLAN, _without_plan),
    ("an answer from a partner", Part.REQUEST, _with_silent_partners),
    ("an overdue answer from a partner", Part.REQUEST, _with_late_partners),
    ("a word on an overdue session", Part.PLAN, _with_waiting("log_session", late=True)),
    ("a word on silent support", Part.PLAN, silent_among),
    ("a report of progress", Part.PLAN, _with_waiting("progress_due", late=True)),
    ("a look at a change that was told", Part.WORK, _with_waiting("read_change")),
    ("an overdue review of the risk", Part.WORK, _with_waiting("review_risk", late=True)),
    ("a check for conflict", Part.WORK, _with_waiting("check_conflict")),
    ("what the police make of a risen risk", Part.WORK, _with_waiting("consider_risen")),
    ("an overdue action", Part.PANEL, _with_waiting("panel_action", late=True)),
)
