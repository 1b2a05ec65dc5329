"""Contacts kept up: entered, changed, confirmed, taken out; what was before stays (B.1, B.2)."""

from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.directory.keeping import may_keep
from waymark.directory.models import Area, Contact, Organisation, Role, User
from waymark.directory.permission import Changed, Refused, act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

CLAUSE = "B.1"
# offices that the policy names without listing them in Annex B (2.5.15, 2.5.16)
OVERTAKEN = "Somebody else has changed this contact while you had the page open."
FORM_MAILBOX = "Prevent mailbox: the referral form, and advice"


@dataclass(frozen=True)
class Reached:
    """How an office is reached. `area`: none where it serves every area; `shared`: an address
    that several people read; `published`: shown to everybody, without an account (2.5.15)."""

    office: str
    organisation: Organisation
    area: Area | None = None
    held_by: str = ""
    email: str = ""
    telephone: str = ""
    shared: bool = True
    secure: bool = False
    published: bool = False


def offices() -> list[str]:
    """The offices that a contact can be entered for: those of Annex B, and the public's two."""
    pack = in_force()
    named = [office.name for office in pack.offices]
    return [*dict.fromkeys(named), pack.secure_address.name, FORM_MAILBOX]


def may_keep_contact(by: Actor, area: Area | None) -> None:
    """An administrator; in their own area the co-ordinator."""
    if isinstance(by, User) and area is not None and Role.COORDINATOR in by.roles_in(area):
        return
    if isinstance(by, User) and Role.COORDINATOR in by.roles_in() and area is not None:
        raise Refused(
            f"The contacts of {area.name} are not yours to keep", clause=CLAUSE,
            until="Tell the co-ordinator of that area, or an administrator.",
        )  # fmt: skip
    may_keep(by)


def may_act_on(by: Actor, contact: Contact) -> None:
    """Whoever keeps the contacts of its area, while it stands in the directory."""
    may_keep_contact(by, contact.area)
    if contact.replaced_at is not None:
        raise Refused("This contact has been taken out of the directory", clause=CLAUSE)


def needs_confirming(contact: Contact, on: date) -> bool:
    """Whether nobody has confirmed it within the months that the policy pack allows."""
    if contact.confirmed_date is None:
        return True
    return due_date(contact.confirmed_date, in_force().limit("contact_confirmed")) < on


def version_of(contact: Contact) -> int:
    """How many rows its line has: a change adds one."""
    return Contact.objects.filter(line=contact.line).count()


@act
def enter(*, by: Actor, reached: Reached, confirmed: bool = False) -> Contact:
    """Enter a contact. `confirmed`: whoever holds the office has said today that it is right."""
    may_keep_contact(by, reached.area)
    return _write(Contact(), reached, by=by, confirmed=confirmed, kind="contact_entered")


@act
def change(contact: Contact, *, by: User, reached: Reached, version: int | None = None) -> Contact:
    """Follow a contact by a new row of its line, which counts as confirmed today.

    Raises Changed where somebody else has changed it since `contact`, or the row that was the
    `version`th of its line, was read.
    """
    may_keep_contact(by, contact.area)
    may_keep_contact(by, reached.area)
    if version is not None and version != version_of(contact):
        raise Changed(OVERTAKEN)
    before = _replaced(contact, by=by)
    return _write(Contact(line=before.line), reached, by=by, confirmed=True, kind="contact_changed")


@act
def take_out(contact: Contact, *, by: User) -> None:
    """Take a contact out: nobody is shown it any more, and its rows are kept."""
    may_keep_contact(by, contact.area)
    _replaced(contact, by=by)


@act
def confirm(contact: Contact, *, by: User) -> Contact:
    """Say that a contact was asked today and is still right."""
    may_keep_contact(by, contact.area)
    contact = _locked(contact)
    contact.confirmed_date, contact.confirmed_by = today(), by
    contact.save(update_fields=["confirmed_date", "confirmed_by"])
    record("contact_confirmed", by=by, at=now(), row=contact)
    return contact


def _write(made: Contact, reached: Reached, *, by: Actor, confirmed: bool, kind: str) -> Contact:
    if not reached.email and not reached.telephone:
        raise Refused(
            f"Nothing says how to reach the office “{reached.office}”", clause=CLAUSE,
            until="Enter an e-mail address or a telephone number.",
        )  # fmt: skip
    person = by if isinstance(by, User) else None
    for name, value in vars(reached).items():
        setattr(made, name, value)
    made.entered_at, made.entered_by = now(), person
    if confirmed:
        made.confirmed_date, made.confirmed_by = today(), person
    made.save(force_insert=True)
    record(kind, by=by, at=made.entered_at, row=made)
    return made


def _replaced(contact: Contact, *, by: User) -> Contact:
    before = _locked(contact)
    before.replaced_at, before.replaced_by = now(), by
    before.save(update_fields=["replaced_at", "replaced_by"])
    record("contact_replaced", by=by, at=before.replaced_at, row=before)
    return before


def _locked(contact: Contact) -> Contact:
    found = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if found.replaced_at is not None:
        raise Changed(OVERTAKEN)
    return found
