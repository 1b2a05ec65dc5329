"""The outcomes of a screening: what each is called, and choosing one of those that are possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from waymark.referrals.deciding.known import Known
from waymark.referrals.models import Screening
from waymark.ui.forms import Choice, Questions

NEW, JOINS, REOPENS = (
    Screening.Outcome.NEW_CASE, Screening.Outcome.JOINS_CASE, Screening.Outcome.REOPENS_CASE,
)  # fmt: skip
ENDS = Screening.Outcome.NOT_PREVENT
Reason = Screening.Reason


@dataclass(frozen=True)
class Outcome:
    """One outcome, or one reason for *not Prevent*, as its page says it."""

    outcome: str
    text: str
    title: str
    button: str
    reason: str = ""
    hint: str = ""


OUTCOMES = {
    "new-case": Outcome(
        NEW, "Open a case", "Open a case", "Open the case",
        hint="The concern goes on to information gathering. You hold the case.",
    ),
    "joins-case": Outcome(
        JOINS, "Join it to an open case", "Join it to an open case", "Join it to the case",
        hint="Its holder and the next panel are told.",
    ),
    "reopens-case": Outcome(
        REOPENS, "Re-open a case that has ended", "Re-open a case that has ended",
        "Re-open the case", hint="It goes on from information gathering.",
    ),
    "safeguarding": Outcome(
        ENDS, "Not Prevent: a safeguarding matter, passed on", "Not Prevent: a safeguarding matter",
        "Record that it is not Prevent", Reason.SAFEGUARDING,
        "There is a need or a risk, but not of being drawn into terrorism.",
    ),
    "misunderstanding": Outcome(
        ENDS, "Not Prevent: a misunderstanding", "Not Prevent: a misunderstanding",
        "Record that it is not Prevent", Reason.MISUNDERSTANDING,
        "What was said or done has an ordinary explanation. It will count as no earlier concern.",
    ),
    "malicious": Outcome(
        ENDS, "Not Prevent: malicious", "Not Prevent: malicious",
        "Propose that it is malicious", Reason.MALICIOUS,
        "Made to hurt somebody, on evidence of that motive. A second person confirms it.",
    ),
    "duplicate": Outcome(
        ENDS, "Not Prevent: a duplicate", "Not Prevent: a duplicate",
        "Record that it is not Prevent", Reason.DUPLICATE,
        "The same worry, from the same source, has come in already.",
    ),
    "no-concern": Outcome(
        ENDS, "Not Prevent: no concern that is for Prevent",
        "Not Prevent: no concern that is for Prevent", "Record that it is not Prevent",
        Reason.NO_CONCERN, "It was looked into, and nothing is needed.",
    ),
}  # fmt: skip


def outcomes_for(same: list[Known]) -> list[tuple[str, Outcome]]:
    """Those that are possible: an open case is joined, one that has ended can be re-opened."""
    is_open = any(one.case_id and one.case_is_open for one in same)
    has_ended = any(one.case_id and not one.case_is_open for one in same)
    possible = {NEW: not is_open, JOINS: is_open, REOPENS: has_ended and not is_open, ENDS: True}
    return [item for item in OUTCOMES.items() if possible[Screening.Outcome(item[1].outcome)]]


class OutcomeForm(Questions):
    outcome = Choice(
        label="What becomes of this person’s referral?",
        choices=[],
        error_messages={"required": "Select what becomes of it"},
    )

    # sent along, so that sending without a choice is not taken for a first look
    answered = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")

    def __init__(self, sent: Mapping[str, Any], *, possible: list[tuple[str, Outcome]]):
        """`sent`: what came with the address; asked for the first time where nothing did."""
        super().__init__(sent if {"outcome", "answered"} & set(sent) else None)
        field = self.fields["outcome"]
        assert isinstance(field, Choice)
        field.choices = [(code, one.text) for code, one in possible]
        field.hints = {code: one.hint for code, one in possible}
