"""Who asked for the form, until it is answered (2.5.15, A.1)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.areas import areas_in
from waymark.directory.models import Area, Role
from waymark.referrals import requests_for_form
from waymark.referrals.models import FormRequest
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.acts import act_page
from waymark.web.page import show

KEEPERS = (Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR)
WAYS = {
    "mailbox": "By e-mail to the shared mailbox",
    "telephone": "By telephone",
    "letter": "By letter",
    "in_person": "In person",
}


class NoteForm(Questions):
    area = Choice(label="In which area?")
    asked_how = Choice(label="How did they ask?", choices=list(WAYS.items()))
    answer_to = asked(
        forms.CharField(
            label="Where does the form go?",
            help_text="An e-mail or postal address. Write nothing of why they ask.",
            max_length=200,
        ),
        who_sees="the police Prevent team and the co-ordinator",
    )

    def __init__(self, areas: list[Area], *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.areas = {str(area.pk): area for area in areas}
        choice = self.fields["area"]
        assert isinstance(choice, forms.ChoiceField)  # declared above
        choice.choices = [(key, area.name) for key, area in self.areas.items()]


class AnswerForm(Questions):
    """No question: only the button."""


@post_holders(*KEEPERS)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    requests = requests_for_form.in_view(request.user)
    rows = [_row(one) for one in requests]
    context = {"rows": rows, "section": "referrals"}
    return show(request, "intake/form_requests.html", context)


@post_holders(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedBy) -> HttpResponse:
    areas = areas_in(request.user.areas_of(requests_for_form.MAY))
    form = NoteForm(areas, request.POST if request.method == "POST" else None)

    def act(given: NoteForm) -> object:
        said = given.cleaned_data
        return requests_for_form.note(
            given.areas[said["area"]],
            by=request.user,
            asked_how=said["asked_how"],
            answer_to=said["answer_to"],
        )

    context = {
        "title": "Note a request for the form",
        "button": "Note the request",
        "back": reverse("form_requests"),
        "section": "referrals",
        "lead": "It stays in view until somebody has answered it.",
        "lead_clause": "2.5.15",
    }
    return act_page(
        request,
        form,
        act,
        done=reverse("form_requests"),
        said="The request is noted.",
        context=context,
    )


@post_holders(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, key: int) -> HttpResponse:
    wanted = requests_for_form.found(key, user=request.user)
    if wanted is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {
        "title": "Answer a request for the form",
        "button": "The form was sent",
        "back": reverse("form_requests"),
        "section": "referrals",
        "lead": f"Send the blank form to {wanted.answer_to}, then say so here.",
    }
    return act_page(
        request,
        form,
        lambda _: requests_for_form.answer(wanted, by=request.user),
        done=reverse("form_requests"),
        said="The request is answered.",
        context=context,
    )


def _row(wanted: FormRequest) -> dict[str, Any]:
    return {
        "to": wanted.answer_to,
        "how": WAYS.get(wanted.asked_how, wanted.asked_how),
        "area": wanted.area.name,
        "asked_at": wanted.asked_at,
        "href": reverse("answer_form_request", args=[wanted.pk]),
    }
