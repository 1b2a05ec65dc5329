"""The questions of a suspension, and of a case that a colleague left."""

from typing import Any

from django import forms

from waymark.directory.models import Suspension, User
from waymark.ui.forms import Choice, Prose, Questions

WHO_SEES = "the administrators of accounts"


class SuspendForm(Questions):
    kind = Choice(
        label="Why is it suspended?",
        choices=[one for one in Suspension.Kind.choices if one[0] != Suspension.Kind.UNUSED],
        error_messages={"required": "Select why"},
    )
    words = Prose(
        label="Say it in a sentence",
        help_text="Nothing of a case. Such as: moves to another council on 3 May.",
        who_sees=WHO_SEES,
        rows=3,
        error_messages={"required": "Enter why"},
    )
    to = forms.ChoiceField(
        label="Who takes over what is left?",
        help_text="Each case goes to them where their post shows it to them. Other cases go to a"
        " deputy, to the case’s supervisor or to the police lead.",
        required=False,
    )

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = [(key, one.name) for key, one in self.people.items()]
        self.fields["to"].choices = [("", "Nobody by name"), *named]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "kind": said["kind"],
            "words": said["words"],
            "to": self.people.get(said["to"]),
        }


class LeftForm(Questions):
    keeps = Choice(
        label="Do you keep what was left to you?",
        choices=[("yes", "Yes, I answer for it"), ("no", "No, I pass it on")],
        reveals={"no": "to"},
        error_messages={"required": "Select whether you keep it"},
    )
    to = forms.ChoiceField(
        label="To whom?", error_messages={"required": "Select to whom you pass it on"}
    )

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = [(key, one.name) for key, one in self.people.items()]
        self.fields["to"].choices = [("", "Select somebody"), *named]  # type: ignore[attr-defined]

    @property
    def receiver(self) -> User | None:
        """Whom it is passed on to; None: it is kept."""
        if self.cleaned_data["keeps"] == "yes":
            return None
        return self.people[self.cleaned_data["to"]]
