"""What every answer says to the browser (S67, S68, S71): nothing inline, nothing kept."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HERE = "form-action 'self'"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        HERE,
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")  # a name that changes with what is in it


class Headers:
    """Outermost of all: an error page says the same as any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response[name] = value
        if vars(response).get("is_sandboxed"):
            response["Content-Security-Policy"] = f"sandbox; {POLICY}"
        if origins := vars(response).get("leads_to"):
            response["Content-Security-Policy"] = POLICY.replace(HERE, f"{HERE} {origins}")
        if not _may_be_kept(request, response):
            response["Cache-Control"] = "no-store"
        if settings.HTTPS or request.is_secure():
            response["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response


def sandboxed(response: HttpResponse) -> HttpResponse:
    """Say that a browser must not let this do anything, should it show it after all (S49)."""
    vars(response)["is_sandboxed"] = True
    return response


def leading_to(response: HttpResponse, origins: Iterable[str]) -> HttpResponse:
    """Say that a form of this page may end at one of these: a browser also asks it of wherever
    the answer to a form leads on to (S67)."""
    vars(response)["leads_to"] = " ".join(dict.fromkeys(origins))
    return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Files of ours whose name tells their content; nothing else (S71)."""
    is_file = request.path.startswith(settings.STATIC_URL) and HASHED.search(request.path)
    return bool(is_file) and response.status_code in (200, 304)
