"""Finding people by office, organisation and area, and whether their addresses are secure."""

from typing import Any

from django.db.models import Q

from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Contact, Organisation, Role


def by_area() -> list[dict[str, Any]]:
    """Each area with its contacts; an office that serves all areas stands in each (B.2)."""
    every = list(Contact.objects.select_related("organisation", "area", "confirmed_by"))
    return [
        {
            "name": area.name,
            "contacts": [_row(one) for one in every if one.area_id in (None, area.pk)],
        }
        for area in Area.objects.order_by("name")
    ]


def _row(one: Contact) -> dict[str, Any]:
    kind = "shared" if one.shared else "personal"
    secure = "secure" if one.secure else "not secure"
    confirmed = one.confirmed_date
    return {
        "office": one.office,
        "organisation": one.organisation.name,
        "held_by": one.held_by,
        "email": f"{one.email} ({kind}, {secure})" if one.email else "",
        "telephone": one.telephone,
        "confirmed": f"{confirmed.day} {confirmed:%B %Y}" if confirmed else "Never",
    }


def organisations(kinds: dict[str, str]) -> list[dict[str, Any]]:
    """The organisations by kind, in the order of the policy's kinds (2.9.1)."""
    every = list(Organisation.objects.order_by("name").prefetch_related("services__area"))
    return [
        {
            "kind": name,
            "organisations": [
                {
                    "name": one.name,
                    "areas": ", ".join(sorted(s.area.name for s in one.services.all()))
                    or "All areas",
                }
                for one in every
                if one.kind == code
            ],
        }
        for code, name in kinds.items()
    ]


def posts() -> list[dict[str, str]]:
    """Who holds which post today. Partners' own contacts are left out: they hold none here."""
    held = Appointment.objects.in_force(today()).exclude(
        role__in=[Role.PARTNER, Role.REFERRER, Role.PROVIDER, Role.SUPPORT_LEAD]
    )
    return [
        {
            "post": Role(one.role).label,
            "name": one.user.name,
            "organisation": one.user.organisation.name,
            "area": one.area.name if one.area else "All areas",
        }
        for one in held.select_related("user__organisation", "area").order_by(
            "role", "area__name", "user__name"
        )
    ]


def published(area: str = "") -> list[Contact]:
    """What a visitor may see: the published contacts, of one area (its code) or of all."""
    found = Contact.objects.filter(published=True).select_related("organisation", "area")
    return list(found.filter(Q(area__code=area) | Q(area=None)) if area else found)
