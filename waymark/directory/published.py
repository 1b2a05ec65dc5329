"""The contacts that anybody may read, without an account, and whom to ring (2.5.15, 2.5.16)."""

from dataclasses import replace

from django.db.models import F

from waymark.directory.models import Contact
from waymark.directory.offices import FORM_MAILBOX
from waymark.policy.pack import in_force
from waymark.policy.work import SecureAddress


def published_contacts() -> list[Contact]:
    """Those marked as published, by area: whom to ask for the form, or for advice."""
    found = Contact.objects.current().filter(published=True).select_related("organisation", "area")
    return list(found.order_by("area__name", "office", "pk"))


def secure_address() -> SecureAddress:
    """Where a completed form goes, whom to ring, and the mailbox that sends the form out.

    As the directory publishes them; where it publishes none, as the policy says.
    """
    given = in_force().secure_address
    team = _serving_all(given.name, telephone="", email="")
    if team is not None:
        given = replace(given, email=team.email, telephone=team.telephone)
    mailbox = _serving_all(FORM_MAILBOX, email="")
    return replace(given, form_email=mailbox.email) if mailbox else given


def _serving_all(office: str, **without: str) -> Contact | None:
    """The published contact of an office, of every area before that of one."""
    found = Contact.objects.current().filter(published=True, office=office)
    for name, nothing in without.items():
        found = found.exclude(**{name: nothing})
    ordered = found.order_by(F("area").asc(nulls_first=True), "pk")
    return ordered.first()
