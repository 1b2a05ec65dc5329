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
from waymark.panels.meeting import meetings
from waymark.panels.models import Meeting
from waymark.policy.pack import NotInPack
from waymark.sharing.models import Request
from waymark.support.models import Plan
from waymark.support.reading.silence import silent_among

MOST = 200
REQUEST = "request"
Found = Callable[[list[int]], set[int]]
Due = dict[str, list[tuple[int, date]]]  # of each kind: the case, and by when


@dataclass(frozen=True)
class Waits:
    """A task of that kind, or a request, waits; `until_today`: overdue; `from_today`: not yet."""

    kind: str
    until_today: bool = False
    from_today: bool = False


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
    due = _due(cases)
    found = [(what, _found(_shown(user, part, cases), find, due)) for what, part, find in LACKING]
    return {case.pk: [what for what, those in found if case.pk in those] for case in cases}


def _shown(user: User, part: Part, cases: list[Case]) -> list[int]:
    """The cases whose `part` the reader's post shows: nothing seen is not nothing there."""
    posts = frozenset().union(*(roles_for(part, since) for since in Since))
    return [case.pk for case in cases if user.roles_in(case.area) & posts]


def _found(shown: list[int], find: Found | Waits, due: Due) -> set[int]:
    if not isinstance(find, Waits):
        return find(shown) if shown else set()
    before = today() if find.until_today else date.max
    after = today() if find.from_today else date.min
    waiting = due.get(find.kind, ())
    return {case for case, day in waiting if after <= day < before} & set(shown)


def _due(cases: list[Case]) -> Due:
    """Tasks and requests that wait, each with its date: asked once for all that may lack."""
    kinds = {find.kind for _, _, find in LACKING if isinstance(find, Waits)}
    tasks = Task.objects.waiting().filter(case__in=cases, kind__in=kinds)
    found: Due = {}
    for kind, case, day in tasks.values_list("kind", "case_id", "due_date"):
        if case is not None:
            found.setdefault(kind, []).append((case, day))
    asked = Request.objects.unanswered().filter(case__in=cases)
    found[REQUEST] = list(asked.values_list("case_id", "due_date"))
    return found


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


LACKING: tuple[tuple[str, Part, Found | Waits], ...] = (
    ("a signed assessment", Part.ASSESSMENT, _without_assessment),
    ("a plan", Part.PLAN, _without_plan),
    ("an answer from a partner", Part.REQUEST, Waits(REQUEST, from_today=True)),
    ("an overdue answer from a partner", Part.REQUEST, Waits(REQUEST, until_today=True)),
    ("a word on an overdue session", Part.PLAN, Waits("log_session", until_today=True)),
    ("a word on silent support", Part.PLAN, silent_among),
    ("a report of progress", Part.PLAN, Waits("progress_due", until_today=True)),
    ("a look at a change that was told", Part.WORK, Waits("read_change")),
    ("an overdue review of the risk", Part.WORK, Waits("review_risk", until_today=True)),
    ("a check for conflict", Part.WORK, Waits("check_conflict")),
    ("what the police make of a risen risk", Part.WORK, Waits("consider_risen")),
    ("an overdue action", Part.PANEL, Waits("panel_action", until_today=True)),
)
