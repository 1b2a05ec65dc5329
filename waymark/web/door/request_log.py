"""One line of the log for each request: who asked for which page, and how it went (S62)."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

LOG = logging.getLogger("waymark.request")


class RequestLog:
    """Gives each request an id and logs its end: a route's name, and nothing that was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        vars(request)["request_id"] = secrets.token_hex(8)
        response = self.get_response(request)
        LOG.info("answered", extra=_facts(request, response, began))
        return response


def _facts(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "request_id": vars(request)["request_id"],
        "user_id": vars(request).get("asked_by"),
        "route": match.view_name if match else None,  # of what has no page: its path is not said
        "method": request.method,
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000),
    }
