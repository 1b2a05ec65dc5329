"""The token of an invitation's link, as its browser keeps it for an hour."""

from django.http import HttpRequest, HttpResponse

COOKIE = "__Host-invitation"
HELD_FOR = 60 * 60  # seconds


def hold(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE, token[:60], max_age=HELD_FOR, secure=True, httponly=True, samesite="Lax"
    )
    return response


def token_of(request: HttpRequest) -> str:
    """What was held, or nothing."""
    return request.COOKIES.get(COOKIE, "")


def let_go(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    response.cookies[COOKIE]["secure"] = True
    return response
