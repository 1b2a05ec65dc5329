"""One request, one transaction, one person asking."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import StreamingHttpResponse
from structlog.contextvars import bind_contextvars

from waymark.database.actor import Actor
from waymark.database.guard import become, begin

Answer = Callable[[HttpRequest], HttpResponse]
WITHOUT_DATABASE = ("/health", "/static/")


class RequestTransaction:
    """Outermost: session, sign-in and page stand or fall together. Until signed in, a visitor."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        with transaction.atomic():
            begin()
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            who = getattr(request, "user", None)
            chunks: Iterable[bytes] = response.streaming_content
            response.streaming_content = _as(who if who and who.pk else None, chunks)
        return response


def _as(actor: Actor | None, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a long answer, made after the request's transaction is over."""
    with transaction.atomic():
        become(actor)
        yield from chunks


def is_background(request: HttpRequest) -> bool:
    """Whether a page asks by itself: that nobody is there does not count as being there (S16)."""
    return request.headers.get("Sec-Fetch-Dest") == "empty" or "keep" in request.GET


class SayWhoAsks:
    """After the session: look the person up, which tells the database whose request it is."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        session: Any = getattr(request, "session", {})
        if SESSION_KEY in session:
            if not request.user.is_authenticated:  # the account is gone or closed
                become(None)
            else:
                bind_contextvars(user_id=request.user.pk)  # for the log
                if session.told.is_untouched and not is_background(request):
                    session.touch()
        return self.get_response(request)
