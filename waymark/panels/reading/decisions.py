"""What a panel has before it when it decides on a case (2.5.10, 2.5.11)."""

from dataclasses import dataclass

from waymark.assessments.latest import latest_signed
from waymark.assessments.models import Assessment
from waymark.assessments.sheet import sheet
from waymark.cases.models import Case, Risk
from waymark.cases.reading.risks import risk_record, standing_risks
from waymark.panels.actions import still_open
from waymark.panels.models import Action, AgendaItem, Attendance, Decision
from waymark.panels.quorum import empty_seats, members_present, present
from waymark.panels.reading.papers import owed_by
from waymark.policy.work import Seat
from waymark.support import plans, sessions
from waymark.support.models import Piece, Plan
from waymark.support.plan_checks import PRESENT


@dataclass(frozen=True)
class Before:
    """`same_assessment`: the last decision rested on it too. `silent`: sessions overdue (R18).

    `risks`: to each of the four, with owner and date (2.1.2). `earlier`: actions not yet done.
    """

    assessment: Assessment | None
    found: list[str]
    same_assessment: bool
    plan: Plan | None
    unanswered: list[str]
    silent: list[Piece]
    members: list[Attendance]
    present: list[Attendance]
    missing: list[Seat]
    risks: list[Risk]
    last: Decision | None
    earlier: list[Action]


def before(item: AgendaItem) -> Before:
    case = item.case
    assessment = latest_signed(case)
    last = case.decisions.exclude(assessment=None).select_related("meeting").last()
    return Before(
        assessment=assessment,
        found=found_present(assessment) if assessment else [],
        same_assessment=bool(last and assessment and last.assessment_id == assessment.pk),
        plan=plans.latest(case),
        unanswered=owed_by(case),
        silent=sessions.silent(case),
        members=members_present(item),
        present=present(item),
        missing=empty_seats(item),
        risks=standing_risks(risk_record(case)),
        last=last,
        earlier=still_open(item),
    )


def found_present(assessment: Assessment) -> list[str]:
    """The factors found partly or strongly present, each with how it was found."""
    states = {state.value for state in PRESENT}
    return [
        f"{line.name}: {line.says.lower()}"
        for part in sheet(assessment)
        for line in part.lines
        if line.state in states
    ]


def decision_on(item: AgendaItem) -> Decision | None:
    """What was decided of this item, if anything was."""
    made = Decision.objects.filter(item=item).select_related("by", "assessment", "plan", "meeting")
    return made.first()


def decisions_of(case: Case) -> list[Decision]:
    return list(case.decisions.select_related("by", "meeting", "assessment").order_by("-at"))
