"""The directory: offices, organisations and posts, by area, kind and post (2.9.1, B.1, B.2)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.directory import contacts
from waymark.directory.models import Organisation, Role
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, signed_in
from waymark.web.forms.contact import Narrow
from waymark.web.page import show
from waymark.web.rows.contact import row_of

KEEP = (Role.ADMINISTRATOR, Role.COORDINATOR)


@signed_in
@require_safe
def directory(request: AskedBy) -> HttpResponse:
    """Every office, organisation and post; who keeps them finds the acts here."""
    narrow = Narrow(request.GET)
    wanted = narrow.wanted()
    roles = request.user.roles_in()
    context = {
        "section": "contacts",
        "filters": narrow,
        "applied": _applied(narrow, wanted),
        "areas": _areas(wanted),
        "kinds": _kinds(wanted),
        "posts": contacts.posts(role=wanted.get("post", ""), area=wanted.get("area", "")),
        "may_add": bool(roles & set(KEEP)),
        "may_enter": Role.ADMINISTRATOR in roles,
    }
    return show(request, "directory.html", context)


def _applied(narrow: Narrow, wanted: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "question": str(narrow.fields[name].label),
            "answer": narrow.in_words(name),
            "href": "?" + urlencode({other: wanted[other] for other in wanted if other != name}),
        }
        for name in wanted
    ]


def _areas(wanted: dict[str, str]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The offices of each area that is asked for, of bodies of the kind that is."""
    area, kind = wanted.get("area"), wanted.get("kind")
    return [
        (one.name, [row_of(row) for row in rows if kind in (None, row.organisation.kind)])
        for one, rows in contacts.by_area()
        if area in (None, one.code)
    ]


def _kinds(wanted: dict[str, str]) -> list[tuple[str, list[dict[str, str]]]]:
    """The organisations by kind, of the area and the kind that are asked for."""
    named = {kind.code: kind.name for kind in in_force().organisation_kinds}
    if kind := wanted.get("kind"):
        named = {kind: named[kind]}
    found = contacts.organisations(named, area=wanted.get("area", ""))
    return [(kind, [_body(one) for one in bodies]) for kind, bodies in found]


def _body(one: Organisation) -> dict[str, str]:
    return {
        "name": one.name,
        "href": reverse("organisation", args=[one.pk]),
        "areas": contacts.areas_in_words(one),
    }
