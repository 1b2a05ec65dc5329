"""Check your answers, send, and what was sent; the way back to a draft, and deleting it."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, refusal
from waymark.directory.published import secure_address
from waymark.files.kinds import MOST_WITH_A_REFERRAL
from waymark.policy.pack import in_force
from waymark.referrals import readers
from waymark.referrals.models import Receipt, Referral
from waymark.referrals.writing import drafts, receipts, sending
from waymark.referrals.writing.codes import in_fours
from waymark.referrals.writing.drafts import Written
from waymark.referrals.writing.ready import as_sending, may_send
from waymark.referrals.writing.sending import Came
from waymark.ui.forms import Choices, Questions, asked
from waymark.web.access import anyone
from waymark.web.door import visiting
from waymark.web.door.visiting import Visit, with_draft
from waymark.web.door.waiting import slow_down
from waymark.web.frames.checked_answers import (
    cure_of,
    missing_from,
    names_of_refused,
    refused_in,
    sections_of,
)
from waymark.web.page import POLICE, show
from waymark.web.referring import unsent

TRAP = "website"  # a box that people do not see
FAST = timedelta(seconds=5)
NOTHING_THERE = "There is nothing under that code: it was sent, deleted or is over 7 days old"


class SendForm(Questions):
    """Only the button, and a box that machines fill in; and where answers were not understood,
    whether to send them all the same."""

    as_typed = Choices(
        label="Send these answers as they were typed?",
        help_text="The officer who reads them may have to ask again.",
        choices=[("yes", "Yes, send them as they were typed")],
        error_messages={"required": "Change those answers, or tick that they are sent as typed"},
    )

    def __init__(self, data: Any, *, refused: list[Any]):
        super().__init__(data)
        if not refused:
            del self.fields["as_typed"]


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
    written = visit.written
    refused = refused_in(written)
    form = SendForm(request.POST if request.method == "POST" else None, refused=refused)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, visit)
        except Refused as why:
            form.add_error(None, " ".join(filter(None, (f"{why.why}.", why.until))))
        else:
            return redirect("refer_sent")
    held_back = refusal(may_send, written)
    context = unsent(
        written,
        form=form,
        sections=sections_of(written),
        missing=missing_from(written),
        refused=refused,
        held_back={"why": held_back.why + ".", "until": held_back.until} if held_back else None,
        cure=cure_of(written),
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
    if _is_officers(request, receipt):
        return show(request, "refer/entered.html", _entered(receipt, code))
    pack = in_force()
    context = {
        "receipt": receipt,
        "code": in_fours(code),
        "texts": [pack.text("what_happens_next"), pack.text("receipt_states")],
        "attachments": pack.form.attachments,
        "police": secure_address(),
        "files": MOST_WITH_A_REFERRAL if settings.WAYMARK_REFERRAL_FILES else 0,
        "leave_url": reverse("leave"),
    }
    return show(request, "refer/sent.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def another(request: HttpRequest) -> HttpResponse:
    """Begin again after sending: the code of what was sent is not lost by mistake."""
    found = visiting.sent_from(request)
    if found is None or request.method == "POST":
        mine = found is not None and _is_officers(request, found[0])
        response = redirect("intake" if mine else "refer")
        return visiting.let_go(response) if found else response
    context = {"code": in_fours(found[1]), "leave_url": reverse("leave")}
    return show(request, "refer/another.html", context)


@anyone
@require_safe
@with_draft
def come_back_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The browser's secret in a form that people can write down."""
    code = in_fours(drafts.come_back_code(visit.secret))
    context = unsent(visit.written, code=code, here="code", back=reverse("refer_list"))
    return show(request, "refer/code.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Open a draft with its code, on this or another machine."""
    form = ComeBackForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "back": reverse("refer")}
    if request.method == "POST" and form.is_valid():
        secret = drafts.secret_of(form.cleaned_data["code"])
        if receipts.looks_like_code(form.cleaned_data["code"]):
            form.add_error("code", "This looks like a receipt code, of a referral that was sent")
            context["receipt_code"] = True
        elif secret is None:
            form.add_error("code", "Look at the code again: a character is missing or mistyped")
        else:
            visiting.become_holder(request, secret)
            if drafts.opened(secret):
                return visiting.hold(redirect("refer_list"), secret)
            slow_down()
            form.add_error("code", NOTHING_THERE)
    context["unfinished"] = bool(visiting.visit(request))
    return show(request, "refer/come_back.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Delete this now: after asking once."""
    if request.method == "POST":
        drafts.forget(visit.secret)
        return visiting.let_go(redirect("refer_deleted"))
    context = unsent(visit.written, here="delete", back=reverse("refer_list"))
    return show(request, "refer/delete.html", context)


@anyone
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return show(request, "refer/deleted.html", {"leave_url": reverse("leave")})


def _send(request: HttpRequest, visit: Visit) -> None:
    written = visit.written
    may_send(written)
    written.marked = _mark(request, written)
    written.as_typed = names_of_refused(written)
    came = Came(
        by=written.came_by or Referral.CameBy.ONLINE,
        on=date.fromisoformat(written.came_on) if written.came_on else None,
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


def _is_officers(request: HttpRequest, receipt: Receipt) -> bool:
    """Whether one of the police entered it for somebody: it was sent by nobody themselves."""
    user = getattr(request, "user", None)
    return isinstance(user, User) and bool(user.roles_in() & POLICE) and receipt.sent_by_id is None


def _entered(receipt: Receipt, code: str) -> dict[str, Any]:
    """The receipt as whoever entered it sees it: what to pass on, and where to go on."""
    return {
        "section": "referrals",
        "officers": True,
        "leave_url": "",
        "receipt": receipt,
        "code": in_fours(code),
        "referral": readers.of_receipt(receipt),
    }
