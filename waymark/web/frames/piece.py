"""Every page of a piece of support: for its lead and its provider, never the case (2.8.6)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.support.ended import told
from waymark.support.models import Piece
from waymark.support.reading import pieces as reading
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy, View, signed_in
from waymark.web.frames.acts import act_page


def piece_page(view: View) -> View:
    """A page of a piece that one leads or gives; the look is written down first (S33)."""

    @wraps(view)
    def page(request: Any, key: int, **given: Any) -> HttpResponse:
        piece = reading.found(key, by=request.user)
        if piece is None:
            return _elsewhere(request, key)
        look(
            by=request.user, at=now(), case_id=piece.case_id, part=Part.PLAN.value,
            purpose="own_task", object_kind="piece", object_id=piece.pk, had_task=True,
        )  # fmt: skip
        return view(request, piece, **given)

    gated = signed_in(page)
    vars(gated)["access"] = "piece: its lead and its provider"
    return gated


def _elsewhere(request: AskedBy, key: int) -> HttpResponse:
    """Whoever sees the case, such as a chair with a task, reads the piece in the case's plan."""
    case = reading.case_behind(key, by=request.user)
    if case is None and told(key, by=request.user):
        return redirect("piece_ended", key)
    if case is None:
        raise Http404
    return redirect("plan", case.reference)


def piece_act(
    request: AskedBy, piece: Piece, form: Questions, act: Callable[[Any], object], *,
    rule: Callable[..., None], said: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    here = reverse("piece", args=[piece.pk])
    refused = None if request.method == "POST" else refusal(rule, request.user, piece)
    context |= {"section": "support", "piece": piece, "back": here, "refusal": refused}
    return act_page(
        request, form, act, done=here, said=said, template="support/act.html", context=context
    )
