"""What the first page of a case tells: the person, what waits."""

from dataclasses import dataclass

from waymark.cases.models import Case, Entry, Task
from waymark.directory.models import User
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
