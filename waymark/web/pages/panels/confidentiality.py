"""What is heard at a panel stays there: agreed to by oneself, or written down for others."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import Area, User, areas_by_code
from waymark.directory.permission import permits
from waymark.panels.meeting import confidentiality, meetings
from waymark.panels.reading.panel import has_agreed
from waymark.panels.reading.people import people_of
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Questions, asked
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.panel import of_panel


class PlainForm(Questions):
    """Nothing to ask: the button is the answer."""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: AskedBy, area: str) -> HttpResponse:
    """Read what one agrees to, and agree: whoever has a part in the panel."""
    where = areas_by_code().get(area)
    if where is None or not permits(confidentiality.may_agree, request.user, where):
        raise Http404
    before = has_agreed(where, request.user)
    return act_page(
        request, PlainForm(_sent(request)),
        lambda _: confidentiality.agree(where, by=request.user),
        done=reverse("panel_confidentiality", args=[where.code]),
        said="You have agreed.",
        template="panels/confidentiality.html",
        context={
            "section": "panels",
            "area": where,
            "text": in_force().text(confidentiality.TEXT),
            "agreed": day_in_words(before) if before else "",
        },
    )  # fmt: skip


class OnPaperForm(Questions):
    who = asked(
        forms.ChoiceField(
            label="Who has signed it?", error_messages={"required": "Select who has signed it"}
        ),
        about_nobody=True,
    )
    agreed_date = DateField(
        label="When was it signed?",
        called="The day on which it was signed",
        error_messages={"required": "Enter the day on which it was signed"},
    )

    def __init__(self, data: Any, people: list[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = [(key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()]
        self.fields["who"].choices = [("", "Nobody chosen"), *named]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"user": self.people[given["who"]], "agreed_date": given["agreed_date"]}


@of_panel
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: AskedBy, area: Area) -> HttpResponse:
    """Write down that somebody signed it on paper."""
    if not permits(meetings.may_call, request.user, area):
        raise Http404
    return act_page(
        request, OnPaperForm(_sent(request), people_of(area)),
        lambda given: confidentiality.note_agreement(area, by=request.user, **given.said()),
        done=reverse("panel", args=[area.code]),
        said="It is written down.",
        context={
            "section": "panels",
            "title": "Write down a signed confidentiality agreement",
            "button": "Save the agreement",
            "back": reverse("panel", args=[area.code]),
        },
    )  # fmt: skip


def _sent(request: AskedBy) -> Any:
    return request.POST if request.method == "POST" else None
