"""What happens on a case between its stages: when it happened, who told it, when written (R8)."""

from datetime import date

from django.db.models import TextChoices

from waymark.audit.events import record
from waymark.cases.models import Case, Entry
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.cases.written.documents import NOTHING, Enclosed, hang
from waymark.database.clock import now, today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.11.1"


class Kind(TextChoices):
    CONVERSATION = "conversation", "Conversation"
    TELEPHONE = "telephone", "Telephone call"
    VISIT = "visit", "Visit"
    MEETING = "meeting", "Meeting"
    INFORMATION = "information", "Information received"
    LETTER = "letter", "Letter or e-mail"
    NOTE = "note", "Note"


@act
def write(
    case: Case,
    *,
    by: User,
    kind: str,
    happened_date: date | None,
    told_by: str,
    words: str,
    enclosed: Enclosed = NOTHING,
    version: int | None = None,
) -> Entry:
    """Write down something that happened. It is not edited afterwards: a later entry follows it.

    `enclosed`: files that belong to it.
    """
    case = locked(case, version=version)
    may_write(by, case)
    if kind not in Kind.values:
        raise Refused("It is not said what kind of entry this is", clause=CLAUSE)
    if happened_date is None or happened_date > today():
        raise Refused(
            "The day on which it happened is missing or still to come", clause=CLAUSE,
            until="Enter today’s date or an earlier one.",
        )  # fmt: skip
    made = Entry.objects.create(
        case=case, kind=kind, happened_date=happened_date, by=by, organisation=by.organisation,
        told_by=needs(told_by, why="Nobody is named who told it", clause=CLAUSE),
        words=needs(words, why="Nothing is written", clause=CLAUSE), at=now(),
    )  # fmt: skip
    record("entry_written", by=by, at=made.at, case_id=case.pk, row=made, happened=happened_date)
    hang(enclosed, case_id=case.pk, part=Part.WORK, object_id=made.pk, by=by, at=made.at)
    return made
