"""Somebody was referred who may be the same person, and the screener does not see that (S30)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import Role
from waymark.oversight import matches
from waymark.ui.forms import Choice, Questions
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent


class ReadForm(Questions):
    outcome = Choice(
        label="Is it the same person?",
        choices=list(matches.OUTCOMES.items()),
        error_messages={"required": "Select whether it is the same person"},
    )


@post_holders(Role.POLICE_OFFICER, Role.POLICE_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AskedBy, key: int) -> HttpResponse:
    """The referral to read, and the case that it may belong to; then what came of it."""
    task = matches.task_of(key, by=request.user)
    if task is None or task.case is None or task.subject_id is None:
        raise Http404
    case = task.case.reference
    return act_page(
        request, ReadForm(sent(request)),
        lambda form: matches.read(task, by=request.user, outcome=form.cleaned_data["outcome"]),
        done=reverse("home"),
        said="It is recorded.",
        template="seen/match.html",
        context={
            "section": "home",
            "title": "Somebody was referred who may be the same person",
            "button": "Record this",
            "back": reverse("home"),
            "case": {"text": f"Case {case}", "href": reverse("case", args=[case])},
            "referral": reverse("screening", args=[task.subject_id]),
        },
    )  # fmt: skip
