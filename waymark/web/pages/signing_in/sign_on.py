"""Signing in by one's own organisation: to its provider and back (S15, F8)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from waymark.accounts import factors, invitations, signing_in
from waymark.accounts.factors import How
from waymark.accounts.sign_on import links
from waymark.accounts.sign_on.asking import Begun, Purpose
from waymark.accounts.sign_on.line import Down
from waymark.accounts.sign_on.tokens import LEEWAY, Shown
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.web.access import anyone
from waymark.web.door import invited, onward
from waymark.web.door.sign_on import begin, came_back, failed, not_answering, provider_of
from waymark.web.door.signed_in import go_on
from waymark.web.page import notice

LINKED = "You can now sign in by your organisation. Elsewhere you are signed out."


@anyone
@require_POST
def sign_on(request: HttpRequest, code: str) -> HttpResponse:
    """To the provider, for whoever signs in by it."""
    where = onward.asked_for(request)
    return begin(request, provider_of(code), Purpose.SIGN_IN, where=where)


@anyone
@require_POST
def by_invitation(request: HttpRequest, code: str) -> HttpResponse:
    """To the provider, for whoever was invited and chooses it in place of a password."""
    return begin(request, provider_of(code), Purpose.INVITATION)


@anyone
@require_GET
def back(request: Any, code: str) -> HttpResponse:
    """From the provider, once, in the browser that was sent there."""
    provider = provider_of(code)
    found = came_back(request, provider)
    if isinstance(found, HttpResponse):
        return found
    begun, shown = found
    return AFTER[begun.purpose](request, begun, shown)


def _signed_in(request: Any, begun: Begun, shown: Shown) -> HttpResponse:
    user = links.person_of(shown)
    if user is None:
        return failed(request, shown.provider, "unknown")
    return _on(request, user, begun.where, shown)


def _on(request: Any, user: User, where: str, shown: Shown) -> HttpResponse:
    """Unless their organisation proved two factors, whoever has one of ours shows it."""
    if shown.proves_two:
        return go_on(request, user, where, by=How.ORGANISATION)
    if factors.are_asked() and factors.has_any(user):
        signing_in.await_second(request, user, where)
        return redirect("sign_in_second")
    return go_on(request, user, where, by=How.SIGN_ON)


def _invited(request: Any, begun: Begun, shown: Shown) -> HttpResponse:
    try:
        user = invitations.accept_by(invited.token_of(request), shown, by=Visitor())
    except Refused as why:
        become(None)
        return failed(request, shown.provider, "refused", why)
    return invited.let_go(_on(request, user, reverse("own_account"), shown))


def _linked(request: Any, begun: Begun, shown: Shown) -> HttpResponse:
    user = _who_began(request, begun)
    if user is None or not signing_in.recent(request):
        return failed(request, shown.provider, "ended")
    try:
        links.link(request.session, shown, by=user, how=signing_in.how_of(request))
    except Refused as why:
        return failed(request, shown.provider, "refused", why)
    notice(request, LINKED)
    return redirect("own_account")


def _confirmed(request: Any, begun: Begun, shown: Shown) -> HttpResponse:
    """Somebody shows once more who they are: they must have signed in there since it was asked."""
    user = _who_began(request, begun)
    if user is None or shown.provider not in links.confirm_by(user, signing_in.how_of(request)):
        return failed(request, shown.provider, "ended")
    if shown.signed_in_at is None or shown.signed_in_at < begun.at - LEEWAY:
        return not_answering(request, shown.provider, Down("token-auth_time"))
    holder = links.holder(shown)
    if holder is None or holder.key != user.pk:
        return failed(request, shown.provider, "unknown")
    if signing_in.how_of(request) == How.ORGANISATION and not shown.proves_two:
        return not_answering(request, shown.provider, Down("one-factor"))
    signing_in.confirm(request, by=How.ORGANISATION if shown.proves_two else How.SIGN_ON)
    return redirect(begun.where)


def _who_began(request: Any, begun: Begun) -> User | None:
    """Who is signed in at this browser, also with less than their account needs; None where
    that is not who was sent to the provider."""
    key = request.session.get(SESSION_KEY)
    if key is None or int(key) != begun.user:
        return None
    user = signing_in.person(int(key))
    if user is not None:
        request.user = user
    return user


AFTER: dict[Purpose, Callable[[Any, Begun, Shown], HttpResponse]] = {
    Purpose.SIGN_IN: _signed_in,
    Purpose.INVITATION: _invited,
    Purpose.LINK: _linked,
    Purpose.CONFIRM: _confirmed,
}
