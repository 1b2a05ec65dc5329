"""A form whose token is no longer good: one of our own pages, long open, or somebody else's."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from waymark.web.door.interrupted import fields_of
from waymark.web.page import show


def failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Our own page: the form again with a fresh token and all words. Foreign: nothing (S70)."""
    if not _is_ours(request):
        return HttpResponse(status=403)
    context = {"fields": fields_of(request), "path": request.get_full_path()}
    return show(request, "old_tab.html", context, status=403)


def _is_ours(request: HttpRequest) -> bool:
    """By the address that the browser itself names: Origin, or where that is missing, Referer."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        from_where = urlsplit(said)
    except ValueError:
        return False
    return (from_where.scheme, from_where.netloc) == (request.scheme, request.get_host())
