"""The questions of an organisation about its people: of each, whether they are still here."""

from typing import Any

from django import forms

from waymark.directory.models import User
from waymark.oversight.confirmations import Said, Says
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.rows.account import access_of

WHO_SEES = "you and the administrators of accounts"


class ConfirmForm(Questions):
    """One question of each person, by name."""

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = people
        for one in people:
            left, moved = f"left_{one.pk}", f"moved_{one.pk}"
            self.fields[f"of_{one.pk}"] = Choice(
                label=one.name,
                help_text=access_of(one),
                choices=Says.choices,
                reveals={Says.MOVED.value: moved, Says.LEFT.value: left},
                error_messages={"required": f"Select whether {one.name} is still here"},
            )
            self.fields[moved] = _words(f"What work does {one.name} do now?")
            self.fields[left] = _words(f"When did {one.name} leave?")

    def said(self) -> dict[int, Said]:
        given = self.cleaned_data
        return {
            one.pk: Said(says, given.get(f"{says}_{one.pk}", ""))
            for one in self.people
            for says in [given[f"of_{one.pk}"]]
        }


def _words(label: str) -> Prose:
    return Prose(
        label=label, who_sees=WHO_SEES, rows=2, help_text="Nothing of a case.",
        error_messages={"required": f"Answer: {label[0].lower()}{label[1:].rstrip('?')}"},
    )  # fmt: skip


class NameForm(Questions):
    who = forms.ChoiceField(
        label="Who confirms them?", error_messages={"required": "Select who confirms them"}
    )

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = [(key, one.name) for key, one in self.people.items()]
        self.fields["who"].choices = [("", "Select somebody"), *named]  # type: ignore[attr-defined]
