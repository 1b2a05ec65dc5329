"""The questions of an appointment: which post, where, from when, until when."""

from typing import Any

from django import forms

from waymark.database.clock import today
from waymark.directory.models import Role, User, areas_by_code
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions


class GiveForm(Questions):
    role = forms.ChoiceField(label="Which post?", error_messages={"required": "Select the post"})
    area = forms.ChoiceField(
        label="For which area?", error_messages={"required": "Select the area"}
    )
    from_date = DateField(
        label="From which day?",
        called="The first day",
        future=True,
        error_messages={"required": "Enter the first day"},
    )
    until_date = DateField(
        label="Until which day?",
        help_text="Leave it empty where no end is set.",
        called="The last day",
        future=True,
        required=False,
    )
    deputy_for = forms.ChoiceField(label="As deputy for somebody?", required=False)
    investigates = Choice(
        label="Do they hold a post in investigation or intelligence?",
        help_text="Nobody holds one and a Prevent post at the same time. Ask them.",
        choices=[("no", "No"), ("yes", "Yes")],
        error_messages={"required": "Select whether they hold such a post"},
    )

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data, initial={"from_date": today()})
        self.areas = areas_by_code()
        self.people = {str(one.pk): one for one in people}
        self._choices("role", [("", "Select a post"), *Role.choices])
        named = [(code, one.name) for code, one in self.areas.items()]
        self._choices("area", [("", "Select an area"), ("all", "All areas"), *named])
        others = [(key, one.name) for key, one in self.people.items()]
        self._choices("deputy_for", [("", "No"), *others])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "role": Role(said["role"]),
            "area": self.areas.get(said["area"]),
            "from_date": said["from_date"],
            "until_date": said["until_date"],
            "deputy_for": self.people.get(said["deputy_for"]),
            "investigates": said["investigates"] == "yes",
        }


class EndForm(Questions):
    when = Choice(
        label="When does it end?",
        choices=[
            ("today", "At the end of today"),
            ("at_once", "At once"),
            ("day", "On a later day"),
        ],
        reveals={"day": "last_date"},
        error_messages={"required": "Select when it ends"},
    )
    last_date = DateField(
        label="On which day is it held for the last time?",
        called="The last day",
        future=True,
        error_messages={"required": "Enter the last day"},
    )
