"""What one's organisation is asked: its own page, which never joins the case (2.7.9, 2.9.3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Document
from waymark.cases.written import documents
from waymark.database.clock import day_of, today
from waymark.directory.models import Role
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.policy.pack import in_force
from waymark.sharing import changes, passing, reading, replies
from waymark.sharing.models import Request
from waymark.web.access import AskedBy, post_holders
from waymark.web.door.uploading import sent_files, takes_files
from waymark.web.forms.answer import AnswerForm, PassOnForm
from waymark.web.forms.change import DANGER, ChangeForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.frames.document import document_page, document_row, page_picture
from waymark.web.frames.request_gate import request_page
from waymark.web.keeping import Keeping
from waymark.web.page import show
from waymark.web.rows.asked import request_told
from waymark.web.rows.beside import beside_shelf

TEXTS = ("answer_in_time", "channel_plainly", "suspected_crime")


@post_holders(Role.PARTNER)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """What one's organisation is asked, with the date that both sides see."""
    asked = reading.asked_of(request.user)
    context = {
        "section": "requests",
        "waiting": [_row(one) for one in asked if one.answered_at is None],
        "answered": [_row(one) for one in asked if one.answered_at],
        "text": in_force().text("answer_in_time"),
    }
    return show(request, "requests/list.html", context)


def _row(one: Request) -> dict[str, Any]:
    state, kind = reading.state_of(one, today())
    return {
        "reference": {"text": one.reference, "href": reverse("request", args=[one.pk])},
        "asked": day_in_words(day_of(one.at)),
        "due": day_in_words(one.due_date)
        if one.answered_at
        else due_in_words(one.due_date, today()),
        "state": {"text": state, "tag": kind},
    }


@takes_files
@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, asked: Request) -> HttpResponse:
    """What is asked, and its answer: one page, without training."""
    keeping = Keeping(request, asked.case_id, f"answer-{asked.pk}")
    form = keeping.form(
        AnswerForm, request=asked, items=list(asked.items.all()), files=sent_files(request)
    )
    pack = in_force()
    context = request_told(asked) | {
        "section": "requests",
        "read_beside": beside_shelf("gathering"),
        "button": "Send this further answer" if asked.answered_at else "Send the answer",
        "back": reverse("requests"),
        "texts": [pack.text(code) for code in TEXTS],
        "documents": [
            document_row(one, reverse("request_document", args=[asked.pk, one.pk]))
            for one in documents.of_request(asked.pk)
        ],
        "may_pass": permits(passing.may_pass_on, request.user, asked),
    }
    return act_page(
        request, form,
        lambda given: replies.answer(
            asked, by=request.user, answering=given.answering(), version=given.seen_version
        ),
        done=reverse("request", args=[asked.pk]),
        said="Your answer is sent to the police. You can follow it with another.",
        template="requests/answer.html",
        context=context,
        keeping=keeping,
    )  # fmt: skip


@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: AskedBy, asked: Request) -> HttpResponse:
    """Somebody else at the organisation has it from now on, by the same date."""
    here = reverse("request", args=[asked.pk])
    context = {
        "section": "requests",
        "title": f"Pass on request {asked.reference}",
        "lead": "It is no answer: the request goes on waiting, by the same date. The police see"
        " who has it.",
        "lead_clause": "2.9.3",
        "button": "Pass the request on",
        "back": here,
        "refusal": None
        if request.method == "POST"
        else refusal(passing.may_pass_on, request.user, asked),
    }
    return act_page(
        request, PassOnForm(sent(request), request=asked),
        lambda given: passing.pass_on(
            asked, by=request.user, to=given.goes_to(), named=given.cleaned_data["named"],
            version=given.seen_version,
        ),
        done=here,
        said=lambda made: f"{made.to_whom} has the request now, by the same date.",
        context=context,
    )  # fmt: skip


@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedBy, asked: Request) -> HttpResponse:
    """A change, or a new concern, that nobody asked about."""
    here = reverse("request", args=[asked.pk])
    context = {
        "section": "requests",
        "title": "Tell of a change or a new concern",
        "lead": f"{DANGER} What you write here goes to the lead of this work. It is no answer to"
        f" request {asked.reference}.",
        "lead_clause": "2.9.4",
        "button": "Tell the lead",
        "back": here,
    }
    return act_page(
        request, ChangeForm(sent(request)),
        lambda given: changes.tell(asked, by=request.user, **given.given()),
        done=here,
        said="The lead is told.",
        context=context,
    )  # fmt: skip


def _document(asked: Request, document: int) -> Document:
    found = documents.found_of_request(document, request=asked.pk)
    if found is None:
        raise Http404
    return found


@request_page
@require_safe
def document(request: AskedBy, asked: Request, document: int) -> HttpResponse:
    """A document that one's organisation sent with an answer."""
    return document_page(
        request, _document(asked, document), template="documents/of_request.html",
        address=lambda number: reverse("request_picture", args=[asked.pk, document, number]),
        section="requests", asked=asked, back=reverse("request", args=[asked.pk]),
    )  # fmt: skip


@request_page
@require_safe
def picture(request: AskedBy, asked: Request, document: int, number: int) -> HttpResponse:
    return page_picture(request, _document(asked, document).file, number)
