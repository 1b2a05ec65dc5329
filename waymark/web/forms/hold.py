"""The questions about a hold by the police, and of what two people agree meanwhile (2.8.17)."""

from typing import Any

from waymark.cases.models import HeldSupport
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions

POLICE_ONLY = "police only: the chair sees that the case is held, not why"
BOTH = "chair and police"
BECOMES = (
    ("goes_on", "The case is suitable for Channel and goes on from where it was"),
    ("held_on", "The police hold it longer"),
    ("leaves", "It leaves Channel: criminal justice. The police lead must agree"),
)


def _again() -> DateField:
    return DateField(
        label="When do you look at it again?",
        called="The date on which you look at it again",
        future=True,
        error_messages={"required": "Enter the date on which you look at it again"},
    )


class HoldForm(Questions):
    why = Prose(
        label="Why do the police hold this case?",
        help_text="Say what you considered: the existing means of the police, and whether the case"
        " may still be suitable for Channel. No intelligence is written here.",
        who_sees=POLICE_ONLY,
        error_messages={"required": "Enter why the police hold this case"},
    )
    look_again_date = _again()


class ReleaseForm(Questions):
    becomes = Choice(
        label="What becomes of the hold?",
        choices=[],
        reveals={"held_on": "look_again_date"},
        error_messages={"required": "Select what becomes of the hold"},
    )
    look_again_date = _again()
    why = Prose(
        label="Why? What did the police consider?",
        who_sees=POLICE_ONLY,
        error_messages={"required": "Enter why"},
    )

    def __init__(self, data: Any, *, version: int, waits: bool, longer: bool):
        """`waits`: a second person has still to answer; until then it can only be held longer.

        `longer`: whether it still can be.
        """
        super().__init__(data, version=version)
        field = self.fields["becomes"]
        assert isinstance(field, Choice)
        field.choices = [one for one in BECOMES if (longer if one[0] == "held_on" else not waits)]
        if not longer:
            field.reveals = {}
            del self.fields["look_again_date"]


class AgreeForm(Questions):
    agrees = Choice(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No")],
        reveals={"no": "why"},
        error_messages={"required": "Select whether you agree"},
    )
    why = Prose(label="Why not?", who_sees=BOTH, rows=4)

    def __init__(self, data: Any, *, version: int, seen_by: str = BOTH):
        super().__init__(data, version=version)
        vars(self.fields["why"])["who_sees"] = seen_by

    def said(self) -> dict[str, Any]:
        return {
            "agrees": self.cleaned_data["agrees"] == "yes",
            "why": self.cleaned_data["why"],
            "version": self.seen_version,
        }


class SupportForm(Questions):
    decision = Choice(
        label="What becomes of support while the police hold the case?",
        choices=HeldSupport.Decision.choices,
        error_messages={"required": "Select what becomes of support"},
    )
    why = Prose(label="Why?", who_sees=BOTH, error_messages={"required": "Enter why"})
