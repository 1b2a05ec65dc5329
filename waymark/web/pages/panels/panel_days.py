"""A panel's year: days proposed by its rhythm and confirmed in one go; by need, the latest day."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import Area
from waymark.directory.permission import permits, refusal
from waymark.panels.meeting import dates, meetings
from waymark.panels.reading import panel as reading
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Choices, Questions
from waymark.ui.words import counted
from waymark.web.access import AskedBy
from waymark.web.frames.acts import act_page
from waymark.web.frames.panel import of_panel


class DaysForm(Questions):
    days = Choices(
        label="On which of these days does the panel meet?",
        help_text="Take out a day on which it does not. You can move or call off each one later.",
        choices=[],
        error_messages={"required": "Select at least one day"},
    )

    def __init__(self, data: Any, free: list[dates.Proposed]):
        super().__init__(data)
        field = self.fields["days"]
        field.choices = [(one.day.isoformat(), _in_words(one)) for one in free]  # type: ignore[attr-defined]
        field.initial = [one.day.isoformat() for one in free]

    def said(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.cleaned_data["days"]]


def _in_words(one: dates.Proposed) -> str:
    words = f"{one.day:%A} {day_in_words(one.day)}"
    if one.is_moved:
        words += f" (moved: {day_in_words(one.regular)} is no working day)"
    return words


@of_panel
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: AskedBy, area: Area) -> HttpResponse:
    """The days of the coming year, and the button that calls a meeting for each of them."""
    if not permits(meetings.may_call, request.user, area):
        raise Http404
    proposed = dates.proposed(area)
    free = [one for one in proposed if one.meeting is None]
    latest = reading.latest_day(area)
    form = DaysForm(request.POST if request.method == "POST" else None, free)
    return act_page(
        request, form,
        lambda given: dates.confirm(area, by=request.user, days=given.said()),
        done=reverse("panels"),
        said=lambda made: f"{counted(len(made), 'meeting')} called. Everybody invited is told by"
        " e-mail.",
        template="panels/days.html",
        context={
            "section": "panels",
            "area": area,
            "any_free": bool(free),
            "has_rhythm": bool(proposed),
            "called": [_called(one) for one in proposed if one.meeting],
            "latest": day_in_words(latest) if latest else "",
            "overdue": reading.is_overdue(area),
            "refusal": refusal(meetings.may_call, request.user, area),
        },
    )  # fmt: skip


def _called(one: dates.Proposed) -> dict[str, Any]:
    meeting = one.meeting
    assert meeting is not None
    day = {"text": day_in_words(meeting.on_date), "href": reverse("meeting", args=[meeting.pk])}
    return {"day": day, "reference": meeting.reference, "state": meeting.get_state_display()}
