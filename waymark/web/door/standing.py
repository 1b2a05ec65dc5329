"""Who has signed in with less than their account needs reaches only what sets that right (S13)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from waymark.accounts import factors, signing_in
from waymark.database.guard import become
from waymark.web.door import interrupted

OWN_SIGN_IN = "own sign-in"  # what access.own_sign_in says of its pages
VISITORS = "anyone"


class Standing:
    """Whatever gate a page has: here it is decided before any of them."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not factors.are_asked() or not getattr(request, "session", None):
            return None
        if not request.user.is_authenticated:
            return None
        lacks = factors.lacking(request.user, signing_in.how_of(request))
        if not lacks:
            return None
        vars(request)["lacks"] = lacks
        access = getattr(view, "access", "")
        if access == OWN_SIGN_IN:
            return None
        if access == VISITORS:  # as whoever has not signed in
            request.user = AnonymousUser()
            become(None)
            return None
        return interrupted.lead(request, "own_account")
