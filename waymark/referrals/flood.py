"""Many referrals at once: marked, and put together by likeness for a person (S41).

Nothing is refused, dropped or closed by a rule, and nothing follows from the mark.
"""

import re
from dataclasses import dataclass, field

from django.db import connection

from waymark.database.limits import limits
from waymark.directory.models import User
from waymark.referrals.models import Subject
from waymark.referrals.queue import tasks_of
from waymark.referrals.readers import name_of

MARK = "flood"
TOLD = ("exact_words", "how_noticed", "happened")  # what a likeness is looked for in
ALIKE = 0.6  # of the words of both, how many both have
MOST = 300
WORD = re.compile(r"\w+")


def is_flood() -> bool:
    """Whether very many referrals came within ten minutes: who sends learns no number."""
    most = str(limits().flood)
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_a_flood() FROM set_config('waymark.flood', %s, true)", [most])
        row = cursor.fetchone()
    return bool(row and row[0])


@dataclass(frozen=True)
class One:
    """A person of a referral that came in a flood, and waits."""

    subject: Subject
    name: str
    words: frozenset[str]


@dataclass
class Group:
    """Those who are alike: by the name of the person, or by what was told."""

    members: list[One] = field(default_factory=list)

    def fits(self, one: One) -> bool:
        first = self.members[0]
        return one.name.casefold() == first.name.casefold() or likeness(one, first) >= ALIKE


def likeness(one: One, other: One) -> float:
    """How many of the words of both stand in both, from 0 to 1."""
    both = one.words | other.words
    return len(one.words & other.words) / len(both) if both else 0.0


def groups(user: User) -> list[Group]:
    """What came in a flood and `user` may screen, those that are alike together, by arrival."""
    found: list[Group] = []
    for one in _waiting(user):
        fitting = next((group for group in found if group.fits(one)), None)
        if fitting is None:
            found.append(fitting := Group())
        fitting.members.append(one)
    return found


def _waiting(user: User) -> list[One]:
    keys = tasks_of(user).values("subject_id")
    subjects = Subject.objects.filter(pk__in=keys, referral__marked=MARK)
    rows = subjects.select_related("referral").prefetch_related("person__names")
    ordered = rows.order_by("referral__received_at", "position", "pk")[:MOST]
    return [One(row, name_of(row), _words(row)) for row in ordered]


def _words(subject: Subject) -> frozenset[str]:
    said = (
        str(row.get("answer", "")) for row in subject.referral.document if row.get("code") in TOLD
    )
    return frozenset(WORD.findall(" ".join(said).casefold()))
