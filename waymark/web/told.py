"""A screening as pages tell it: each question with what was said, nothing left out."""

from typing import Any

from waymark.database.clock import day_of
from waymark.policy.lateness import day_in_words
from waymark.referrals.decisions import FOUR
from waymark.referrals.known import outcome_in_words
from waymark.referrals.models import Screening

ASKED = {
    "why": "Reason given",
    "passed_to": "Passed on to",
    "duplicate_of": "Repeats referral",
    "motive": "Evidence of the motive",
    "content_true": "Whether what was said is true",
    **FOUR,
}


def told(screening: Screening) -> list[dict[str, Any]]:
    """The rows of a summary list: outcome, by whom, and each text that there is."""
    outcome = outcome_in_words(screening.outcome, screening.reason)
    by = f"{screening.by.name}, on {day_in_words(day_of(screening.at))}"
    rows = [{"question": "Outcome", "answer": outcome}, {"question": "Screened by", "answer": by}]
    return rows + [
        {"question": asked, "answer": text}
        for name, asked in ASKED.items()
        if (text := getattr(screening, name))
    ]
