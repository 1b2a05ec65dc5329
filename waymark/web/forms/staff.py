"""The questions of training and clearance."""

from typing import Any

from django import forms

from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions

SEEN = "the person, and the police lead, chair and vice-chair of their area"


class TrainingForm(Questions):
    course = Choice(
        label="Which course?",
        choices=[],
        who_sees=SEEN,
        error_messages={"required": "Select the course"},
    )
    done_date = DateField(
        label="On which day was it done?",
        called="The day on which it was done",
        past=True,
        error_messages={"required": "Enter the day on which it was done"},
    )

    def __init__(self, data: Any):
        super().__init__(data)
        courses = [(one.code, one.name) for one in in_force().courses]
        self.fields["course"].choices = courses  # type: ignore[attr-defined]


class ClearanceForm(Questions):
    level = Choice(
        label="Which clearance?",
        choices=[],
        who_sees=SEEN,
        error_messages={"required": "Select the clearance"},
    )
    expires_date = DateField(
        label="Until which day does it hold?",
        called="The last day",
        error_messages={"required": "Enter the day until which it holds"},
    )

    def __init__(self, data: Any):
        super().__init__(data)
        level = self.fields["level"]
        assert isinstance(level, Choice)
        levels = in_force().clearance_levels
        level.choices = [(one.code, one.name) for one in levels]
        level.hints = {one.code: one.meaning for one in levels}


class SearchForm(forms.Form):
    """Asked by GET: words of the policy, about nobody."""

    q = forms.CharField(
        label="Search the policy and its guidance",
        help_text="Words such as “consent” or “social care”. Do not enter anybody’s name.",
        required=False,
        max_length=80,
    )

    def __init__(self, data: Any):
        super().__init__(data, label_suffix="")
        vars(self.fields["q"]).update(about_nobody=True)
