"""One request on its case: what was asked and answered, its date and who has it (2.7.9, 2.9.3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.cases.written import documents
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.sharing import checks, dates, passing, reading, replies
from waymark.sharing.models import Request
from waymark.web.access import AskedBy, case_page
from waymark.web.door.uploading import sent_files, takes_files
from waymark.web.forms.answer import EnterForm, MoveDateForm, PassOnForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import PlainForm, case_act, sent
from waymark.web.frames.document import document_row
from waymark.web.page import show
from waymark.web.rows.asked import request_told


def _asked(request: AskedBy, case: Case, key: int) -> Request:
    """A request of this case."""
    asked = reading.found(key, by=request.user)
    if asked is None or asked.case_id != case.pk:
        raise Http404
    asked.case = case
    return asked


@case_page(Part.REQUEST)
@require_safe
def read(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """What was asked, and what was answered; to a co-ordinator, only that it was."""
    asked, user = _asked(request, case, key), request.user
    whole = sees_part(user, case, Part.WORK)
    context = case_frame(case, user) | request_told(asked, whole=whole)
    to_read = reading.waits_to_be_read(asked)
    context |= {
        "documents": [
            document_row(one, reverse("document", args=[case.reference, one.pk]))
            for one in (documents.of_request(asked.pk) if whole else [])
        ],
        "title": f"Request to {asked.organisation.name}",
        "may_enter": permits(replies.may_enter, user, asked),
        "may_read": to_read and permits(checks.may_read, user, asked),
        "may_move": permits(dates.may_move_date, user, asked),
        "may_pass": permits(passing.may_pass_on, user, asked),
        "back": reverse("partner_checks", args=[case.reference]),
    }
    return show(request, "requests/request.html", context)


@takes_files
@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The police or the co-ordinator write down what came by secure e-mail or telephone."""
    asked = _asked(request, case, key)
    form = EnterForm(
        sent(request), request=asked, items=list(asked.items.all()), files=sent_files(request)
    )
    reads = sees_part(request.user, case, Part.WORK)
    return _act(
        request, case, asked, form,
        lambda given: replies.enter_reply(
            asked, by=request.user, answering=given.answering(), route=given.route(),
            version=given.seen_version,
        ),
        rule=lambda: replies.may_enter(request.user, asked),
        title=f"Write down an answer of {asked.organisation.name}",
        button="Write down this answer",
        lead="" if reads else "Once it is written down, the police, the chair and the Prevent lead"
        " read it. You see that it came, and not what it says.",
        lead_clause="" if reads else "1.3.3",
        said="The answer is written down.",
    )  # fmt: skip


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def read_answer(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """An answer that came late, or was asked for after the checks, has been read."""
    asked = _asked(request, case, key)
    whole = sees_part(request.user, case, Part.WORK)
    return _act(
        request, case, asked, PlainForm(sent(request)),
        lambda _: checks.read_answer(asked, by=request.user),
        rule=lambda: checks.may_read(request.user, asked),
        title=f"Answer of {asked.organisation.name}",
        button="I have read this answer",
        said="The request is closed. Who answered sees it no more.",
        lead="It came after the checks were finished. Consider whether it changes what was"
        " decided since.",
        lead_clause="2.9.3",
        template="requests/late.html",
        replies=request_told(asked, whole=whole)["replies"],
    )  # fmt: skip


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def move_date(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The chair or the co-ordinator sets another date to answer by."""
    asked = _asked(request, case, key)
    return _act(
        request, case, asked, MoveDateForm(sent(request), request=asked),
        lambda given: dates.move_date(
            asked, by=request.user, due_date=given.cleaned_data["due_date"],
            why=given.cleaned_data["why"], version=given.seen_version,
        ),
        rule=lambda: dates.may_move_date(request.user, asked),
        title=f"Move the date of the request to {asked.organisation.name}",
        button="Move the date",
        lead_clause="2.9.3",
        said=lambda made: f"The answer is due by {day_in_words(made.due_date)}. Both sides see it.",
    )  # fmt: skip


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The police were told that somebody else has it at the organisation."""
    asked = _asked(request, case, key)
    return _act(
        request, case, asked, PassOnForm(sent(request), request=asked),
        lambda given: passing.pass_on(
            asked, by=request.user, to=given.goes_to(), named=given.cleaned_data["named"],
            version=given.seen_version,
        ),
        rule=lambda: passing.may_pass_on(request.user, asked),
        title=f"Write down who has the request at {asked.organisation.name}",
        button="Write down who has it",
        lead="It is no answer: the request goes on waiting, by the same date.",
        lead_clause="2.9.3",
        said=lambda made: f"{made.to_whom} has the request now, by the same date.",
    )  # fmt: skip


def _act(
    request: AskedBy, case: Case, asked: Request, form: Any, act: Any, **context: Any
) -> HttpResponse:
    here = reverse("asked_request", args=[case.reference, asked.pk])
    return case_act(request, case, form, act, **{"done": here, "back": here} | context)
