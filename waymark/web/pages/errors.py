"""What is said when something cannot be shown: plainly, without a trace, without the database."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from waymark.web.page import show


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what is not there and for what the reader may not know of (S23)."""
    return show(request, "errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("errors/500.html", {}), status=500)
