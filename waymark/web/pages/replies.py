"""One request on its case: what was asked and answered, and writing an answer down (2.7.9)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.sharing import checks, reading, replies
from waymark.sharing.models import Request
from waymark.web.access import AskedBy, case_page
from waymark.web.asked import request_told
from waymark.web.case_act import PlainForm, case_act, sent
from waymark.web.case_frame import case_frame
from waymark.web.forms.answer import EnterForm
from waymark.web.page import show


def _asked(request: AskedBy, case: Case, key: int) -> Request:
    """A request of this case, for who sees its work: a co-ordinator sees where requests stand,
    not what was answered."""
    asked = reading.found(key, by=request.user)
    if asked is None or asked.case_id != case.pk or not sees_part(request.user, case, Part.WORK):
        raise Http404
    asked.case = case
    return asked


@case_page(Part.REQUEST)
@require_safe
def read(request: AskedBy, case: Case, key: int) -> HttpResponse:
    asked = _asked(request, case, key)
    entering = refusal(replies.may_enter, request.user, asked)
    context = case_frame(case, request.user) | request_told(asked)
    context |= {
        "title": f"Request to {asked.organisation.name}",
        "may_enter": entering is None,
        "may_read_late": entering is None and reading.is_late_answer(asked, case),
        "back": reverse("partner_checks", args=[case.reference]),
    }
    return show(request, "requests/request.html", context)


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The police write down an answer that came by secure e-mail or telephone."""
    asked = _asked(request, case, key)
    form = EnterForm(sent(request), request=asked, items=list(asked.items.all()))
    return _act(
        request, case, asked, form,
        lambda given: replies.enter_reply(
            asked, by=request.user, answering=given.answering(), route=given.route(),
            version=given.seen_version,
        ),
        title=f"Write down an answer of {asked.organisation.name}",
        button="Write down this answer",
        said="The answer is written down.",
    )  # fmt: skip


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def read_late(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """A late answer has been read: it is chased no more."""
    asked = _asked(request, case, key)
    return _act(
        request, case, asked, PlainForm(sent(request)),
        lambda _: checks.read_late_answer(asked, by=request.user),
        title=f"Late answer of {asked.organisation.name}",
        button="I have read this answer",
        said="It is chased no more.",
        lead="It came after the checks were finished. Consider whether it changes what was"
        " decided since.",
        lead_clause="2.9.3",
        template="requests/late.html",
        replies=request_told(asked)["replies"],
    )  # fmt: skip


def _act(
    request: AskedBy, case: Case, asked: Request, form: Any, act: Any, **context: Any
) -> HttpResponse:
    here = reverse("asked_request", args=[case.reference, asked.pk])
    return case_act(
        request, case, form, act, rule=lambda: replies.may_enter(request.user, asked),
        **{"done": here, "back": here} | context,
    )  # fmt: skip
