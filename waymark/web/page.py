"""Rendering: what every page is given beside its own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from waymark.accounts import sessions
from waymark.database.clock import today
from waymark.database.limits import limits
from waymark.directory.models import Role, User
from waymark.policy.lateness import day_in_words

POLICE = {Role.POLICE_OFFICER, Role.POLICE_LEAD}
SEE_CASES = POLICE | {
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.COORDINATOR,
    Role.ADULT_LEAD,
    Role.FAMILIES_LEAD,
}
NAVIGATION = (
    ("Home", "home", set(Role)),
    ("Referrals", "referrals", POLICE),
    ("Cases", "cases", SEE_CASES),
    ("Panels", "panels", SEE_CASES | {Role.PANEL_MEMBER}),
    ("Support", "support", {Role.SUPPORT_LEAD, Role.PROVIDER}),
    ("Requests", "requests", {Role.PARTNER}),
    ("Contacts", "contacts", set(Role)),
    ("Accounts", "accounts", {Role.ADMINISTRATOR}),
    ("Policy", "policy", set(Role)),
)

HOME, VISITORS_HOME = "/", "/refer"
HOME_LINK = ("home", "Home")


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of `template`. `context` may name its `section` of the navigation."""
    user = getattr(request, "user", None)
    signed_in = user if user is not None and user.is_authenticated else None
    given = {
        "user": signed_in,
        "home_url": HOME if signed_in else VISITORS_HOME,
        "leave_url": "" if signed_in else "/leave",
        "partnership": settings.CONFIGURATION.partnership,
        "demonstration": settings.CONFIGURATION.demonstration,
        "today_words": day_in_words(today()),
        "simplified": not settings.WAYMARK_SECOND_FACTOR,
        "unlimited": limits().off,
        "notices": _notices(request),
        "stay": _stay(request) if signed_in else None,
        "navigation": []
        if vars(request).get("lacks")
        else _navigation(signed_in, (context or {}).get("section", "")),
    }
    return render(request, template, given | (context or {}), status=status)


def back_of_lists(user: User) -> dict[str, Any]:
    """Where the lists beside the referrals lead back to: to those, for whoever has them."""
    view, name = ("referrals", "Referrals to screen") if user.roles_in() & POLICE else HOME_LINK
    return {"back": reverse(view), "back_to": name}


def notice(request: HttpRequest, words: str) -> None:
    """A sentence to show on the next page: what was done. It names nobody."""
    request.session["notice"] = words


def tell(request: HttpRequest, words: str) -> None:
    """A sentence to show on the next page that is no news of an act: what to know. No names."""
    request.session["told"] = words


def _notices(request: HttpRequest) -> list[dict[str, str]]:
    session: Any = getattr(request, "session", None) or {}
    found = [
        {"message": session.pop(name), "level_tag": level}
        for name, level in (("told", ""), ("notice", "success"))
        if name in session
    ]
    again = vars(request).get("typed_again")
    if again and again.is_used:
        found.insert(0, {"message": again.says, "level_tag": ""})
    return found


def _stay(request: HttpRequest) -> dict[str, Any]:
    """When this session ends if nobody uses it: the page's script warns before (S16)."""
    store: Any = request.session
    return {
        "left": sessions.seconds_left(store),
        "warn": int(sessions.WARNED.total_seconds()),
        "longer": sessions.can_be_prolonged(store),
    }


def _navigation(user: User | None, section: str) -> list[dict[str, Any]]:
    if user is None:
        return []
    roles = user.roles_in()
    return [
        {"text": text, "href": reverse(name), "active": name == section}
        for text, name, who in NAVIGATION
        if (roles & who or name in ("home", "contacts", "policy")) and _there(name)
    ]


def _there(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
