"""What an error page is made with: nothing that asks the database, since that may be at fault."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from waymark.web.page import HOME, VISITORS_HOME


def said(request: HttpRequest) -> dict[str, Any]:
    """The context of errors/error.html. Who has no session is a visitor, who may leave quickly."""
    visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return {
        "incident": getattr(request, "request_id", ""),
        "partnership": settings.CONFIGURATION.partnership,
        "demonstration": settings.CONFIGURATION.demonstration,
        "home_url": VISITORS_HOME if visitor else HOME,
        "leave_url": "/leave" if visitor else "",
    }


def with_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer to a method that an address does not take, where it says nothing by itself."""
    if response.status_code == 405 and not response.content:
        response.content = render_to_string("errors/405.html", said(request)).encode()
        response["Content-Length"] = str(len(response.content))
    return response
