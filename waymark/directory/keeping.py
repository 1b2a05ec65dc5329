"""Keeping the directory: areas, organisations and contacts, entered by an administrator (B.1)."""

from collections.abc import Sequence

from waymark.audit.events import record
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now, today
from waymark.directory.models import (
    Appointment,
    Area,
    Contact,
    Organisation,
    Role,
    Service,
    User,
)
from waymark.directory.permission import Refused, act

CLAUSE = "B.1"
INSTALLATION = Duty("installation")  # a new installation, until it has its first administrators


def may_keep(by: Actor) -> None:
    """An administrator; and the installation itself, until it has its first two."""
    if isinstance(by, User) and Role.ADMINISTRATOR in by.roles_in():
        return
    if by == INSTALLATION and is_new():
        return
    raise Refused(
        "Keeping the directory is not yours to do", clause=CLAUSE,
        until="Ask an administrator of accounts.",
    )  # fmt: skip


def is_new() -> bool:
    """Whether nobody has ever been made administrator here."""
    return not Appointment.objects.filter(role=Role.ADMINISTRATOR).exists()


@act
def enter_area(*, by: Actor, code: str, name: str) -> Area:
    """Enter an area that has a Channel panel of its own. `code`: the policy pack's."""
    may_keep(by)
    if Area.objects.filter(code=code).exists():
        raise Refused(f"There is an area “{code}” already", clause="2.10.1")
    area = Area.objects.create(code=code, name=name)
    record("area_entered", by=by, at=now(), row=area)
    return area


@act
def enter_organisation(
    *, by: Actor, name: str, kind: str, areas: Sequence[Area] = (), public_body: bool = True,
    recording_policy: str = "",
) -> Organisation:  # fmt: skip
    """Enter a body that takes part (2.9.1), with the areas that it works in; none: in all."""
    may_keep(by)
    if Organisation.objects.filter(name=name).exists():
        raise Refused(f"{name} has been entered already", clause="2.9.1")
    made = Organisation.objects.create(
        name=name, kind=kind, public_body=public_body, recording_policy=recording_policy
    )
    record("organisation_entered", by=by, at=now(), row=made)
    for area in areas:
        service = Service.objects.create(organisation=made, area=area)
        record("service_entered", by=by, at=now(), row=service)
    return made


@act
def enter_contact(
    *, by: Actor, office: str, organisation: Organisation, area: Area | None = None,
    held_by: str = "", email: str = "", telephone: str = "", shared: bool = True,
    secure: bool = False, published: bool = False,
) -> Contact:  # fmt: skip
    """Enter how an office is reached (Annex B). `published`: shown to everybody (2.5.15)."""
    may_keep(by)
    if not email and not telephone:
        raise Refused(f"Nothing says how to reach the office “{office}”", clause="B.1")
    made = Contact.objects.create(
        office=office, organisation=organisation, area=area, held_by=held_by, email=email,
        telephone=telephone, shared=shared, secure=secure, published=published,
    )  # fmt: skip
    record("contact_entered", by=by, at=now(), row=made)
    return made


@act
def confirm_contact(contact: Contact, *, by: User) -> Contact:
    """Say that a contact was asked today and is still right."""
    may_keep(by)
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    contact.confirmed_date, contact.confirmed_by = today(), by
    contact.save(update_fields=["confirmed_date", "confirmed_by"])
    record("contact_confirmed", by=by, at=now(), row=contact)
    return contact
