"""A page that somebody cannot have yet: first they sign in, or show again who they are.

What they posted meanwhile is kept for them, and is there again when they come back (S17).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from waymark.accounts import typed
from waymark.web.door.onward import by_way_of
from waymark.web.door.transaction import is_background
from waymark.web.page import show

COOKIE = "__Host-typed"
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "new_password", "code", "said")
STAY = "sign_in_again.html"


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, field by field, without what is secret."""
    lists = request.POST.lists()
    return [(name, text) for name, texts in lists for text in texts if name not in NEVER_KEPT]


def sign_in_first(request: Any) -> HttpResponse:
    """Nobody is signed in here. Of whoever was until now, the words are kept; of whom nothing is
    known, or too much is kept already, they stay on the page, and go nowhere."""
    onward = by_way_of("sign_in", request.get_full_path())
    if not _has_words(request):
        return redirect(onward)
    if (was_of := request.session.was_of) is not None:
        return _kept(request, was_of, onward)
    return _stay(request, onward)


def lead(request: Any, page: str) -> HttpResponse:
    """Whoever is signed in has to go to another page before this one; their words are kept."""
    onward = by_way_of(page, request.get_full_path())
    return _kept(request, request.user.pk, onward) if _has_words(request) else redirect(onward)


def _has_words(request: HttpRequest) -> bool:
    if request.method != "POST" or is_background(request):
        return False
    return any(text for name, text in fields_of(request) if name != "form_key")


def _stay(request: HttpRequest, onward: str, *, too_much: bool = False) -> HttpResponse:
    """The words stay on the page, which says where to go first."""
    context = {
        "fields": fields_of(request), "path": request.get_full_path(), "onward": onward,
        "signed_in": request.user.is_authenticated, "too_much": too_much,
    }  # fmt: skip
    return show(request, STAY, context, status=403)


def _kept(request: HttpRequest, user_id: int, onward: str) -> HttpResponse:
    words = QueryDict(mutable=True)
    for name, text in fields_of(request):
        words.appendlist(name, text)
    secret = request.COOKIES.get(COOKIE) or typed.new_secret()
    if not typed.keep(
        secret, user_id, request.get_full_path(), words.urlencode(), had_files=bool(request.FILES)
    ):
        return _stay(request, onward, too_much=True)
    answer = redirect(onward)
    answer.set_cookie(
        COOKIE, secret, max_age=int(typed.KEPT_FOR.total_seconds()), secure=True, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return answer
