"""What is asked of a meeting that is called or moved: its day, hour, how to join, why now."""

from datetime import date, time
from typing import Any

from django import forms

from waymark.database.clock import today
from waymark.panels.meeting.how import How
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked


class HourField(forms.TimeField):
    """An hour as people write it: 10:00, 10.00 or 1000."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip().replace(".", ":")
        if text.isdecimal() and len(text) == 4:
            text = f"{text[:2]}:{text[2:]}"
        return super().to_python(text)


def hour_field() -> HourField:
    return asked(
        HourField(
            label="At what time? (optional)", required=False,
            help_text="For example, 10:00. Leave it empty for the usual time.",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
            error_messages={"invalid": "Enter a time, such as 10:00"},
        ),
        about_nobody=True,
    )  # fmt: skip


class CallForm(Questions):
    when = Choice(
        label="When does the panel meet?",
        choices=[("today", "Today"), ("later", "On another day")],
        reveals={"later": "on_date"},
        initial="today",
        error_messages={"required": "Select when the panel meets"},
    )
    on_date = DateField(
        label="Date of the meeting",
        future=True,
        error_messages={"required": "Enter the date of the meeting"},
    )
    at_time = hour_field()
    remote = asked(
        forms.CharField(
            label="How do people join, if not in a room? (optional)", max_length=500,
            required=False,
            help_text="Whoever is invited reads it here after signing in. It is in no e-mail.",
        ),
        who_sees="whoever is invited",
    )  # fmt: skip
    extraordinary = Choice(
        label="Is this an extraordinary meeting, because something cannot wait?",
        choices=[("no", "No"), ("yes", "Yes")],
        reveals={"yes": "extraordinary_why"},
        initial="no",
        required=False,
    )
    extraordinary_why = Prose(
        label="Why can it not wait?",
        help_text="Name no person. Their case is on the agenda.",
        who_sees="the panel of this area, and whoever is invited",
        rows=3,
        error_messages={"required": "Enter why it cannot wait"},
    )

    def day(self) -> date:
        return today() if self.cleaned_data["when"] == "today" else self.cleaned_data["on_date"]

    def how(self) -> How:
        given = self.cleaned_data
        return How(given["at_time"], given["remote"], given["extraordinary_why"])
