"""The questions of who sees a case: given by hand, named, kept out, and in an emergency."""

from typing import Any

from django import forms

from waymark.cases.access.emergencies import SHORTEST
from waymark.cases.models import EmergencyOpening, Exclusion, Restriction
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked

SEE_SIGHT = "police and chair of this case"
NAMED = "those who are named on this case"


def who(label: str) -> forms.ChoiceField:
    return asked(forms.ChoiceField(label=label, error_messages={"required": "Select a person"}))


class OfAPerson(Questions):
    """A form that asks for somebody with an account, as `who`."""

    def __init__(self, data: Any, *, people: list[User], **options: Any):
        super().__init__(data, **options)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()]
        self.fields["who"].choices = [("", "Select a person"), *named]  # type: ignore[attr-defined]

    def person(self) -> User:
        return self.people[self.cleaned_data["who"]]


class GiveForm(OfAPerson):
    who = who("Who needs to see this case?")
    parts = Choices(
        label="What do they need to see?",
        choices=[],
        help_text="Only what they need. That there is a case, and where it stands, comes with it.",
        error_messages={"required": "Select what they need to see"},
    )
    why = Prose(
        label="Why do they need it?",
        help_text="In your own words.",
        who_sees=SEE_SIGHT,
        limit=200,
        rows=3,
        error_messages={"required": "Enter why they need it"},
    )
    until = DateField(
        label="Until when?",
        called="The last day",
        future=True,
        help_text="The last day, 12 months from now at most.",
        error_messages={"required": "Enter the last day"},
    )

    def __init__(self, data: Any, *, people: list[User], parts: list[tuple[Part, str]]):
        super().__init__(data, people=people)
        field = self.fields["parts"]
        assert isinstance(field, Choices)
        field.choices = [(part.value, words[0].upper() + words[1:]) for part, words in parts]

    def chosen(self) -> list[Part]:
        return [Part(one) for one in self.cleaned_data["parts"]]


class RestrictForm(Questions):
    kind = Choice(
        label="Why is this case for named people only?",
        choices=[one for one in Restriction.Kind.choices if one[0] != "said_when_referred"],
        error_messages={"required": "Select why this case is for named people only"},
    )
    why = Prose(
        label="Say it in your own words",
        who_sees=NAMED,
        rows=4,
        error_messages={"required": "Enter why"},
    )
    chair = Choice(
        label="Is the chair the reason, or related to it?",
        choices=[("no", "No"), ("yes", "Yes: put it to the vice-chair")],
        error_messages={"required": "Select whether the chair is the reason"},
    )
    others = Choices(
        label="Who else is named?",
        choices=[],
        required=False,
        help_text="You, whoever holds the case and the chair (or the vice-chair) are named.",
    )

    def __init__(self, data: Any, *, people: list[User], version: int):
        super().__init__(data, version=version)
        self.people = {str(one.pk): one for one in people}
        field = self.fields["others"]
        assert isinstance(field, Choices)
        field.choices = [
            (key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()
        ]

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "why": given["why"],
            "chair_is_the_reason": given["chair"] == "yes",
            "others": [self.people[key] for key in given["others"]],
        }


class AnswerForm(Questions):
    """Yes or no, with words where they are needed."""

    agrees = Choice(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No")],
        error_messages={"required": "Select whether you agree"},
    )
    words = Prose(
        label="Why?", who_sees=SEE_SIGHT, rows=4, error_messages={"required": "Enter why"}
    )

    def said(self) -> dict[str, Any]:
        return {"agrees": self.cleaned_data["agrees"] == "yes", "words": self.cleaned_data["words"]}


class WhyForm(Questions):
    why = Prose(label="Why?", who_sees=SEE_SIGHT, rows=4, error_messages={"required": "Enter why"})


class NameForm(OfAPerson):
    who = who("Who is named on this case?")
    why = Prose(
        label="Why do they need to work on it?",
        who_sees=NAMED,
        rows=4,
        error_messages={"required": "Enter why they need to work on it"},
    )


class KeepOutForm(OfAPerson):
    who = who("Who must not see this case?")
    kind = Choice(
        label="How do they know the person?",
        choices=[one for one in Exclusion.Kind.choices if one[0] != "declared"],
        error_messages={"required": "Select how they know the person"},
    )
    why = Prose(
        label="Say it in your own words",
        who_sees=SEE_SIGHT,
        rows=4,
        error_messages={"required": "Enter why they must not see it"},
    )


class KnowsForm(Questions):
    words = Prose(
        label="How do you know the person?",
        help_text="A few words are enough: a relative, a neighbour, somebody you taught.",
        who_sees="the chair, the vice-chair and the police of this case",
        rows=4,
        error_messages={"required": "Enter how you know the person"},
    )


class ReadKnowsForm(Questions):
    sees_it = Choice(
        label="Do they see this case again?",
        choices=[
            ("no", "No: they go on not seeing it"),
            ("yes", "Yes: it is no conflict of interest"),
        ],
        error_messages={"required": "Select whether they see this case again"},
    )
    words = Prose(
        label="Why?", who_sees=SEE_SIGHT, rows=4, error_messages={"required": "Enter why"}
    )


class EmergencyForm(Questions):
    reference = forms.CharField(
        label="The reference of the case",
        help_text="All of it, exactly as you were given it.",
        max_length=40,
        error_messages={"required": "Enter the reference of the case"},
    )
    why = Prose(
        label="What has happened, and why can it not wait?",
        help_text=f"In your own words, {SHORTEST} characters or more.",
        who_sees="the police lead and the chair, who are told now and review it",
        rows=5,
        error_messages={"required": "Enter what has happened, and why it cannot wait"},
    )


class SecondForm(Questions):
    words = Prose(
        label="Why is it right to open this case?",
        who_sees=SEE_SIGHT,
        rows=4,
        error_messages={"required": "Enter why it is right to open this case"},
    )


class ReviewForm(Questions):
    outcome = Choice(
        label="What did you find?",
        choices=EmergencyOpening.Outcome.choices,
        error_messages={"required": "Select what you found"},
    )
    words = Prose(
        label="Say it in your own words",
        who_sees=SEE_SIGHT,
        rows=4,
        error_messages={"required": "Enter what you found"},
    )
