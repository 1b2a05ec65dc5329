"""At the beginning of a meeting: confidentiality, and who has an interest in what is heard."""

from waymark.audit.events import record
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.attendance import may_invite
from waymark.panels.models import AgendaItem, Attendance, Declaration, Meeting, Statement
from waymark.policy.pack import in_force

CLAUSE = "2.8.19"
TEXT = "meeting_statement"
Kind = Declaration.Kind
SAID = {Kind.INTEREST: "interest_declared", Kind.AWAY: "absent_for_a_case"}
MISSING = {
    Kind.INTEREST: "Nothing says what the interest is",
    Kind.AWAY: "Nothing says why they are not in the room",
}


def may_read_statement(user: User, meeting: Meeting) -> None:
    """Chair, vice-chair or co-ordinator, once in an open meeting."""
    may_invite(user, meeting)
    if meeting.state != Meeting.State.OPEN:
        raise Refused(
            "The statement is read in a meeting that is open", clause=CLAUSE,
            until="Open the meeting on its day.",
        )  # fmt: skip
    if Statement.objects.filter(meeting=meeting).exists():
        raise Refused("It is recorded already that the statement was read", clause=CLAUSE)


@act
def read_statement(
    meeting: Meeting, *, by: User, read_by: User, interests: str = ""
) -> Statement:  # fmt: skip
    """Record who read the confidentiality statement, and what was declared then."""
    may_read_statement(by, meeting)
    if not meeting.attendances.filter(user=read_by, came=True).exists():
        raise Refused(
            f"{read_by.name} is not recorded as having come", clause=CLAUSE,
            until="Record who came first.",
        )  # fmt: skip
    made = Statement.objects.create(
        meeting=meeting, area=meeting.area, read_by=read_by, interests=interests.strip(),
        edition=in_force().code, by=by, at=now(),
    )  # fmt: skip
    record("statement_read", by=by, at=made.at, row=made, meeting=meeting.pk)
    return made


def may_declare(user: User, item: AgendaItem) -> None:
    """Chair, vice-chair or co-ordinator write down what is declared, until the case is heard."""
    may_invite(user, item.meeting)
    if item.heard_at or item.carried_to_id:
        raise Refused("This case has its outcome at this meeting", clause=CLAUSE)
    if not item.meeting.attendances.filter(came=True).exists():
        raise Refused(
            "Nobody is recorded as having come yet", clause=CLAUSE, until="Record who came first."
        )


@act
def declare(
    item: AgendaItem, *, by: User, attendance: Attendance, words: str,
    kind: Kind = Kind.INTEREST,
) -> Declaration:  # fmt: skip
    """Somebody who came has an interest in a case, or is away for it: they do not count for it."""
    may_declare(by, item)
    if attendance.meeting_id != item.meeting_id or attendance.came is not True:
        raise Refused(
            "Only who is recorded as having come leaves for one case", clause=CLAUSE,
            until="Record who came first.",
        )  # fmt: skip
    if item.declarations.filter(attendance=attendance).exists():
        raise Refused("They are written down already as not there for this case", clause=CLAUSE)
    made = Declaration.objects.create(
        case=item.case, item=item, attendance=attendance, by=by, at=now(), kind=kind,
        words=needs(words, why=MISSING[kind], clause=CLAUSE),
    )  # fmt: skip
    record(SAID[kind], by=by, at=made.at, case_id=item.case_id, row=made)
    return made
