"""Steps for safety that were taken between meetings, as the next panel reads them."""

from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.panels.models import InterimStep


def of_case(case: Case) -> list[InterimStep]:
    """Every step, the latest first."""
    steps = case.interim_steps.select_related("by", "organisation", "answered_by")
    return list(steps.order_by("-at", "-id"))


def to_put(case: Case) -> list[InterimStep]:
    """What no panel has had before it yet, and what still holds: for the papers and the agenda."""
    last = case.decisions.order_by("-at").values_list("at", flat=True).first()
    return [
        step
        for step in of_case(case)
        if last is None or step.at > last or step.until_date >= today()
    ]


def found(case: Case, key: int) -> InterimStep | None:
    steps = case.interim_steps.select_related("by", "organisation", "answered_by")
    return steps.filter(pk=key).first()
