"""A screening as pages tell it: each question with what was said, nothing left out."""

from typing import Any

from waymark.database.clock import day_of
from waymark.policy.lateness import day_in_words
from waymark.referrals.deciding.decisions import FOUR
from waymark.referrals.deciding.known import outcome_in_words
from waymark.referrals.models import Screening, ScreeningConfirmation, ScreeningReturn

ASKED = {
    "why": "Reason given",
    "passed_to": "Passed on to",
    "duplicate_of": "Repeats referral",
    "motive": "Evidence of the motive",
    "content_true": "Whether what was said is true",
    **FOUR,
}


def told(screening: Screening) -> list[dict[str, Any]]:
    """The rows of a summary list: what the police lead and a second person said of it first,
    then the outcome, by whom, and each text that there is."""
    outcome = outcome_in_words(screening.outcome, screening.reason)
    rows = [*_read(screening), ("Outcome", outcome), ("Screened by", _who(screening))]
    rows += [(asked, getattr(screening, name)) for name, asked in ASKED.items()]
    rows += _confirmed(screening)
    return [{"question": asked, "answer": text} for asked, text in rows if text]


def _read(screening: Screening) -> list[tuple[str, str]]:
    if not hasattr(screening, "reading"):
        return []
    reading = screening.reading
    if reading.sent_back:
        return [("Sent back by", _who(reading)), ("What is to be looked at again", reading.why)]
    return [("Let stand by", _who(reading))]


def _confirmed(screening: Screening) -> list[tuple[str, str]]:
    if not hasattr(screening, "confirmation"):
        return []
    said = screening.confirmation
    named = "Confirmed by a second person" if said.agrees else "Not confirmed by a second person"
    return [(named, _who(said)), ("What the second person said", said.why)]


def _who(said: Screening | ScreeningConfirmation | ScreeningReturn) -> str:
    return f"{said.by.name}, on {day_in_words(day_of(said.at))}"
