"""Before consent is asked: how to ask, what to show, who answers, and what was answered."""

from typing import Any

from waymark.cases.models import Case, SupportConsent
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.reading import consents as reading

CHILD = (
    "The person is under 18, or their age is not known or in dispute: a parent or guardian answers,"
    " and the young person is asked too. One row for each. A no of either opens nothing."
)
ADULT = "The person is 18 or over and answers for themselves."


def asking(case: Case) -> dict[str, Any]:
    """The context of consent/consent.html."""
    pack = in_force()
    return {
        "sensitivity": pack.text("consent_sensitivity"),
        "how_to_ask": pack.text("consent_how"),
        "capacity": pack.text("capacity"),
        "notice": pack.consent.notice,
        "asking": reading.asking(case),
        "who": CHILD if reading.needs_parent(case) else ADULT,
        "answers": [_told(one) for one in reading.answers(case)],
    }


def _told(one: SupportConsent) -> dict[str, str]:
    return {
        "who": one.answerer_name,
        "state": one.get_state_display()
        + (f", from {day_in_words(one.holds_from_date)}" if one.holds_from_date else ""),
        "on": day_in_words(one.answered_date),
        "authority": one.authority,
        "by": one.by.name,
    }
