"""Risk to the person, the public, partners and providers: written apart (2.7.4, 2.8.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from waymark.audit.events import record
from waymark.cases.held import begin_hold
from waymark.cases.holders import accept_where_offered
from waymark.cases.leads import lead_for
from waymark.cases.models import Case, Risk, RiskAssessment, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come, needs_each
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force

To, Turn, Conflict = Risk.To, RiskAssessment.Turn, RiskAssessment.Conflict


@dataclass(frozen=True)
class RiskSaid:
    """The risk to one of the four. Where none is `seen`, `what` says why not; no more is asked."""

    what: str
    owner: User
    review_date: date
    speaks_for: str = ""
    speaks_against: str = ""
    reduced_how: str = ""
    seen: bool = True


class Said(TypedDict):
    """What is said of risk, of each by the code of `Risk.To`. `hold_why`: where it is held."""

    risks: Mapping[str, RiskSaid]
    conflict: str
    major_risk: bool
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
    _to_be_looked_at_again(case, said["risks"], by=by)
    if made.turn != Turn.LATER and holds_up(made):
        begin_hold(case, by=by, why=said.get("hold_why", ""), look_again=made.check_again_date)
    return made


def holds_up(made: RiskAssessment) -> bool:
    """Whether a case with this risk stays with the police: conflict, or major risk (2.7.5)."""
    return made.conflict != Conflict.NO or made.major_risk


def last_risk(case: Case) -> RiskAssessment | None:
    """The newest assessment of risk, with the risk to each of the four."""
    found = case.risk_assessments.select_related("by").prefetch_related("risks__owner")
    return found.last()


def _written(case: Case, *, by: User, said: Said) -> RiskAssessment:
    _may_stand(case, said)
    made = RiskAssessment.objects.create(
        case=case, turn=turn_of(case), by=by, at=now(), edition=in_force().code,
        unchanged_why=said.get("unchanged_why", "").strip(), conflict=said["conflict"],
        major_risk=said["major_risk"], check_again_date=said.get("check_again_date"),
    )  # fmt: skip
    record("risk_assessed", by=by, at=made.at, case_id=case.pk, row=made, turn=made.turn)
    for to, one in said["risks"].items():
        risk = Risk.objects.create(
            case=case, assessment=made, to=to, seen=one.seen, what=one.what.strip(),
            speaks_for=one.speaks_for.strip(), speaks_against=one.speaks_against.strip(),
            reduced_how=one.reduced_how.strip(), owner=one.owner, review_date=one.review_date,
        )  # fmt: skip
        record("risk_written", by=by, at=made.at, case_id=case.pk, row=risk, to=to)
    return made


def _may_stand(case: Case, said: Said) -> None:
    """A risk to each of the four, a known answer on conflict, and why a text is as it was."""
    for to in To:
        _may_be_a_risk(to, said["risks"].get(to), case)
    if said["conflict"] not in Conflict.values:
        raise Refused("It is not said whether there is conflict", clause="2.7.5")
    if said["conflict"] == Conflict.TO_BE_CHECKED:
        day = said.get("check_again_date")
        needs_day_to_come(day, what="the date to check conflict again", clause="2.7.5")
    _may_be_unchanged(case, said)


def _may_be_a_risk(to: Risk.To, said: RiskSaid | None, case: Case) -> None:
    """In words of its own, for and against, reduced where one is seen; an owner and a day."""
    clause = {Turn.FIRST: "2.7.4", Turn.SECOND: "2.7.10"}.get(Turn(turn_of(case)), "2.8.2")
    if said is None:
        raise Refused(f"Nothing is said of the risk to {to.label}", clause=clause)
    if said.seen:
        asked = {
            f"what might happen to {to.label}": said.what,
            f"what speaks for a risk to {to.label}": said.speaks_for,
            f"what speaks against a risk to {to.label}": said.speaks_against,
            f"what was done to reduce the risk to {to.label}": said.reduced_how,
        }
    else:
        asked = {f"why no risk to {to.label} is seen": said.what}
    needs_each(asked, clause=clause)
    needs_day_to_come(
        said.review_date, what=f"the date to review the risk to {to.label}", clause="2.1.2"
    )
    may_write(said.owner, case)


def _may_be_unchanged(case: Case, said: Said) -> None:
    """A text carried over as it was asks why: repeated words hide what changed."""
    if (last := last_risk(case)) is None:
        return
    if any(one.what == said["risks"][one.to].what.strip() for one in last.risks.all()):
        needs(
            said.get("unchanged_why", ""), why="A risk is described as it was the last time",
            clause="2.8.2", until="Say what changed, or why nothing did.",
        )  # fmt: skip


def _to_be_looked_at_again(case: Case, risks: Mapping[str, RiskSaid], *, by: User) -> None:
    """Each owner looks at their risks again by the date of each: a task for each owner and day."""
    finish_those(waiting_of(case, "review_risk"), by=by, outcome="assessed_again")
    theirs: dict[tuple[User, date], list[str]] = {}
    for to in To:
        one = risks[to]
        theirs.setdefault((one.owner, one.review_date), []).append(to.label)
    for (owner, day), whom in theirs.items():
        give(
            "review_risk", by=by, case=case, user=owner, role=post_of(owner, case), due=day,
            clause="2.1.2", why=f"Look again at the risk to {', to '.join(whom)}.",
        )  # fmt: skip
