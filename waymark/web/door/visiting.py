"""The referrer's browser: which draft or receipt it holds the secret of, and who that makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from waymark.database.actor import Actor, Visitor
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.policy.pack import in_force
from waymark.referrals.models import Receipt
from waymark.referrals.writing import drafts, receipts
from waymark.referrals.writing.answers import PICKED
from waymark.referrals.writing.drafts import Written
from waymark.web.page import show

DRAFT, RECEIPT = "__Host-draft", "__Host-receipt"
RECEIPT_FOR = timedelta(minutes=30)
HARMLESS = "https://www.bbc.co.uk/weather"


@dataclass(frozen=True)
class Visit:
    """A browser that holds the secret of a draft: `by` is who acts, `written` what it holds."""

    secret: str
    by: Actor
    written: Written


def secret_in(request: HttpRequest) -> str:
    """The draft's secret that the browser holds; empty if none, or if it was tampered with."""
    secret = request.COOKIES.get(DRAFT, "")
    return secret if drafts.is_secret(secret) else ""


def become_holder(request: HttpRequest, secret: str) -> Actor:
    """Tell the database that this request holds the draft of `secret`."""
    digest = drafts.digest_of(secret)
    user = _signed_in(request)
    if user is None:
        visitor = Visitor(digest)
        become(visitor)
        return visitor
    become(user, showing=digest)
    return user


def visit(request: HttpRequest) -> Visit | None:
    """The draft that this browser holds, or None: it has none, it was sent, or it is gone."""
    if not (secret := secret_in(request)):
        return None
    by = become_holder(request, secret)
    written = drafts.opened(secret)
    return Visit(secret, by, written) if written else None


def entry_in(request: HttpRequest) -> bool:
    """Whether this browser holds what an officer began to enter for somebody, and has not sent."""
    found = visit(request)
    return found is not None and bool(found.written.came_by)


def begin(request: HttpRequest, written: Written) -> str:
    """A new draft for this browser; returns its secret, which the answer must carry."""
    secret = drafts.new_secret()
    become_holder(request, secret)
    drafts.save(secret, written)
    return secret


def sent_from(request: HttpRequest) -> tuple[Receipt, str] | None:
    """The receipt and code of what this browser sent within the hour."""
    if not (secret := secret_in(request)):
        return None
    become_holder(request, secret)
    return receipts.code_again(secret)


def with_draft(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the form: it is given the visit. Without a draft, it says what became of it."""

    @wraps(page)
    def gate(request: HttpRequest, **given: Any) -> HttpResponse:
        found = visit(request)
        if found is None:
            return no_draft(request)
        return page(request, found, **given)

    return gate


def no_draft(request: HttpRequest) -> HttpResponse:
    """Already sent, or gone: there is no form, but what was just typed is there to be copied."""
    secret = secret_in(request)
    texts = {each.code for each in in_force().form.questions if each.kind not in PICKED}
    typed = [text for code in texts for text in request.POST.getlist(code) if text.strip()]
    context = {"leave_url": "/leave", "typed": typed}
    if secret and receipts.already_sent(secret):
        return show(request, "refer/already_sent.html", context)
    return show(request, "refer/no_draft.html", context, status=410 if secret else 404)


def hold(response: HttpResponse, secret: str) -> HttpResponse:
    """Let the browser hold the draft's secret, for as long as the draft is kept."""
    _set(response, DRAFT, secret, drafts.KEPT_FOR)
    return response


def hold_receipt(response: HttpResponse, code: str) -> HttpResponse:
    """Let the browser hold a receipt code for half an hour, so that it stands in no address."""
    _set(response, RECEIPT, code, RECEIPT_FOR)
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """Take both secrets from the browser."""
    for name in (DRAFT, RECEIPT):
        response.delete_cookie(name, path="/", samesite="Lax")
        response.cookies[name]["secure"] = True
    return response


def receipt_of(request: HttpRequest, code: str) -> tuple[Receipt, Visitor] | None:
    """The receipt of that code, and the visitor who holds it; wrong and expired are alike."""
    tidied = receipts.tidied(code)
    for visitor in receipts.visitors_of(tidied) if tidied else []:
        become(visitor)
        if found := receipts.shown(visitor):
            return found, visitor
    become(_signed_in(request))
    return None


def _set(response: HttpResponse, name: str, value: str, kept_for: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(kept_for.total_seconds()),
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def _signed_in(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None
