"""Finding people by office, organisation and area, and whether their addresses are secure."""

from django.db import models
from django.db.models import F, Q

from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Contact, Organisation, Role

WITH = ("organisation", "area", "confirmed_by", "entered_by", "replaced_by")


def by_area() -> list[tuple[Area, list[Contact]]]:
    """Each area with its contacts; an office that serves all areas stands in each (B.2)."""
    every = list(_current())
    return [
        (area, [one for one in every if one.area_id in (None, area.pk)])
        for area in Area.objects.order_by("name")
    ]


def contact_of(line: int) -> Contact | None:
    """The contact of that line as it holds now, or as it was when it was taken out."""
    rows = Contact.objects.filter(line=line).select_related(*WITH)
    return rows.order_by(F("replaced_at").desc(nulls_first=True)).first()


def before(contact: Contact) -> list[Contact]:
    """What the contact was earlier, the latest first."""
    rows = Contact.objects.filter(line=contact.line).exclude(replaced_at=None)
    return list(rows.select_related(*WITH).order_by("-replaced_at"))


def _current() -> models.QuerySet[Contact]:
    return Contact.objects.current().select_related(*WITH)


def organisations(kinds: dict[str, str], area: str = "") -> list[tuple[str, list[Organisation]]]:
    """The organisations by kind, in the order of the policy's kinds (2.9.1), with their areas.

    `area`: the code of one in which they work; those that name none work in all.
    """
    found = Organisation.objects.order_by("name").prefetch_related("services__area")
    if area:
        found = found.filter(Q(services__area__code=area) | Q(services=None)).distinct()
    every = list(found)
    return [(name, [one for one in every if one.kind == code]) for code, name in kinds.items()]


def organisation_of(key: int) -> Organisation | None:
    return Organisation.objects.prefetch_related("services__area").filter(pk=key).first()


def all_organisations() -> list[Organisation]:
    return list(Organisation.objects.order_by("name"))


def areas_in_words(organisation: Organisation) -> str:
    """The areas that it works in; none entered: all."""
    named = sorted(service.area.name for service in organisation.services.all())
    return ", ".join(named) or "All areas"


def contacts_at(organisation: Organisation) -> list[Contact]:
    """How the offices of an organisation are reached."""
    return list(_current().filter(organisation=organisation))


def people_at(organisation: Organisation) -> list[Appointment]:
    """The posts that its people hold today, by name."""
    held = Appointment.objects.in_force(today()).filter(user__organisation=organisation)
    return list(held.select_related("user", "area").order_by("user__name", "role"))


def posts(*, role: str = "", area: str = "") -> list[dict[str, str]]:
    """Who holds which post today, of one role or area where it is said.

    Partners' own contacts are left out unless they are asked for: they hold none here.
    """
    held = Appointment.objects.in_force(today())
    outside = [Role.PARTNER, Role.REFERRER, Role.PROVIDER, Role.SUPPORT_LEAD]
    held = held.filter(role=role) if role else held.exclude(role__in=outside)
    if area:
        held = held.filter(Q(area__code=area) | Q(area=None))
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


def who_may_be_asked(area: Area) -> list[Organisation]:
    """The organisations that serve an area and can be asked for information, by name (2.7.8)."""
    serving = Organisation.objects.filter(Q(services__area=area) | Q(services=None))
    return list(serving.exclude(kind="police").order_by("name").distinct())
