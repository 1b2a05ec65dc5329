"""What is asked before a case is opened."""

from typing import Any

from django import forms

from waymark.cases.models import Case
from waymark.oversight.openings import LONGEST, OWN_WORDS, PURPOSES, Question
from waymark.ui.forms import Choice, Prose, Questions

WHO_SEES = "the auditor, information governance and, where your look is sampled, your supervisor"


class OpeningForm(Questions):
    """`purpose` comes with the button that was pressed."""

    knows = Choice(
        label="Do you know this person?",
        help_text="Outside your work: as family, a friend, a neighbour, or somebody you know of"
        " through them. You are asked once.",
        choices=[("no", "No"), ("yes", "Yes")],
        reveals={"yes": "how"},
        error_messages={"required": "Select whether you know this person"},
    )
    how = Prose(
        label="How do you know them?",
        help_text="In a few words. You do not see this case then. Your work on it goes on with"
        " others, and the chair is told. Knowing somebody is nobody’s fault.",
        who_sees="the chair, the vice-chair or the police lead",
        limit=LONGEST,
        rows=2,
        error_messages={"required": "Enter how you know them"},
    )
    words = Prose(
        label="Something else, in your own words",
        who_sees=WHO_SEES,
        limit=LONGEST,
        rows=2,
        required=False,
    )
    to = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, data: Any, *, case: Case, question: Question, onward: str = ""):
        super().__init__(data)
        self.question = question
        self.fields["to"].initial = onward
        if not question.knows:
            del self.fields["knows"], self.fields["how"]
        if not question.purpose:
            del self.fields["words"]

    @property
    def onward(self) -> str:
        return str(self["to"].value() or "")

    @property
    def purpose(self) -> str:
        return str(self.data.get("purpose", ""))

    @property
    def knows_them(self) -> bool:
        return self.cleaned_data.get("knows") == "yes"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.question.purpose or said.get("knows") == "yes":
            return said
        if self.purpose not in PURPOSES:
            self.add_error(None, "Press the button that says what you open this case for")
        elif self.purpose == OWN_WORDS and not said.get("words", "").strip():
            self.add_error("words", "Enter what you open this case for")
        return said
