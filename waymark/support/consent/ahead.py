"""In the three months before their eighteenth birthday a person answers for then, as an adult."""

from datetime import date

from waymark.cases.handover import birthday_ahead
from waymark.cases.models import Case, SupportConsent
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, waiting_of
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support.consent import consents
from waymark.support.consent.answers import CLAUSE, answerer, keep, needs_steps

Said, Kind = SupportConsent.State, SupportConsent.Answerer


def may_answer_ahead(user: User, case: Case) -> None:
    """Whoever asks for consent, while support is agreed and the birthday is near."""
    if birthday_ahead(case) is None:
        raise Refused(
            "The person does not turn 18 in the next three months", clause=CLAUSE,
            until="They are asked as an adult in the three months before, or from the day on.",
        )  # fmt: skip
    if not consents.has_support(case):
        raise Refused(
            f"No support is agreed while the case stands at “{case.get_stage_display()}”",
            clause=CLAUSE,
            until="Once it is, the person is asked for their own answer as an adult too.",
        )
    consents.may_ask(user, case)


@act
def answer_ahead(
    case: Case, *, by: User, authority: str, state: str, how: str, answered_date: date,
    capacity_steps: str = "", version: int | None = None,
) -> None:  # fmt: skip
    """Write down what the person answers as an adult: it holds from the birthday, not before."""
    case = locked(case, version=version)
    may_answer_ahead(by, case)
    if state not in (Said.GIVEN, Said.REFUSED, Said.CAPACITY_LACKING):
        raise Refused("It is not said what the answer was", clause=CLAUSE)
    who = answerer(case, Kind.PERSON, "", authority, by=by)
    if state == Said.CAPACITY_LACKING:
        needs_steps(capacity_steps)
    keep(
        who, state, how, answered_date, case=case, by=by, holds_from=birthday_ahead(case),
        capacity_steps=capacity_steps,
    )  # fmt: skip
    finish_those(waiting_of(case, "ask_as_adult"), by=by, outcome=state)


def answered_ahead(case: Case) -> SupportConsent | None:
    """The latest answer for the birthday to come, or that has come, if any."""
    return case.consents.filter(holds_from_date__isnull=False).select_related("by").last()
