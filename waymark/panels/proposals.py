"""What is put to a panel as its decision, and what it cannot be without (2.5.11, 2.8.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.assessments.latest import latest_signed
from waymark.cases.models import Case, Stage
from waymark.cases.words import needs, needs_day_to_come
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.panels.endings.before_exit import what_it_says
from waymark.panels.models import AgendaItem, Attendance, Decision, Position
from waymark.support import needs as support_needs
from waymark.support import sessions
from waymark.support.consent import consents
from waymark.support.models import Plan
from waymark.support.plans import may_be_agreed

Kind, Stance, Basis = Decision.Kind, Position.Stance, Decision.Basis
AT = {
    Stage.PANEL: (
        Kind.PLAN_AGREED, Kind.DEFERRED, Kind.OTHER_SUPPORT, Kind.NOT_APPROPRIATE, Kind.DECLINED,
    ),
    Stage.SUPPORTED: (Kind.GOES_ON, Kind.EXIT_RECOMMENDED, Kind.NEW_PLAN),
}  # fmt: skip
NO_SUPPORT = (Kind.OTHER_SUPPORT, Kind.NOT_APPROPRIATE, Kind.DECLINED)
SAID_NO = (consents.State.REFUSED, consents.State.WITHDRAWN, consents.State.CONFLICT)
CLAUSE = "2.8.9"


@dataclass(frozen=True)
class PositionSaid:
    """What one member says of the proposal."""

    member: Attendance
    stance: str
    words: str = ""


@dataclass(frozen=True)
class ActionSaid:
    words: str
    owner: User
    due_date: date


@dataclass(frozen=True)
class HeardSaid:
    """What the meeting hears of an earlier action. `again_date`: by when, where it is not done."""

    action_id: int
    state: str
    words: str = ""
    again_date: date | None = None


@dataclass(frozen=True)
class Proposal:
    """The decision as it is proposed. Words that a kind does not need may stay empty."""

    kind: str
    information: str
    reasons: str
    positions: Sequence[PositionSaid]
    risk_to_person: str = ""
    risk_to_society: str = ""
    changed: str = ""
    dissent: str = ""
    unanswered: str = ""
    health_social_care: str = ""
    referrer_asked: str = ""
    more_information: str = ""
    assessment_is: str = ""
    amended: str = ""
    signposted: str = ""
    social_care_by: str = ""
    told_what: str = ""
    told_by: str = ""
    chair_confirms: bool = False
    remains: str = ""
    plan: Plan | None = None
    next_review_date: date | None = None
    review_date: date | None = None
    actions: Sequence[ActionSaid] = ()
    heard: Sequence[HeardSaid] = ()


def kinds_at(case: Case) -> tuple[Decision.Kind, ...]:
    """What a panel can decide of a case where it stands."""
    return AT.get(Stage(case.stage), (Kind.NOTED,))


def basis_of(positions: Sequence[PositionSaid]) -> Decision.Basis:
    """All, the majority, or else the chair (s.37(6))."""
    against = sum(each.stance == Stance.DISAGREES for each in positions)
    agreeing = sum(each.stance == Stance.AGREES for each in positions)
    if not against:
        return Basis.UNANIMOUS
    return Basis.MAJORITY if agreeing > against else Basis.CHAIR


def dissent_of(said: Proposal) -> str:
    """What stands in the minutes of dissent: as it was put, or else as each member said it."""
    if said.dissent.strip() or basis_of(said.positions) == Basis.UNANIMOUS:
        return said.dissent.strip()
    return "As each member said it, below."


def unanswered_by(case: Case) -> list[str]:
    """The bodies that were asked for information and have not answered (R16)."""
    waiting = case.requests.filter(answered_at=None).select_related("organisation")
    return sorted({request.organisation.name for request in waiting})


def check_proposal(item: AgendaItem, said: Proposal, members: list[Attendance]) -> None:
    """Raises Refused with the first thing that is missing."""
    case = item.case
    if said.kind not in kinds_at(case):
        labels = "; ".join(kind.label for kind in kinds_at(case))
        raise Refused(
            f"This cannot be decided while the case stands at “{case.get_stage_display()}”",
            clause="2.5.10", until=f"It can be: {labels}.",
        )  # fmt: skip
    needs(said.information, why="Nothing says on what information this is decided", clause=CLAUSE)
    needs(said.reasons, why="The decision has no reasons", clause=CLAUSE)
    _check_positions(said, members)
    if said.kind != Kind.NOTED:
        _check_weighed(case, said)
    _check_kind(case, said)
    for action in said.actions:
        needs(action.words, why="An action is without words", clause="2.8.19")
        needs_day_to_come(action.due_date, what="the date of an action", clause="2.8.19")


def _check_positions(said: Proposal, members: list[Attendance]) -> None:
    given = {each.member.pk: each for each in said.positions}
    for member in members:
        if member.pk not in given:
            raise Refused(
                f"Nothing says what {member.user or member.organisation} thinks of it",
                clause="s.37(6)", until="Record the position of each member.",
            )  # fmt: skip
    if set(given) - {member.pk for member in members} or len(given) != len(said.positions):
        raise Refused("Only members who are present decide, once each", clause="2.1.3")
    for each in said.positions:
        if each.stance not in Stance.values:
            raise Refused("A member’s position is not said", clause="s.37(6)")
        if each.stance == Stance.DISAGREES:
            needs(each.words, why="Somebody disagrees, and nothing says why", clause="s.37(6)")


def _check_weighed(case: Case, said: Proposal) -> None:
    both = "Both risks are weighed and written down, each apart."
    needs(
        said.risk_to_person, why="The risk to the person of being drawn in is not weighed",
        clause="2.5.11", until=both,
    )  # fmt: skip
    needs(
        said.risk_to_society, why="The risk that the person poses to society is not weighed",
        clause="2.5.11", until=both,
    )  # fmt: skip
    if (assessment := latest_signed(case)) is None:
        raise Refused(
            "There is no signed assessment that the decision could rest on", clause="2.2.6",
            until="An assessment is signed before the panel decides, not after it.",
        )  # fmt: skip
    last = case.decisions.exclude(assessment=None).last()
    if last and last.assessment_id == assessment.pk:
        needs(
            said.changed, clause="2.8.18",
            why="The assessment is the same as at the last decision",
            until="Sign a new one, or say factor by factor what has changed since, or has not.",
        )  # fmt: skip
    if waiting := unanswered_by(case):
        needs(
            said.unanswered, why=f"Not yet answered by: {', '.join(waiting)}", clause="2.9.3",
            until="Say in words why the panel decides without their answer.",
        )  # fmt: skip


def _check_kind(case: Case, said: Proposal) -> None:
    match said.kind:
        case Kind.PLAN_AGREED:
            if said.plan is None:
                raise Refused(
                    "There is no plan to agree", clause="2.10.3",
                    until="Write the plan first, with how, when and by whom consent is asked.",
                )  # fmt: skip
            may_be_agreed(case, said.plan)
        case Kind.DEFERRED | Kind.GOES_ON | Kind.NEW_PLAN | Kind.NOTED:
            needs_day_to_come(said.next_review_date, what="the date of the next review",
                              clause="2.8.18")  # fmt: skip
        case Kind.EXIT_RECOMMENDED:
            _check_exit(case, said)
        case _:
            _check_no_support(case, said)


def nothing_is_open(case: Case) -> None:
    """Before an exit is recommended: sessions are reconciled, needs disposed of (R20)."""
    if waiting := sessions.unreconciled(case):
        counts = [sessions.count(piece) for piece in waiting]
        told = "; ".join(
            f"{each.held} of {each.ordered} sessions held of {each.piece.reference}"
            for each in counts
        )
        raise Refused(
            f"Sessions are not reconciled: {told}", clause="2.9.4",
            until="The provider enters them, or somebody says why they were not held.",
        )  # fmt: skip
    if still := support_needs.still_open(case):
        raise Refused(
            f"Nothing says what became of {len(still)} of the plan’s needs", clause="2.1.5",
            until="Say of each whether it is met, passed on, or remains and why.",
        )  # fmt: skip


def _check_exit(case: Case, said: Proposal) -> None:
    nothing_is_open(case)
    needs(
        said.referrer_asked, why="Nothing says what the referrer was asked again before an exit",
        clause="2.8.14", until="Say what they said, or why they were not asked.",
    )  # fmt: skip
    what_it_says(said.changed, said.remains)


def _check_no_support(case: Case, said: Proposal) -> None:
    needs(
        said.health_social_care, clause="s.36(6)",
        why="Nothing says that referral to health or social care was considered",
    )  # fmt: skip
    if said.kind == Kind.DECLINED and consents.state_of(case) not in SAID_NO:
        raise Refused(
            f"Nobody has declined: consent is {consents.NAMES[consents.state_of(case)]}",
            clause="2.10.4",
        )  # fmt: skip
    if said.review_date is not None:
        if said.kind != Kind.DECLINED:
            raise Refused("A review is set after an exit, or after declined", clause="2.8.18")
        needs_day_to_come(said.review_date, what="the date of the review", clause="2.8.18")
