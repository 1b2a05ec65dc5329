"""Every page of a provider in an area: for those who plan and check support there (2.8.13)."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from waymark.directory.models import Area, Organisation, Role, areas_by_code
from waymark.support.reading.plans import providers_in
from waymark.web.access import AskedBy, View, post_holders

SEES = (
    Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.POLICE_OFFICER, Role.POLICE_LEAD,
)  # fmt: skip
LOOKS = (*SEES, Role.SUPPORT_LEAD)  # who leads support is told of checks that lapse


def area_of(request: AskedBy, code: str) -> Area:
    where = areas_by_code().get(code)
    if where is None or where.pk not in request.user.areas_of(frozenset(SEES)):
        raise Http404
    return where


def provider_page(view: View) -> View:
    """A page of one provider in one area of those where the reader has such a post."""

    @wraps(view)
    def page(request: Any, area: str, key: int, **given: Any) -> HttpResponse:
        where = area_of(request, area)
        one = next((each for each in providers_in(where) if each.pk == key), None)
        if one is None:
            raise Http404
        return view(request, where, one, **given)

    return post_holders(*SEES)(page)


def address_of(where: Area, one: Organisation) -> str:
    return reverse("provider", args=[where.code, one.pk])


def areas_where(request: AskedBy, roles: tuple[Role, ...]) -> list[Area]:
    """The areas in which the reader holds one of some posts."""
    held = request.user.areas_of(frozenset(roles))
    return [area for area in areas_by_code().values() if area.pk in held]
