"""What the plan written last says of each need that comes from a factor or from the case."""

from waymark.cases.models import Case
from waymark.support import plans
from waymark.support.models import Need
from waymark.support.reading.plans import kind_named


def met_by(need: Need) -> str:
    """The pieces of support that address a need of a plan, or why none does (2.1.5)."""
    pieces = [f"{kind_named(one.kind)[0]} {one.reference}" for one in need.pieces.all()]
    return f"Support: {', '.join(pieces)}" if pieces else f"Not addressed: {need.not_addressed_why}"


def in_the_plan(case: Case) -> dict[str, str]:
    """By the code of what the need comes from: what the version written last does about it."""
    plan = plans.latest(case)
    if plan is None:
        return {}
    needs = plan.needs.exclude(factor="").prefetch_related("pieces")
    return {one.factor: f"In version {plan.number} of the plan. {met_by(one)}" for one in needs}
