"""The questions about what is not known yet, and about the needs of the person."""

from typing import Any

from django import forms

from waymark.cases.models import Case, Need, NeedChange, QuestionEnd
from waymark.directory.contacts import who_may_be_asked
from waymark.directory.models import Organisation
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.sections import Section, Sectioned

SEEN = "the police; the chair and the lead once the case is reviewed; the panel that hears it"
SOMEBODY_ELSE = "somebody_else"


class QuestionForm(Sectioned):
    words = Prose(
        label="What is not known?", who_sees=f"{SEEN}; and whoever is asked", rows=3,
        help_text="Write it as one question: an organisation that you ask is sent these words.",
        error_messages={"required": "Enter what is not known"},
    )  # fmt: skip
    who = asked(
        forms.ChoiceField(
            label="Who might know?", choices=[],
            error_messages={"required": "Select who might know"},
        ),
        about_nobody=True,
    )  # fmt: skip
    who_else = asked(
        forms.CharField(
            label="If somebody else: who?", help_text="Or that nobody is known who might.",
            max_length=200, required=False,
        ),
        who_sees=SEEN,
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        self.bodies = {str(one.pk): one for one in who_may_be_asked(case.area)}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        named = [(key, one.name) for key, one in self.bodies.items()]
        who.choices = [("", "Select one"), *named,
                       (SOMEBODY_ELSE, "Somebody else, or nobody that we know of")]  # fmt: skip

    def sections(self) -> list[Section]:
        return [Section("Write down what is not known", ["words", "who", "who_else"])]

    def clean(self) -> dict[str, Any] | None:
        """Somebody who is in no list is said in words."""
        said = super().clean() or self.cleaned_data
        if said.get("who") == SOMEBODY_ELSE and not said.get("who_else"):
            self.add_error("who_else", "Enter who might know, or that nobody is known who might")
        return said

    def body(self) -> Organisation | None:
        return self.bodies.get(self.cleaned_data["who"])


class EndForm(Questions):
    how = Choice(
        label="How did it end?", choices=QuestionEnd.How.choices,
        error_messages={"required": "Select how the question ended"},
    )  # fmt: skip
    words = Prose(
        label="What is known now, or why is it no longer needed?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what is known now, or why it is no longer needed"},
    )  # fmt: skip


class NeedForm(Sectioned):
    kind = asked(
        forms.ChoiceField(
            label="What is it about?", choices=[("", "Select one"), *Need.Kind.choices],
            error_messages={"required": "Select what the need is about"},
        ),
        about_nobody=True,
    )  # fmt: skip
    words = Prose(
        label="What is the need or vulnerability?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what the need or vulnerability is"},
    )  # fmt: skip
    source = asked(
        forms.CharField(
            label="Who told of it?", help_text="Name and post, or which record.", max_length=200,
            error_messages={"required": "Enter who told of it"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    told_date = DateField(
        label="On which day?", called="The day on which it was told", past=True,
        error_messages={"required": "Enter on which day it was told"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)

    def sections(self) -> list[Section]:
        names = ["kind", "words", "source", "told_date"]
        return [Section("Write down a need", names)]


class FollowForm(Questions):
    became = Choice(
        label="What became of it?", choices=NeedChange.Became.choices,
        error_messages={"required": "Select what became of the need"},
    )  # fmt: skip
    words = Prose(
        label="In words", who_sees=SEEN, rows=3,
        help_text="Where it has changed: what the need is now.",
        error_messages={"required": "Enter what became of the need, in words"},
    )  # fmt: skip
