"""Rendering: what every page is given beside its own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from waymark.database.clock import today
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
        "notices": _notices(request),
        "navigation": _navigation(signed_in, (context or {}).get("section", "")),
    }
    return render(request, template, given | (context or {}), status=status)


def back_of_lists(user: User) -> dict[str, Any]:
    """Where the lists beside the referrals lead back to: to those, for whoever has them."""
    view, name = ("referrals", "Referrals to screen") if user.roles_in() & POLICE else HOME_LINK
    return {"back": reverse(view), "back_to": name}


def notice(request: HttpRequest, words: str) -> None:
    """A sentence to show on the next page: what was done. It names nobody."""
    request.session["notice"] = words


def _notices(request: HttpRequest) -> list[dict[str, str]]:
    session = getattr(request, "session", None)
    words = session.pop("notice", None) if session is not None and "notice" in session else None
    return [{"message": words, "level_tag": "success"}] if words else []


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
