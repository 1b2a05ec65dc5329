"""Looking for somebody whom the comparison of name and birth date cannot find (2.5.6, R2).

Exactly as it is typed, and few at a time: there is no list of people to look through (2.3.4).
"""

from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.referrals.known import (
    CLAUSE,
    Beside,
    asked,
    may_say,
    note_matches_shown,
    put_beside,
)
from waymark.referrals.models import Subject

QUESTION = "SELECT * FROM looked_for(%s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for: by the reference of a referral or case, or by name and birth."""

    reference: str = ""
    surname: str = ""
    forenames: str = ""
    born: date | None = None
    year: int | None = None

    @property
    def is_enough(self) -> bool:
        by_name = self.surname and (self.born or (self.forenames and self.year))
        return bool(self.reference or by_name)


@act
def look_for(subject: Subject, *, by: User, sought: Sought) -> list[Beside]:
    """Those who fit exactly, ten at most, each beside `subject`. Looking is written down, with
    how many were found and never for whom; each who is shown is a look of its own."""
    may_say(by, subject)
    if not sought.is_enough:
        raise Refused(
            "Too little is written to look for somebody", clause=CLAUSE,
            until="Enter a reference; or a surname, with the birth date or with forenames and the"
            " year of birth.",
        )  # fmt: skip
    given = (sought.reference, sought.surname, sought.forenames, sought.born, sought.year)
    found = [one for one in asked(QUESTION, given) if one.person_id != subject.person_id]
    record("looked_for", by=by, at=now(), subject=subject.pk, found=len(found))
    note_matches_shown(found, by=by)
    return put_beside(subject, found)[1]
