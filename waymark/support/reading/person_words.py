"""What the person said, as it stands beside the assessment and the plan."""

from waymark.cases.models import Case
from waymark.policy.lateness import day_in_words
from waymark.support.models import PersonSaid


def said(case: Case) -> list[PersonSaid]:
    """All that the person said, or why not yet, the latest first."""
    return list(case.person_said.select_related("by", "piece").order_by("-at"))


def in_words(one: PersonSaid) -> str:
    """The words or why there are none, who heard them, and when."""
    words = one.words or f"Not yet: {one.not_yet_why}"
    return f"{words}\n{one.heard_by}, {day_in_words(one.happened_date)}"


def for_the_panel(case: Case) -> list[str]:
    """The latest of each kind, as the panel has it before it; or that there are none."""
    latest: dict[str, PersonSaid] = {}
    for one in said(case):
        latest.setdefault(one.of, one)
    lines = [f"{one.get_of_display()}: {in_words(one)}" for one in latest.values()]
    return lines or ["The person was not heard yet"]
