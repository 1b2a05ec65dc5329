"""One line of the log for each request: who asked for which page, and how it went (S62)."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

LOG = logging.getLogger("waymark.request")


class RequestLog:
    """Gives each request an id, which every line said in it carries, and logs its end: a route's
    name, and nothing that was typed. Of what has no page, not even its path is said."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        vars(request)["request_id"] = made = secrets.token_hex(8)
        bind_contextvars(request_id=made, user_id=None, route=None)
        try:
            response = self.get_response(request)
            LOG.info("answered", extra=_facts(request, response, began))
        finally:
            clear_contextvars()  # the next request of this thread is somebody else's
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *given: object
    ) -> None:
        if match := request.resolver_match:
            bind_contextvars(route=match.view_name)


def _facts(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    return {
        "method": request.method,
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000),
    }
