"""The providers of an area: which may be used, which are suspended, and what they give (2.8.13)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from waymark.directory.models import Area, Organisation
from waymark.directory.permission import permits
from waymark.support.providers import may_check
from waymark.support.reading import providers as reading
from waymark.support.reading.plans import checks_of, providers_in
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.provider import LOOKS, SEES, address_of, area_of, areas_where
from waymark.web.page import show


@post_holders(*SEES)
@require_safe
def listed(request: AskedBy, area: str) -> HttpResponse:
    where = area_of(request, area)
    may = permits(may_check, request.user, where)
    rows = [_row(reading.standing(one, where), where, may) for one in providers_in(where)]
    context = {"section": "panels", "area": where, "rows": rows}
    return show(request, "panels/providers.html", context)


def _row(one: reading.Standing, where: Area, may: bool) -> dict[str, Any]:
    held = [piece.reference for piece in one.pieces if piece.state == "held"]
    gives = [piece.reference for piece in one.pieces if piece.state in ("offered", "running")]
    return {
        "provider": {"text": one.provider.name, "href": address_of(where, one.provider)}
        if may else one.provider.name,
        "checks": f"{one.words[:1].upper()}{one.words[1:]}",
        "gives": ", ".join(gives),
        "held": ", ".join(held),
    }  # fmt: skip


@post_holders(*LOOKS)
@require_safe
def standing(request: AskedBy, key: int) -> HttpResponse:
    """Where a task about a provider leads: to its page in one's area, or what one may know."""
    found = [
        (where, one)
        for where in areas_where(request, LOOKS)
        for one in providers_in(where)
        if one.pk == key
    ]
    if not found:
        raise Http404
    kept = [where for where, _ in found if permits(may_check, request.user, where)]
    if len(kept) == 1:
        return redirect(address_of(kept[0], found[0][1]))
    rows = [_stands(where, one, where in kept) for where, one in found]
    context = {"section": "support", "provider": found[0][1], "rows": rows}
    return show(request, "panels/provider_standing.html", context)


def _stands(where: Area, one: Organisation, kept: bool) -> dict[str, Any]:
    words = checks_of(one, where)
    return {
        "area": {"text": where.name, "href": address_of(where, one)} if kept else where.name,
        "checks": f"{words[:1].upper()}{words[1:]}",
    }
