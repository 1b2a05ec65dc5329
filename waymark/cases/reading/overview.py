"""What the first page of a case tells: the person, what waits, who may see it."""

from dataclasses import dataclass

from waymark.cases.models import Case, Entry, Grant, Task
from waymark.cases.sight import STANDING, Since
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.people.facts import known_of

FIRST_FACTS = {
    "name": "Name",
    "birth-date": "Born",
    "address": "Address",
    "place": "School or work",
}


@dataclass(frozen=True)
class Fact:
    """One fact of the person, with where it comes from."""

    question: str
    answer: str


def waiting(case: Case) -> list[Task]:
    """What waits on the case, the earliest due first."""
    return list(case.tasks.waiting().select_related("user", "case").order_by("due_date", "pk"))


def waiting_for(case: Case, user: User) -> set[int]:
    """The keys of those that wait for `user`, by name or by post."""
    return set(case.tasks.waiting().of(user).values_list("pk", flat=True))


def person_facts(case: Case) -> list[Fact]:
    """Each name, date and place with its source; rows that the reader may not see are not there."""
    return [
        Fact(called, f"{one.words} ({one.source})")
        for kind, called in FIRST_FACTS.items()
        for one in reversed(known_of(case.person_id, kind))
        if not one.corrected
    ]


def notes(case: Case) -> list[Entry]:
    """The latest entries."""
    return list(case.entries.select_related("by").order_by("-at")[:3])


SINCE = {
    Since.OPEN: "from receipt; for a time after it ends",
    Since.OPENED: "since it was opened to the area, until its last review",
    Since.LED_BY_ADULT: "where the adult lead leads it, since it was opened to the area",
    Since.LED_BY_FAMILIES: "where the families lead leads it, since it was opened to the area",
}


def standing(case: Case) -> list[dict[str, str]]:
    """The posts that show this case to their holders, and since when."""
    rows = []
    for sight in STANDING:
        opened = sight.since == Since.OPEN or case.opened_to_area_at is not None
        led = sight.since not in (Since.LED_BY_ADULT, Since.LED_BY_FAMILIES)
        if opened and (led or case.led_by == sight.role) and not case.restricted:
            rows.append({"who": Role(sight.role).label, "since": SINCE[sight.since]})
    return rows


def grants(case: Case) -> list[Grant]:
    """The grants in force, for the readers who may see them."""
    found = Grant.objects.in_force(now()).filter(case=case)
    return list(found.select_related("user", "organisation").order_by("from_at"))
