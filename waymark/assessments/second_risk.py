"""The second risk assessment: conflict minimised, on a signed preliminary assessment (2.7.10)."""

from typing import Unpack

from waymark.assessments.latest import latest_signed
from waymark.assessments.models import Assessment
from waymark.cases.known import risk
from waymark.cases.models import Case, RiskAssessment, Stage
from waymark.cases.stages import locked, move
from waymark.directory.models import User
from waymark.directory.permission import Refused, act


def may_assess_again(user: User, case: Case) -> None:
    """The police, at this stage, once the factors are assessed and signed."""
    if case.stage != Stage.SECOND_RISK:
        raise Refused(
            "The second risk assessment is not due while the case stands at "
            f"“{case.get_stage_display()}”", clause="2.7.10",
        )  # fmt: skip
    risk.may_assess(user, case)
    rests_on(case)


def rests_on(case: Case) -> Assessment:
    """The assessment that the second look at risk rests on: signed before it, never after (R10)."""
    signed = latest_signed(case)
    if signed is None:
        raise Refused(
            "The preliminary assessment of the factors is not signed", clause="2.7.10",
            until="Sign it, then assess the risk.",
        )  # fmt: skip
    return signed


@act
def assess_again(
    case: Case, *, by: User, version: int | None = None, **said: Unpack[risk.Said]
) -> RiskAssessment:
    """Assess risk a second time: the next step is agreed, or the police hold the case."""
    case = locked(case, version=version)
    may_assess_again(by, case)
    made = risk.assess_now(case, by=by, said=said)
    if not risk.holds_up(made):
        why = "Risk assessed a second time, on the signed preliminary assessment"
        move(case, Stage.NEXT_STEP, act="assess_risk", by=by, why=why)
    return made
