"""Where you are signed in; and staying signed in, by a press (S16, S19)."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waymark.accounts import sessions
from waymark.directory.permission import Refused
from waymark.ui.words import moment
from waymark.web.access import AskedBy, own_sign_in
from waymark.web.page import notice, show

ENDED = "That browser is signed out at its next page."
OTHERS_ENDED = "Everywhere else you are signed out."


@own_sign_in
@require_safe
def own_sessions(request: AskedBy) -> HttpResponse:
    """Each browser: since when, and when it was last used. No address, no kind of device."""
    places = sessions.places(request.user, request.session.told.key)
    rows = [
        {
            "key": one.key,
            "begun": moment(one.begun_at),
            "used": "Now, on this page" if one.is_here else moment(one.used_at),
            "is_here": one.is_here,
        }
        for one in places
    ]
    return show(request, "sign_in/own_sessions.html", {"rows": rows})


@own_sign_in
@require_POST
def end(request: AskedBy, key: int) -> HttpResponse:
    try:
        sessions.end(key, by=request.user)
        notice(request, ENDED)
    except Refused as refused:
        notice(request, str(refused))
    return redirect("own_sessions")


@own_sign_in
@require_POST
def end_others(request: AskedBy) -> HttpResponse:
    sessions.end_all(request.user, by=request.user, but=request.session.told.key)
    notice(request, OTHERS_ENDED)
    return redirect("own_sessions")


@own_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: AskedBy) -> HttpResponse:
    """How long this session goes on unused; a press lets the half hour begin again."""
    if request.method == "POST":
        request.session.touch()
    left = sessions.seconds_left(request.session)
    longer = sessions.can_be_prolonged(request.session)
    return JsonResponse({"left": left, "longer": longer})
