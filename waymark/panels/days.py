"""The day of a meeting that is planned: moved to another, or the meeting called off (2.8.18)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels import attendance
from waymark.panels.meetings import CLAUSE, State, may_call, may_chair, on_that_day
from waymark.panels.models import Meeting


def may_move(user: User, meeting: Meeting) -> None:
    """Whoever may call one, until it is opened."""
    may_call(user, meeting.area)
    if meeting.state != State.PLANNED:
        raise Refused("This meeting is not planned any more", clause=CLAUSE)


@act
def move(meeting: Meeting, *, by: User, to_date: date) -> None:
    """Hold a planned meeting on another day: its agenda and who is invited stay."""
    may_move(by, meeting)
    may_move(by, meeting := _locked(meeting))
    day = needs_day_to_come(to_date, what="the date of the meeting", clause=CLAUSE)
    on_that_day(meeting.area, day, but=meeting)
    before, meeting.on_date = meeting.on_date, day
    meeting.save(update_fields=["on_date"])
    record("meeting_moved", by=by, at=now(), row=meeting, before=before, on=day)


def may_call_off(user: User, meeting: Meeting) -> None:
    """The chair, until it is opened; what was carried to a continuation is heard there."""
    may_chair(user, meeting.area)
    if meeting.state != State.PLANNED:
        raise Refused("This meeting is not planned any more", clause=CLAUSE)
    if meeting.follows_id is not None:
        raise Refused(
            "Cases were carried to this meeting, and wait to be heard at it", clause=CLAUSE,
            until="Move it to another day instead.",
        )  # fmt: skip


@act
def call_off(meeting: Meeting, *, by: User, why: str) -> None:
    """Call a planned meeting off: it stays in the list with its reason, its papers are closed.

    What was to be heard at it is on the next meeting that is called.
    """
    may_call_off(by, meeting)
    may_call_off(by, meeting := _locked(meeting))
    said = needs(why, why="Nothing says why the meeting is called off", clause=CLAUSE)
    meeting.state, meeting.called_off_why = State.CALLED_OFF, said
    meeting.called_off_by, meeting.called_off_at = by, now()
    meeting.save(update_fields=["state", "called_off_why", "called_off_by", "called_off_at"])
    record("meeting_called_off", by=by, at=meeting.called_off_at, row=meeting)
    attendance.end_papers(meeting, by=by)


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now: only those who may call one may lock it."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("area")
    return found.get(pk=meeting.pk)
