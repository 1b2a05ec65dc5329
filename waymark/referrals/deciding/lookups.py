"""Looking for somebody whom the comparison of name and birth date cannot find (2.5.6, R2).

Exactly as it is typed, and few at a time: there is no list of people to look through (2.3.4).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from waymark.audit.events import record
from waymark.audit.looks import give_purpose, look, purposes_of, times_looked_for
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.database.keys import random_key
from waymark.database.limits import limits
from waymark.directory.models import Appointment, Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.referrals.deciding.known import (
    CLAUSE,
    Beside,
    asked,
    may_say,
    note_matches_shown,
    put_beside,
)
from waymark.referrals.models import Subject

QUESTION = "SELECT * FROM looked_for_by(%s, %s, %s, %s, %s, %s)"
HIDDEN = "SELECT note_hidden_matches(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
SHORTLY = timedelta(minutes=10)
TEN = 10  # matches that are shown, or kept apart, at most


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for: by the reference of a referral or case, or by two of name, birth
    date and postcode."""

    reference: str = ""
    surname: str = ""
    forenames: str = ""
    born: date | None = None
    year: int | None = None
    postcode: str = ""

    @property
    def is_enough(self) -> bool:
        by_name = self.surname and (self.born or (self.forenames and self.year))
        by_place = self.postcode and (self.surname or self.born)
        return bool(self.reference or by_name or by_place)

    @property
    def given(self) -> tuple[str | int | date | None, ...]:
        """As the database's own function takes it. Nothing in it stands for anything else."""
        place = "".join(self.postcode.split()).upper()
        return self.reference, self.surname, self.forenames, self.born, self.year, place


@act
def look_for(subject: Subject, *, by: User, sought: Sought, why: str = "") -> list[Beside]:
    """Those who fit exactly, ten at most, each beside `subject`. Looking is written down, with
    how many were found and never for whom; each who is shown is a look of its own. Whoever looks
    very often says `why`, and the auditor is told (S29)."""
    may_say(by, subject)
    if not sought.is_enough:
        raise Refused(
            "Too little is written to look for somebody", clause=CLAUSE,
            until="Enter a reference; or two of surname, birth date and postcode; or surname,"
            " forenames and the year of birth.",
        )  # fmt: skip
    _say_why(why, by=by)
    found = [one for one in asked(QUESTION, sought.given) if one.person_id != subject.person_id]
    note_hidden(subject, sought)
    look(by=by, at=now(), case_id=None, part="referral", purpose="search", object_kind="search",
         object_id=subject.pk)  # fmt: skip
    record("looked_for", by=by, at=now(), subject=subject.pk, found=len(found))
    note_matches_shown(found, by=by)
    return put_beside(subject, found)[1]


def looks_often(user: User) -> bool:
    """Whether they have looked for people so often that they say why."""
    moment = now()
    said = purposes_of(user, case_id=None)
    if said and said[0].at > moment - SHORTLY:
        return False
    return times_looked_for(user, within=SHORTLY, at=moment) >= limits().searches


def _say_why(why: str, *, by: User) -> None:
    """The reason of whoever looks very often is kept, and the auditors are told that there is."""
    if not looks_often(by):
        return
    said = needs(
        why,
        why=f"You have looked for people {limits().searches} times in 10 minutes",
        clause="2.1.4",
        until="Say why you go on. The auditor is told.",
    )
    give_purpose(by=by, at=now(), purpose="search", words=said)
    record("looked_for_often", by=by, at=now())
    held = Appointment.objects.in_force(today()).filter(role=Role.AUDITOR, user__is_active=True)
    for user in User.objects.filter(pk__in=held.values("user")).order_by("pk"):
        notify(user, "searches", by=by, path="/what-was-seen/searches")


def note_hidden(subject: Subject, sought: Sought | None = None) -> None:
    """Write down whom the comparison, or this search, leaves out for the sake of their case: a
    job tells those who work on it. Nothing comes back, and it takes the same time (S30)."""
    keys = [random_key() for _ in range(TEN)]
    given = (sought or Sought()).given
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN, [*given, subject.pk, subject.person_id, keys])
