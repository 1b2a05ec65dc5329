"""A meeting that is still to come: moved to another day, or called off (2.8.18)."""

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.panels.meeting import days
from waymark.panels.models import Meeting
from waymark.ui.dates import DateField
from waymark.ui.forms import Prose, Questions, asked
from waymark.web.access import AskedBy
from waymark.web.forms.meeting import hour_field
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import meeting_act, meeting_page


class MoveForm(Questions):
    to_date = DateField(
        label="To which day?",
        called="The date of the meeting",
        future=True,
        error_messages={"required": "Enter the day on which the panel meets"},
    )
    at_time = hour_field()
    why = asked(
        forms.CharField(label="Why is it moved? (optional)", max_length=300, required=False),
        who_sees="the panel of this area, and whoever is invited",
    )


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """Another day: the agenda and who is invited stay."""
    return meeting_act(
        request, meeting, MoveForm(sent(request)),
        lambda given: days.move(
            meeting, by=request.user, to_date=given.cleaned_data["to_date"],
            at_time=given.cleaned_data["at_time"], why=given.cleaned_data["why"],
        ),
        rule=lambda: days.may_move(request.user, meeting),
        title="Move the meeting to another day",
        button="Move the meeting",
        lead="Its agenda and who is invited stay. Everybody invited gets the new day by e-mail, and"
        " what was to be done by the meeting is to be done by its new day.",
        lead_clause="2.8.18",
        said="The meeting is moved.",
    )  # fmt: skip


class CallOffForm(Questions):
    why = Prose(
        label="Why is the meeting called off?",
        who_sees="the panel of this area, and whoever is invited",
        rows=3,
        error_messages={"required": "Enter why the meeting is called off"},
    )


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """It stays in the list with its reason; every open case is on the next that is called."""
    return meeting_act(
        request, meeting, CallOffForm(sent(request)),
        lambda given: days.call_off(meeting, by=request.user, why=given.cleaned_data["why"]),
        rule=lambda: days.may_call_off(request.user, meeting),
        title="Call the meeting off",
        button="Call the meeting off",
        danger=True,
        lead="Whoever is invited sees that it is called off, and sees its papers no longer. Every"
        " open case is on the agenda of the next meeting.",
        lead_clause="2.8.18",
        said="The meeting is called off.",
    )  # fmt: skip
