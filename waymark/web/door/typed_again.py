"""What was posted too late is in its form again, once its person is back (S17)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict

from waymark.accounts import typed
from waymark.accounts.typed import Words
from waymark.ui import typed_before
from waymark.web.door.interrupted import COOKIE
from waymark.web.page import show

KEPT = "We kept what you typed. It has not been sent."
NO_FILES = " The files that you chose were not kept: choose them again."
SHOWN_ELSEWHERE = (200, 405)  # a page without a form of ours, or none to look at


class TypedAgain:
    """Only for whoever has words waiting: their browser has a secret that opens them."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        secret = request.COOKIES.get(COOKIE)
        if not secret or not request.user.is_authenticated:
            return self.get_response(request)
        address, user = request.get_full_path(), request.user
        if request.method == "POST":
            typed.forget(secret, address, by=user)
            return self.get_response(request)
        words = typed.found(secret, address, by=user)
        return self._with(request, words) if words else self.get_response(request)

    def _with(self, request: Any, words: Words) -> HttpResponse:
        kept = Waiting(words)
        vars(request)["typed_again"] = kept
        token = typed_before.waiting.set(kept)
        try:
            response = self.get_response(request)
        finally:
            typed_before.waiting.reset(token)
        if kept.is_used or response.status_code not in SHOWN_ELSEWHERE:
            return response
        fields = [(name, text) for name, texts in kept.typed.lists() for text in texts]
        context = {"fields": fields, "path": words.address, "kept": kept.says}
        return show(request, "typed_again.html", context)


class Waiting:
    """Words for the first form of a page that asks for one of them."""

    def __init__(self, words: Words):
        self.typed: QueryDict = QueryDict(words.typed)
        self.says = KEPT + (NO_FILES if words.had_files else "")
        self.is_used = False

    def take(self) -> QueryDict:
        self.is_used = True
        return self.typed
