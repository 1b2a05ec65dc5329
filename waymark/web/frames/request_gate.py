"""How a page of one request is reached: by the organisation that is asked (2.7.9, S33)."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.sharing import reading, replies
from waymark.sharing.models import Request
from waymark.web.access import AskedBy, View, signed_in


def request_page(view: View) -> View:
    """A page of one request, for the organisation asked; the look is written down first (S33)."""

    @wraps(view)
    def page(request: Any, key: int, **given: Any) -> HttpResponse:
        asked = reading.found(key, by=request.user)
        if asked is None:
            raise Http404
        if not permits(replies.may_answer, request.user, asked):
            return _elsewhere(request, asked)
        look(
            by=request.user, at=now(), case_id=asked.case_id, part=Part.REQUEST.value,
            purpose="own_task", object_kind="request", object_id=asked.pk, had_task=True,
        )  # fmt: skip
        return view(request, asked, **given)

    gated = signed_in(page)
    vars(gated)["access"] = "request: the organisation asked"
    return gated


def _elsewhere(request: AskedBy, asked: Request) -> HttpResponse:
    """Whoever sees the case reads the request there."""
    case = reading.case_behind(asked, by=request.user)
    if case is None:
        raise Http404
    return redirect("asked_request", case.reference, asked.pk)
