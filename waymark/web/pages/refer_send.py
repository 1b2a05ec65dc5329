"""Check your answers, send, and what was sent; the way back to a draft, and deleting it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import now
from waymark.directory.permission import Refused, refusal
from waymark.directory.published import secure_address
from waymark.policy.pack import in_force
from waymark.referrals import drafts, sending
from waymark.referrals.answers import asked_at, missing, places, row_of
from waymark.referrals.codes import in_fours
from waymark.referrals.drafts import Written
from waymark.referrals.models import Referral
from waymark.referrals.ready import as_sending, may_send
from waymark.referrals.sending import Came
from waymark.ui.forms import Questions, asked
from waymark.web import visiting
from waymark.web.access import anyone
from waymark.web.page import show
from waymark.web.referring import address_of, name_of, unsent
from waymark.web.visiting import Visit, with_draft
from waymark.web.waiting import slow_down

TRAP = "website"  # a box that people do not see
FAST = timedelta(seconds=5)
NOTHING_THERE = "There is nothing under that code: it was sent, deleted or is over 7 days old"


class SendForm(Questions):
    """No question: only the button, and a box that machines fill in."""


class ComeBackForm(Questions):
    code = asked(
        forms.CharField(
            label="What is your code to come back?",
            help_text="14 groups of letters and numbers. Spaces make no difference.",
            max_length=200,
            error_messages={"required": "Enter your code"},
        ),
    )


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything that was asked, with its answer: not sent yet. The button sends it, once."""
    visit = visiting.visit(request)
    if visit is None:
        again = request.method == "POST" and visiting.sent_from(request)
        return redirect("refer_sent") if again else visiting.no_draft(request)
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, visit)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("refer_sent")
    written = visit.written
    context = unsent(
        written,
        form=form,
        sections=_sections(written),
        missing=[
            {"name": question.text_for(written.road), "href": address_of(place) + "?back=check"}
            for place, question in missing(written)
        ],
        refusal=refusal(may_send, written),
        trap=TRAP,
        back=reverse("refer_list"),
    )
    return visiting.hold(show(request, "refer/check.html", context), visit.secret)


@anyone
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: for an hour this page can be opened again by the browser that sent."""
    found = visiting.sent_from(request)
    if found is None:
        if visiting.visit(request):
            return redirect("refer_list")
        return visiting.no_draft(request)
    receipt, code = found
    pack = in_force()
    context = {
        "receipt": receipt,
        "code": in_fours(code),
        "texts": [pack.text("what_happens_next"), pack.text("receipt_states")],
        "attachments": pack.form.attachments,
        "police": secure_address(),
        "leave_url": reverse("leave"),
    }
    return show(request, "refer/sent.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def another(request: HttpRequest) -> HttpResponse:
    """Begin again after sending: the code of what was sent is not lost by mistake."""
    found = visiting.sent_from(request)
    if found is None or request.method == "POST":
        response = redirect("refer")
        return visiting.let_go(response) if found else response
    context = {"code": in_fours(found[1]), "leave_url": reverse("leave")}
    return show(request, "refer/another.html", context)


@anyone
@require_safe
@with_draft
def come_back_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The browser's secret in a form that people can write down."""
    code = in_fours(drafts.come_back_code(visit.secret))
    context = unsent(visit.written, code=code, back=reverse("refer_list"))
    return show(request, "refer/code.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open a draft with its code, on this or another machine."""
    form = ComeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        secret = drafts.secret_of(form.cleaned_data["code"])
        if secret is None:
            form.add_error("code", "Look at the code again: a character is missing or mistyped")
        else:
            visiting.become_holder(request, secret)
            if drafts.opened(secret):
                return visiting.hold(redirect("refer_list"), secret)
            slow_down()
            form.add_error("code", NOTHING_THERE)
    context = {
        "form": form,
        "leave_url": reverse("leave"),
        "unfinished": bool(visiting.visit(request)),
        "back": reverse("refer"),
    }
    return show(request, "refer/come_back.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Delete this now: after asking once."""
    if request.method == "POST":
        drafts.forget(visit.secret)
        return visiting.let_go(redirect("refer_deleted"))
    context = unsent(visit.written, back=reverse("refer_list"))
    return show(request, "refer/delete.html", context)


@anyone
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return show(request, "refer/deleted.html", {"leave_url": reverse("leave")})


def _send(request: HttpRequest, visit: Visit) -> None:
    written = visit.written
    may_send(written)
    written.marked = _mark(request, written)
    came = Came(
        by=written.came_by or Referral.CameBy.ONLINE,
        original_kept=written.original_kept,
        password_travelled=written.password_travelled,
    )
    sending.send(visit.secret, as_sending(written), by=visit.by, came=came)


def _mark(request: HttpRequest, written: Written) -> str:
    """What looks like a machine is marked for a person to see; nothing else follows (S41)."""
    if request.POST.get(TRAP):
        return "trap"
    started = datetime.fromisoformat(written.started_at) if written.started_at else None
    return "fast" if started and now() - started < FAST else ""


def _sections(written: Written) -> list[dict[str, Any]]:
    """The answers, page by page, each with the way to change it."""
    found: list[dict[str, Any]] = []
    for place in places(written):
        change = address_of(place) + "?back=check"
        rows = [
            {**row_of(place, question, written), "change": change}
            for question in asked_at(place, written)
        ]
        if place.more and found:
            found[-1]["rows"] += rows
        else:
            found.append({"title": name_of(place, written), "rows": rows})
    return found
