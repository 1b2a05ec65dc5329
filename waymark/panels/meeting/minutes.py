"""Minutes: put into words, signed by the chair, fixed from then on (2.8.14, 2.8.19)."""

from waymark.audit.events import record
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting import attendance
from waymark.panels.meeting.meetings import finish_signing, locked_meeting, may_chair
from waymark.panels.models import Correction, Meeting, Minute, ProposedCorrection

CLAUSE = "2.8.19"


def may_write_minutes(user: User, minute: Minute) -> None:
    """Chair, vice-chair or co-ordinator, until the minutes are signed."""
    if not user.roles_in(minute.meeting.area) & attendance.INVITES:
        raise Refused("These minutes are not yours to write", clause=CLAUSE)
    if minute.signed_at is not None:
        raise Refused(
            "These minutes are signed and do not change", clause=CLAUSE,
            until="Add a correction: it stands beside them.",
        )  # fmt: skip


@act
def write_minute(minute: Minute, *, by: User, words: str) -> None:
    """Put the draft of a minute into other words."""
    may_write_minutes(by, Minute.objects.get(pk=minute.pk))
    locked = Minute.objects.select_for_update(of=("self",)).filter(pk=minute.pk).first()
    if locked is None:  # signed in between: then nobody locks it any more
        may_write_minutes(by, minute := Minute.objects.get(pk=minute.pk))
    minute = locked or minute
    minute.words = needs(words, why="The minute has no words", clause=CLAUSE)
    minute.by, minute.at = by, now()
    minute.save(update_fields=["words", "by", "at"])
    record("minute_written", by=by, at=minute.at, case_id=minute.case_id, row=minute)


def may_sign(user: User, meeting: Meeting) -> None:
    """The chair, once the meeting has ended and each correction that was proposed is answered."""
    may_chair(user, meeting.area)
    if meeting.state != Meeting.State.ENDED:
        raise Refused(
            "There are no minutes to sign: the meeting has not ended, or they are signed",
            clause=CLAUSE,
        )
    waiting = ProposedCorrection.objects.filter(minute__meeting=meeting, state="waiting")
    if waiting.exists():
        raise Refused(
            "A correction that was proposed has no answer yet", clause=CLAUSE,
            until="Accept it, or refuse it and say why. Then sign.",
        )  # fmt: skip


@act
def sign(meeting: Meeting, *, by: User) -> None:
    """Sign the minutes of a meeting: they are fixed, and its papers are shown no longer."""
    meeting = locked_meeting(meeting, by=by)
    may_sign(by, meeting)
    finish_signing(meeting, by=by)
    moment = now()
    meeting.state, meeting.signed_by, meeting.signed_at = Meeting.State.SIGNED, by, moment
    meeting.save(update_fields=["state", "signed_by", "signed_at"])
    record("minutes_signed", by=by, at=moment, row=meeting)
    for minute in meeting.minutes.order_by("case_id"):
        minute.signed_by, minute.signed_at = by, moment
        minute.save(update_fields=["signed_by", "signed_at"])
        record("minute_signed", by=by, at=moment, case_id=minute.case_id, row=minute)
    attendance.end_papers(meeting, by=by)


@act
def correct(minute: Minute, *, by: User, words: str) -> Correction:
    """Add to a signed minute what it should have said."""
    may_chair(by, minute.meeting.area)
    if minute.signed_at is None:
        raise Refused("These minutes are still a draft", clause=CLAUSE, until="Change the draft.")
    said = needs(words, why="The correction has no words", clause=CLAUSE)
    made = Correction.objects.create(case=minute.case, minute=minute, words=said, by=by, at=now())
    record("minute_corrected", by=by, at=made.at, case_id=minute.case_id, row=made)
    return made
