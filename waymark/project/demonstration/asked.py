"""The visit on which the lead asks for consent."""

from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.support.consent import asking


def ask_for_consent(case: Case, *, by: User, child: bool) -> None:
    """The lead visits, with the notice; of a child a parent knows."""
    said = asking.AskingSaid(
        asker=by, along="A youth worker whom they know.", place="At home.",
        interpreter="None is needed.", visit_risk="None is known; the office knows the time.",
        how="In plain words, with the notice read together.", planned_date=today(),
    )  # fmt: skip
    visit = asking.arrange(case, by=by, said=said)
    asking.say_asked(
        visit, by=by, asked_date=today(), with_them="Their mother" if child else "",
        parent_knew="yes" if child else "",
    )  # fmt: skip
