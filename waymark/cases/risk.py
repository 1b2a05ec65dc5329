"""Risk to the person, to the public, to partners and providers: written apart (2.7.4, 2.8.2)."""

from datetime import date
from typing import NotRequired, TypedDict, Unpack

from waymark.audit.events import record
from waymark.cases.held import begin_hold
from waymark.cases.holders import accept_where_offered
from waymark.cases.leads import lead_for
from waymark.cases.models import Case, RiskAssessment, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come, needs_each
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force

Turn, Conflict = RiskAssessment.Turn, RiskAssessment.Conflict
TEXTS = ("to_person", "to_public", "to_partners")


class Said(TypedDict):
    """What is said of risk. `hold_why`: why the police hold the case, where they must."""

    to_person: str
    to_public: str
    to_partners: str
    reduced_how: str
    conflict: str
    major_risk: bool
    owner: User
    review_date: date
    check_again_date: NotRequired[date | None]
    hold_why: NotRequired[str]
    unchanged_why: NotRequired[str]


def turn_of(case: Case) -> str:
    """Which assessment of risk is due where the case stands."""
    turns = {Stage.FIRST_RISK.value: Turn.FIRST, Stage.SECOND_RISK.value: Turn.SECOND}
    return turns.get(case.stage, Turn.LATER)


def may_assess(user: User, case: Case) -> None:
    """The police, where the stage is theirs; later and in between, all who write on the case."""
    if turn_of(case) != Turn.LATER:
        may_act(user, case, "assess_risk")
    elif not case.is_open:
        raise Refused("This case has ended", clause="2.8.2")
    else:
        may_write(user, case)


@act
def assess(
    case: Case, *, by: User, version: int | None = None, **said: Unpack[Said]
) -> RiskAssessment:
    """Assess risk: the first time, or again at any later stage.

    The first goes on to the lead's review only with neither conflict nor major risk (2.7.5);
    else the police hold the case. A later one moves nothing. The second is made by
    `assessments.second_risk`, which looks for the signed assessment that it rests on.
    """
    case = locked(case, version=version)
    if turn_of(case) == Turn.SECOND:
        raise Refused(
            "The second risk assessment rests on a signed preliminary assessment",
            clause="2.7.10",
            until="Sign the assessment of the factors, then assess the risk.",
        )
    made = assess_now(case, by=by, said=said)
    if made.turn == Turn.FIRST and not holds_up(made):
        case.led_by = lead_for(case.person)
        why = "Neither conflict nor major risk"
        move(case, Stage.LEAD_REVIEW, act="assess_risk", by=by, why=why)
    return made


def assess_now(case: Case, *, by: User, said: Said) -> RiskAssessment:
    """Write down the assessment that is due on a locked case; hold the case where it must be."""
    may_assess(by, case)
    accept_where_offered(case, by=by)
    made = _written(case, by=by, said=said)
    _to_be_looked_at_again(made, by=by)
    if made.turn != Turn.LATER and holds_up(made):
        begin_hold(case, by=by, why=said.get("hold_why", ""), look_again=made.check_again_date)
    return made


def holds_up(made: RiskAssessment) -> bool:
    """Whether a case with this risk stays with the police: conflict, or major risk (2.7.5)."""
    return made.conflict != Conflict.NO or made.major_risk


def last_risk(case: Case) -> RiskAssessment | None:
    return case.risks.select_related("by", "owner").last()


def _written(case: Case, *, by: User, said: Said) -> RiskAssessment:
    _may_stand(case, said)
    made = RiskAssessment.objects.create(
        case=case, turn=turn_of(case), by=by, at=now(), edition=in_force().code,
        to_person=said["to_person"].strip(), to_public=said["to_public"].strip(),
        to_partners=said["to_partners"].strip(), reduced_how=said["reduced_how"].strip(),
        unchanged_why=said.get("unchanged_why", "").strip(),
        conflict=said["conflict"], major_risk=said["major_risk"], owner=said["owner"],
        review_date=said["review_date"], check_again_date=said.get("check_again_date"),
    )  # fmt: skip
    record("risk_assessed", by=by, at=made.at, case_id=case.pk, row=made, turn=made.turn)
    return made


def _may_stand(case: Case, said: Said) -> None:
    """Each risk in words of its own, a known answer on conflict, an owner, days to come."""
    clause = {Turn.FIRST: "2.7.4", Turn.SECOND: "2.7.10"}.get(Turn(turn_of(case)), "2.8.2")
    needs_each(
        {
            "the risk to the person": said["to_person"],
            "the risk to the public": said["to_public"],
            "the risk to partners and providers": said["to_partners"],
            "how the risk is reduced": said["reduced_how"],
        },
        clause=clause,
    )
    if said["conflict"] not in Conflict.values:
        raise Refused("It is not said whether there is conflict", clause="2.7.5")
    if said["conflict"] == Conflict.TO_BE_CHECKED:
        day = said.get("check_again_date")
        needs_day_to_come(day, what="the date to check conflict again", clause="2.7.5")
    needs_day_to_come(said["review_date"], what="the date to review the risk", clause="2.1.2")
    may_write(said["owner"], case)
    _may_be_unchanged(case, said)


def _may_be_unchanged(case: Case, said: Said) -> None:
    """A text carried over as it was asks why: repeated words hide what changed."""
    if (last := last_risk(case)) is None:
        return
    same = any(getattr(last, text) == said[text].strip() for text in TEXTS)  # type: ignore[literal-required]
    if same:
        needs(
            said.get("unchanged_why", ""), why="A risk is described as it was the last time",
            clause="2.8.2", until="Say what changed, or why nothing did.",
        )  # fmt: skip


def _to_be_looked_at_again(made: RiskAssessment, *, by: User) -> None:
    """The owner looks at the risk again by its date: one task, the newest."""
    case = made.case
    finish_those(waiting_of(case, "review_risk"), by=by, outcome="assessed_again")
    give(
        "review_risk", by=by, case=case, user=made.owner, role=post_of(made.owner, case),
        due=made.review_date, object_id=made.pk, clause="2.1.2",
        why="Look at the risk to person, public and partners again.",
    )  # fmt: skip
