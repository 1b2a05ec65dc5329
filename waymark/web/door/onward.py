"""Where to go on after signing in: an address of our own, never another's (S74)."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def safe(wanted: str) -> str:
    """The address, or home where it leads elsewhere."""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else "/"


def asked_for(request: HttpRequest) -> str:
    """Where a page's own address says to go on to."""
    return safe(request.GET.get("next", ""))


def by_way_of(page: str, onward: str) -> str:
    """The address of `page`, which leads on to `onward`."""
    return f"{reverse(page)}?{urlencode({'next': onward}, safe='/')}"
