"""Move the clock on: so that a visitor can live through a case’s year in an hour."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.database.clock import move_on
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page


class MoveOnForm(Questions):
    days = forms.IntegerField(
        label="How many days?",
        help_text="The clock goes on by so many days for everybody in this demonstration",
        min_value=1,
        max_value=800,
        error_messages={"required": "Enter a number of days"},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: AskedBy) -> HttpResponse:
    """Only in a demonstration: elsewhere the page does not exist, and the database refuses."""
    if not settings.CONFIGURATION.demonstration:
        raise Http404
    form = MoveOnForm(request.POST if request.method == "POST" else None)
    return act_page(
        request,
        form,
        lambda asked: move_on(timedelta(days=asked.cleaned_data["days"])),
        done="/",
        said="The clock has moved on.",
        context={"title": "Move the clock on", "button": "Move the clock on", "back": "/"},
    )
