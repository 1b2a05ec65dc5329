"""The questions of a transfer: asked, answered, handed to a panel elsewhere (2.6.1, 2.6.2)."""

import re
from typing import Any

from django import forms

from waymark.cases.transfers import Asked
from waymark.directory.models import Area
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, asked
from waymark.web.papers.transfer_content import PARTS
from waymark.web.sections import Section, Sectioned

BOTH = "the chairs of both panels, the police and the Prevent lead of this case"
OURS = "chair, police and the Prevent lead of this case"
OUTSIDE = "outside"
PASSPHRASE = re.compile(r"[a-z2-7]{4}(-[a-z2-7]{4}){5}")


class AskForm(Sectioned):
    to = Choice(
        label="To which panel does the case go?",
        choices=[],
        reveals={OUTSIDE: ("outside", "receiver")},
        error_messages={"required": "Select the panel that the case goes to"},
    )
    outside = asked(
        forms.CharField(
            label="Which panel is it?", max_length=200,
            error_messages={"required": "Enter which panel it is"},
        ),
        who_sees=BOTH,
    )  # fmt: skip
    receiver = asked(
        forms.CharField(
            label="Who receives the case there?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who receives the case there"},
        ),
        who_sees=BOTH,
    )  # fmt: skip
    why = Prose(
        label="Why does it move?", who_sees=BOTH, rows=4,
        error_messages={"required": "Enter why it moves"},
    )  # fmt: skip
    length = Choice(
        label="How long is the move likely to last?",
        choices=[("lasting", "It is to last"), ("until", "Until a day: then it comes back")],
        reveals={"until": "until_date"},
        error_messages={"required": "Select how long the move is likely to last"},
    )
    until_date = DateField(
        label="Until which day?", called="The day it comes back", future=True,
        error_messages={"required": "Enter the day it comes back"},
    )  # fmt: skip
    about = Prose(
        label="What must the other chair know to decide?",
        help_text="They read this before they accept, and nothing else of the case."
        " Do not name the person.",
        who_sees=BOTH, rows=5,
        error_messages={"required": "Enter what the other chair must know to decide"},
    )  # fmt: skip
    goes_along = Prose(
        label="What goes along with the case?",
        help_text="Such as the plan, the people who give support, and what is promised.",
        who_sees=BOTH, rows=3,
        error_messages={"required": "Enter what goes along with the case"},
    )  # fmt: skip

    def __init__(self, data: Any, *, areas: list[Area], version: int):
        super().__init__(data, version=version)
        self.areas = {str(one.pk): one for one in areas}
        named = [(key, one.name) for key, one in self.areas.items()]
        to = self.fields["to"]
        assert isinstance(to, Choice)
        to.choices = [*named, (OUTSIDE, "A panel that does not work with this service")]

    def sections(self) -> list[Section]:
        return [
            Section("Where to, why and for how long", ["to", "why", "length"], clause="2.6.2"),
            Section("What the other panel is told", ["about", "goes_along"], clause="2.6.1"),
        ]

    def said(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            to=self.areas.get(given["to"]), outside=given["outside"], receiver=given["receiver"],
            why=given["why"], about=given["about"], goes_along=given["goes_along"],
            until_date=given["until_date"],
        )  # fmt: skip


class DecideForm(Sectioned):
    """Yes or no, and why: of the other chair, and of the police lead."""

    decision = Choice(
        label="What do you decide?", choices=[],
        error_messages={"required": "Select what you decide"},
    )  # fmt: skip
    why = Prose(label="Why?", who_sees=BOTH, error_messages={"required": "Enter why"})

    def __init__(self, data: Any, *, yes: str, no: str, version: int):
        super().__init__(data, version=version)
        decision = self.fields["decision"]
        assert isinstance(decision, Choice)
        decision.choices = [("yes", yes), ("no", no)]

    @property
    def agrees(self) -> bool:
        return bool(self.cleaned_data["decision"] == "yes")

    def sections(self) -> list[Section]:
        return [Section("Your decision", ["decision", "why"], clause="2.6.1")]


class StayForm(Sectioned):
    why = Prose(
        label="Why does the case stay here?", who_sees=BOTH,
        error_messages={"required": "Enter why the case stays here"},
    )  # fmt: skip

    def sections(self) -> list[Section]:
        return [Section("The case stays", ["why"], clause="2.6.1")]


class PackageForm(Sectioned):
    parts = Choices(
        label="What goes into it?",
        help_text="Only what the other panel needs.",
        choices=[(code, label) for code, label in PARTS.items()],
        who_sees=f"{OURS}, and whoever opens the package",
        error_messages={"required": "Select what goes into it"},
    )
    passphrase = forms.CharField(widget=forms.HiddenInput, max_length=40)
    noted = Choice(
        label="Have you written the passphrase down?",
        choices=[("yes", "Yes: I tell it by telephone, to the named receiver alone")],
        error_messages={"required": "Write the passphrase down, then select that you have"},
    )

    def clean_passphrase(self) -> str:
        said = str(self.cleaned_data["passphrase"])
        if not PASSPHRASE.fullmatch(said):
            raise forms.ValidationError("Open this page anew: its passphrase is not whole")
        return said

    def sections(self) -> list[Section]:
        return [
            Section("What goes into the package", ["parts"], clause="1.3.3"),
            Section("The passphrase", ["noted"]),
        ]


class ReceiptForm(Sectioned):
    name = asked(
        forms.CharField(
            label="Who accepted it there?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who accepted it"},
        ),
        who_sees=OURS,
    )  # fmt: skip
    accepted_date = DateField(
        label="On which day?", called="The day it was accepted", past=True,
        error_messages={"required": "Enter the day it was accepted"},
    )  # fmt: skip
    words = Prose(
        label="How did they say so, and what did they say?", who_sees=OURS, rows=4,
        error_messages={"required": "Enter how they said so"},
    )  # fmt: skip

    def sections(self) -> list[Section]:
        return [Section("Accepted", ["name", "accepted_date", "words"], clause="2.6.1")]
