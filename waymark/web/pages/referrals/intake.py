"""What came by paper, telephone or e-mail: the police enter it on the same form (2.5.4, 2.5.5)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.database.clock import now
from waymark.directory.models import Role
from waymark.policy.pack import in_force
from waymark.referrals.models import Referral
from waymark.referrals.writing.drafts import Written
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.door import visiting
from waymark.web.page import show

CameBy = Referral.CameBy
WAYS = [(way.value, way.label) for way in CameBy if way != CameBy.ONLINE]
WHO_SEES = "the police Prevent team"


class IntakeForm(Questions):
    came_by = Choice(label="How did it come in?", choices=WAYS)
    came_on = DateField(
        label="When did it come in?",
        help_text="The day on which the paper, call or e-mail reached you. The time for screening"
        " counts from it.",
        called="The day it came in",
        past=True,
        error_messages={"required": "Enter the day on which it came in"},
    )
    original_kept = asked(
        forms.CharField(
            label="Where is the original kept?",
            help_text="For a telephone call, where your own notes are.",
            max_length=500,
        ),
        who_sees=WHO_SEES,
    )
    password_travelled = Prose(
        label="If it was a protected file: how did its password travel?",
        help_text="For example by telephone to the Prevent team, and when. Do not write it here.",
        required=False,
        rows=2,
        limit=1_000,
        who_sees=WHO_SEES,
    )
    road = Choice(label="How does the referrer come to us?")

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        choices = [(road.code, road.name) for road in in_force().form.roads]
        road = self.fields["road"]
        assert isinstance(road, forms.ChoiceField)  # declared above
        road.choices = choices


@post_holders(Role.POLICE_OFFICER, Role.POLICE_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: AskedBy) -> HttpResponse:
    """Say how it came in; then the form is filled in for the referrer, and sent."""
    form = IntakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        started = Written(
            road=said["road"],
            started_at=now().isoformat(),
            edition=in_force().code,
            came_by=said["came_by"],
            came_on=said["came_on"].isoformat(),
            original_kept=said["original_kept"],
            password_travelled=said["password_travelled"],
        )
        return visiting.hold(redirect("refer_list"), visiting.begin(request, started))
    context = {
        "form": form,
        "title": "Enter a referral that came by another way",
        "button": "Go on to the form",
        "section": "referrals",
        "lead": "Enter it word for word. What is sent cannot be changed, only added to.",
        "lead_clause": "2.5.4",
        "unfinished": visiting.visit(request),
        "back": reverse("referrals"),
    }
    return show(request, "intake/begin.html", context)
