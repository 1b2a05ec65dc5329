"""What is said when something cannot be shown: plainly, without a trace, without the database."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

from waymark.web.door.failing import said
from waymark.web.page import show

WHOM = "The person who holds the case: the case’s first page names them."
NOT_AGAIN = ("csrfmiddlewaretoken", "password")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what is not there and for what the reader may not know of (S23)."""
    return show(request, "errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the reason, where whoever refused gave one."""
    context = {"why": str(exception), "whom": WHOM if str(exception) else ""}
    return render(request, "errors/403.html", said(request) | context, status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", said(request), status=413)
    return render(request, "errors/400.html", said(request), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault, or a database that does not answer: then all words stay on the page (F1)."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _not_saved(request)
    return HttpResponse(render_to_string("errors/500.html", said(request)), status=500)


def _not_saved(request: HttpRequest) -> HttpResponse:
    context = {"fields": _typed(request), "path": request.get_full_path()}
    response = render(request, "errors/503.html", said(request) | context, status=503)
    response["Retry-After"] = "60"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, field by field, to be sent again by hand; nothing is sent by itself."""
    try:
        lists = request.POST.lists()
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return []
    return [(name, text) for name, texts in lists for text in texts if name not in NOT_AGAIN]
