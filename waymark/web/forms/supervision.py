"""The questions of supervision: who supervises a case, and what was talked over."""

from datetime import date
from typing import Any

from django import forms

from waymark.directory.models import User
from waymark.oversight.supervision import Talk
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choices, Prose, Questions, asked

SEEN = "police, chair and the Prevent lead of this case, and its supervisor"


class NameForm(Questions):
    who = asked(
        forms.ChoiceField(
            label="Who supervises this case?",
            help_text="Anybody but whoever holds it. They read it from the beginning, and say when"
            " they next talk it over.",
            error_messages={"required": "Select who supervises this case"},
        )
    )

    def __init__(self, data: Any, *, people: list[User], version: int):
        super().__init__(data, version=version)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()]
        self.fields["who"].choices = [("", "Select a person"), *named]  # type: ignore[attr-defined]

    def who_is_named(self) -> User:
        return self.people[self.cleaned_data["who"]]


class TalkForm(Questions):
    held_date = DateField(
        label="On which day did you talk?",
        called="The day on which you talked",
        past=True,
        error_messages={"required": "Enter the day on which you talked"},
    )
    with_user = asked(
        forms.ChoiceField(
            label="With whom?", error_messages={"required": "Select whom you talked with"}
        )
    )
    issues = Choices(
        label="Which of these did you take up?",
        choices=[],
        required=False,
        help_text="The policy names them as what makes this work hard (2.11.3). None has to apply.",
    )
    words = Prose(
        label="What was said and agreed about this case?",
        help_text="What goes well, what is hard, what is done next and by whom.",
        who_sees=SEEN,
        error_messages={"required": "Enter what was said and agreed"},
    )
    next_date = DateField(
        label="When do you next talk this case over?",
        called="The day of the next talk",
        future=True,
        error_messages={"required": "Enter the day of the next talk"},
    )

    def __init__(self, data: Any, *, people: list[User], version: int, latest: date):
        initial = {"with_user": str(people[0].pk) if people else "", "next_date": latest}
        super().__init__(data, initial=initial, version=version)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()]
        self.fields["with_user"].choices = named  # type: ignore[attr-defined]
        issues = self.fields["issues"]
        assert isinstance(issues, Choices)
        issues.choices = [(one.code, one.name) for one in in_force().supervision_issues]

    def talk(self) -> Talk:
        said = self.cleaned_data
        return Talk(
            self.people[said["with_user"]], said["held_date"], said["words"], said["next_date"],
            said["issues"],
        )  # fmt: skip
