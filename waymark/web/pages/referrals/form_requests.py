"""Requests for the form, made to the local contacts: in view until answered (2.5.15)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory.models import Area, Role
from waymark.directory.permission import refusal
from waymark.directory.published import secure_address
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.policy.pack import in_force
from waymark.referrals import form_requests, papers
from waymark.referrals.models import FormRequest
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.page import back_of_lists, show

KEEP = (Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR)
WHO_SEES = "the police Prevent team and the co-ordinators of the area"


@post_holders(*KEEP)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    waiting = form_requests.waiting(request.user)
    due = form_requests.due_dates(waiting)
    context = {
        "section": "referrals",
        **back_of_lists(request.user),
        "rows": [_row(one, due.get(one.pk)) for one in waiting],
        "answered": [
            {
                "to": one.answer_to,
                "asked": day_in_words(one.asked_at.date()),
                "answered": day_in_words(one.answered_at.date()) if one.answered_at else "",
                "by": one.answered_by.name if one.answered_by else "",
                "how": dict(form_requests.SENT_HOW).get(one.answered_how, ""),
            }
            for one in form_requests.answered_lately(request.user)
        ],
        "contacts": form_requests.local_contacts(request.user),
        "mailbox": secure_address().form_email,
    }
    return show(request, "form_requests/list.html", context)


def _row(one: FormRequest, task: Any) -> dict[str, Any]:
    words = due_in_words(task.due_date, today()) if task else ""
    late = task is not None and task.is_overdue(today())
    return {
        "to": {"text": one.answer_to, "href": reverse("answer_form_request", args=[one.pk])},
        "how": dict(form_requests.HOW).get(one.asked_how, ""),
        "asked": day_in_words(one.asked_at.date()),
        "due": {"text": words, "tag": "danger"} if late else words,
        "area": one.area.name,
    }


class NoteForm(Questions):
    asked_how = Choice(
        label="How were you asked?",
        choices=form_requests.HOW,
        error_messages={"required": "Select how you were asked"},
    )
    answer_to = asked(
        forms.CharField(
            label="Where does the answer go?",
            help_text="An e-mail address, a telephone number or a postal address. Write nothing"
            " about the person they are worried about.",
            max_length=200,
            error_messages={"required": "Enter where the answer goes"},
        ),
        who_sees=WHO_SEES,
    )
    area = Choice(
        label="In which area?", choices=[], error_messages={"required": "Select the area"}
    )

    def __init__(self, data: Any, *, areas: list[Area]):
        super().__init__(data)
        self.areas = {str(one.pk): one for one in areas}
        choices = [(key, one.name) for key, one in self.areas.items()]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]
        self.fields["area"].initial = choices[0][0] if len(choices) == 1 else None


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedBy) -> HttpResponse:
    """Note that somebody asked for the form. They are told of the police first (2.4.9)."""
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, areas=papers.areas_of(request.user))
    return act_page(
        request,
        form,
        lambda said: form_requests.note(
            by=request.user,
            area=said.areas.get(said.cleaned_data["area"]),
            asked_how=said.cleaned_data["asked_how"],
            answer_to=said.cleaned_data["answer_to"],
            key=said.cleaned_data["form_key"],
        ),
        done=reverse("form_requests"),
        said="The request is on the list until it is answered.",
        context={
            "section": "referrals",
            "title": "Note a request for the form",
            "button": "Note the request",
            "above": "form_requests/first.html",
            "gates": in_force().form.gates,
            "back": reverse("form_requests"),
        },
    )


class AnswerForm(Questions):
    how = Choice(
        label="How did you send the form?",
        choices=form_requests.SENT_HOW,
        error_messages={"required": "Select how you sent the form"},
    )


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, key: int) -> HttpResponse:
    """One request: the form has been sent."""
    found = form_requests.found(key, request.user)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {
        "section": "referrals",
        "title": "A request for the form",
        "button": "Record that the form has been sent",
        "wanted": found,
        "how": dict(form_requests.HOW).get(found.asked_how, ""),
        "sent_how": dict(form_requests.SENT_HOW).get(found.answered_how, ""),
        "above": "form_requests/request.html",
        "back": reverse("form_requests"),
        "refusal": None
        if request.method == "POST"
        else refusal(form_requests.may_answer, request.user, found),
    }
    return act_page(
        request,
        form,
        lambda said: form_requests.answer(found, by=request.user, how=said.cleaned_data["how"]),
        done=reverse("form_requests"),
        said="The request is answered.",
        context=context,
    )
