"""A request to an organisation: its own page, which never joins the case (2.7.9, 2.9.3)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.audit.looks import look
from waymark.database.clock import now, today
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.policy.pack import in_force
from waymark.sharing import checks, reading, replies
from waymark.sharing.models import Reply, Request
from waymark.web.access import AskedBy, View, post_holders, signed_in
from waymark.web.acts import act_page
from waymark.web.answer_form import AnswerForm, EnterForm
from waymark.web.case_act import PlainForm, sent
from waymark.web.page import show


def request_page(view: View) -> View:
    """A page of one request, for the organisation asked and for who sees it with its case."""

    @wraps(view)
    def page(request: Any, key: int, **given: Any) -> HttpResponse:
        asked = reading.found(key, by=request.user)
        if asked is None:
            raise Http404
        look(
            by=request.user, at=now(), case_id=asked.case_id, part=Part.REQUEST.value,
            purpose="own_task", object_kind="request", object_id=asked.pk,
        )  # fmt: skip
        return view(request, asked, **given)

    gated = signed_in(page)
    vars(gated)["access"] = "request: the organisation asked, and case: request"
    return gated


@post_holders(Role.PARTNER)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """What one's organisation is asked, with the date that both sides see."""
    rows = [_row(one) for one in reading.asked_of(request.user)]
    text = in_force().text("answer_in_time")
    return show(request, "requests/list.html", {"rows": rows, "text": text, "section": "requests"})


def _row(one: Request) -> dict[str, Any]:
    state, kind = reading.state_of(one, today())
    return {
        "reference": {"text": one.reference, "href": reverse("request", args=[one.pk])},
        "asked": day_in_words(one.at.date()),
        "due": due_in_words(one.due_date, today()) if not one.answered_at else "Answered",
        "state": {"text": state, "tag": kind},
    }


@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, asked: Request) -> HttpResponse:
    """What is asked, and its answer: one page, without training."""
    case = reading.case_behind(asked, by=request.user)
    ours = permits(replies.may_answer, request.user, asked)
    if case is not None and not ours:
        return show(request, "requests/request.html", _read(asked, case, request.user))
    form = AnswerForm(sent(request), request=asked, items=list(asked.items.all()))
    return act_page(
        request,
        form,
        lambda form: replies.answer(
            asked, by=request.user, answering=form.answering(), version=form.seen_version
        ),
        done=reverse("request", args=[asked.pk]),
        said="Your answer is sent to the police. You can follow it with another.",
        template="requests/answer.html",
        context=_told(asked)
        | {
            "button": "Send this follow-up" if asked.answered_at else "Send the answer",
            "refusal": None
            if request.method == "POST"
            else refusal(replies.may_answer, request.user, asked),
            "back": reverse("requests"),
            "text": in_force().text("answer_in_time"),
            "crime": in_force().text("suspected_crime"),
        },
    )


def _told(asked: Request) -> dict[str, Any]:
    """What both sides see: what is asked, by when, and what has been answered."""
    state, kind = reading.state_of(asked, today())
    late = asked.is_late(today())
    return {
        "section": "requests",
        "asked": asked,
        "state": {"text": state, "kind": kind},
        "late": late,
        "due": day_in_words(asked.due_date)
        if asked.answered_at
        else due_in_words(asked.due_date, today()),
        "items": [item.words for item in asked.items.all()],
        "replies": [_reply(one) for one in reading.replies_to(asked)],
    }


def _reply(one: Reply) -> dict[str, Any]:
    rows = [("Answer", one.get_state_display())]
    for item in one.items.all():
        of_day = f", of {day_in_words(item.happened_date)}" if item.happened_date else ""
        rows.append((item.item.words, f"{item.words}\n({item.source}{of_day})"))
    rows += [("Beyond the questions", one.words)]
    held = f"Yes. Decided by {one.held_back_decided_by}" if one.held_back else "No"
    rows += [("Anything held back", held)]
    rows += [("Came by", f"{one.get_came_by_display()}, from {one.given_by}")]
    rows += [("Original kept", one.original_kept)]
    return {
        "at": one.at,
        "rows": [{"question": asked, "answer": text} for asked, text in rows if text],
    }


def _read(asked: Request, case: Any, user: Any) -> dict[str, Any]:
    entering = refusal(replies.may_enter, user, asked)
    chased = asked.answered_at is not None and reading.is_chased(asked, case)
    return _told(asked) | {
        "section": "cases",
        "case": case,
        "entering": entering,
        "may_read_late": chased and entering is None,
        "back": reverse("partner_checks", args=[case.reference]),
    }


@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: AskedBy, asked: Request) -> HttpResponse:
    """The police write down an answer that came by secure e-mail or telephone."""
    form = EnterForm(sent(request), request=asked, items=list(asked.items.all()))
    return _of_the_police(
        request, asked, form,
        lambda form: replies.enter_reply(
            asked, by=request.user, answering=form.answering(), route=form.route(),
            version=form.seen_version,
        ),
        title="Write down an answer",
        button="Write down this answer",
        said="The answer is written down.",
        items=[item.words for item in asked.items.all()],
    )  # fmt: skip


@request_page
@require_http_methods(["GET", "HEAD", "POST"])
def read_late(request: AskedBy, asked: Request) -> HttpResponse:
    """A late answer has been read: it is chased no more."""
    return _of_the_police(
        request, asked, PlainForm(sent(request)),
        lambda form: checks.read_late_answer(asked, by=request.user),
        title="A late answer",
        button="I have read this answer",
        said="It is chased no more.",
        lead="It came after the checks were finished. Consider whether it changes what was"
        " decided since.",
        lead_clause="2.9.3",
        replies=[_reply(one) for one in reading.replies_to(asked)],
    )  # fmt: skip


def _of_the_police(
    request: AskedBy, asked: Request, form: Any, act: Callable[[Any], object], *, said: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """An act of the police on a request; whoever does not see its case finds no such page."""
    case = reading.case_behind(asked, by=request.user)
    if case is None:
        raise Http404
    asked.case = case
    here = reverse("request", args=[asked.pk])
    refused = None
    if request.method != "POST":
        refused = refusal(replies.may_enter, request.user, asked)
    given = {"section": "cases", "asked": asked, "back": here, "refusal": refused} | context
    return act_page(
        request, form, act, done=here, said=said, template="requests/act.html", context=given
    )
