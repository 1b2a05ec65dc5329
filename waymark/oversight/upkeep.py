"""The directory is kept up: whoever keeps a contact is asked in time if it is right (B.1)."""

from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Actor, Duty
from waymark.database.clock import today
from waymark.directory import offices
from waymark.directory.models import Contact, Role, User, people_in
from waymark.directory.offices import CLAUSE, Reached
from waymark.directory.permission import act

KEEP_DIRECTORY = Duty("keep_directory")
ASKED = "confirm_contact"


@act
def ask_to_confirm(*, by: Actor) -> int:
    """Give a task for each contact that nobody has confirmed in time; of how many. Run twice, it
    comes to the same."""
    asked = set(Task.objects.waiting().filter(kind=ASKED).values_list("object_id", flat=True))
    due = [
        one
        for one in Contact.objects.current().select_related("area").order_by("pk")
        if one.line not in asked and offices.needs_confirming(one, today())
    ]
    for one in due:
        give(
            ASKED, by=by, role=keeper_of(one), area=one.area, object_id=one.line, clause=CLAUSE,
            limit=ASKED, why="Ask whoever holds the office whether all of it is still right.",
        )  # fmt: skip
    return len(due)


def keeper_of(contact: Contact) -> Role:
    """The post whose holders keep a contact up."""
    if contact.area and people_in(Role.COORDINATOR, contact.area):
        return Role.COORDINATOR
    return Role.ADMINISTRATOR


def keepers_of(contact: Contact) -> list[User]:
    return people_in(keeper_of(contact), contact.area)


@act
def confirm(contact: Contact, *, by: User) -> Contact:
    """Say that a contact was asked today and is still right."""
    made = offices.confirm(contact, by=by)
    _done(contact, by=by, outcome="confirmed")
    return made


@act
def change(contact: Contact, *, by: User, reached: Reached, version: int | None = None) -> Contact:
    """Change a contact, which confirms it."""
    made = offices.change(contact, by=by, reached=reached, version=version)
    _done(contact, by=by, outcome="changed")
    return made


@act
def take_out(contact: Contact, *, by: User) -> None:
    """Take a contact out of the directory: nobody needs to confirm it any more."""
    offices.take_out(contact, by=by)
    _done(contact, by=by, outcome="taken_out")


def _done(contact: Contact, *, by: User, outcome: str) -> None:
    waiting = Task.objects.waiting().filter(kind=ASKED, object_id=contact.line)
    finish_those(list(waiting), by=by, outcome=outcome)
