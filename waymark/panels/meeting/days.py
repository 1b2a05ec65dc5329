"""The day of a meeting that is planned: moved to another, or the meeting called off (2.8.18)."""

from datetime import date, time, timedelta

from waymark.audit.events import record
from waymark.cases.known import conflict
from waymark.cases.models import Task
from waymark.cases.tasks import finish, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting import attendance, invitations
from waymark.panels.meeting.meetings import CLAUSE, State, fill_next, may_call, on_that_day
from waymark.panels.models import Meeting, MeetingMove

ONE_DAY = timedelta(days=1)
PLAN = "write_plan"


def may_move(user: User, meeting: Meeting) -> None:
    """Whoever may call one, until it is opened."""
    may_call(user, meeting.area)
    if meeting.state != State.PLANNED:
        raise Refused("This meeting is not planned any more", clause=CLAUSE)


@act
def move(
    meeting: Meeting, *, by: User, to_date: date, at_time: time | None = None, why: str = ""
) -> None:
    """Hold a planned meeting on another day, or at another hour: nothing of it is lost.

    Its agenda and who is invited stay; their calendars, the papers and what was to be done by the
    meeting move along. `at_time`: as it was where none is said.
    """
    may_move(by, meeting)
    may_move(by, meeting := _locked(meeting))
    day = needs_day_to_come(to_date, what="the date of the meeting", clause=CLAUSE)
    on_that_day(meeting.area, day, but=meeting)
    before, meeting.on_date = meeting.on_date, day
    meeting.at_time = at_time or meeting.at_time
    meeting.sequence += 1
    meeting.save(update_fields=["on_date", "at_time", "sequence"])
    record("meeting_moved", by=by, at=now(), row=meeting, before=before, on=day)
    made = MeetingMove.objects.create(
        meeting=meeting, area=meeting.area, from_date=before, to_date=day, why=why.strip(), by=by,
        at=now(),
    )  # fmt: skip
    record("meeting_move_kept", by=by, at=made.at, row=made)
    invitations.tell_all(meeting, by=by)
    _move_tasks(meeting, before, by=by)
    attendance.move_papers(meeting, by=by)
    fill_next(meeting.area, by=by)


def _move_tasks(meeting: Meeting, before: date, *, by: User) -> None:
    """What was to be done by the meeting is to be done by its new day; each as a new row."""
    for item in meeting.items.select_related("case__area").order_by("case_id"):
        for task in waiting_of(item.case, conflict.TASK):
            if task.due_date <= before:
                _give_again(task, max(meeting.on_date - ONE_DAY, today()), by=by)
        for task in waiting_of(item.case, PLAN):
            if task.due_date == before:
                _give_again(task, meeting.on_date, by=by)


def _give_again(task: Task, due: date, *, by: User) -> None:
    finish(task, by=by, outcome="meeting_moved")
    give(
        task.kind, by=by, case=task.case, area=task.area, role=Role(task.role), user=task.user,
        object_id=task.object_id, why=task.why, clause=task.clause, due=due,
    )  # fmt: skip


def may_call_off(user: User, meeting: Meeting) -> None:
    """Whoever may call one, until it is opened; what was carried to it is heard there."""
    may_call(user, meeting.area)
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

    What was to be heard at it is on the next meeting, or on the next that is called.
    """
    may_call_off(by, meeting)
    may_call_off(by, meeting := _locked(meeting))
    said = needs(why, why="Nothing says why the meeting is called off", clause=CLAUSE)
    meeting.state, meeting.called_off_why = State.CALLED_OFF, said
    meeting.called_off_by, meeting.called_off_at = by, now()
    meeting.sequence += 1
    meeting.save(
        update_fields=["state", "called_off_why", "called_off_by", "called_off_at", "sequence"]
    )
    record("meeting_called_off", by=by, at=meeting.called_off_at, row=meeting)
    invitations.close_deputies(meeting, by=by)
    invitations.tell_all(meeting, by=by, off=True)
    attendance.end_papers(meeting, by=by)
    fill_next(meeting.area, by=by)


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now: only those who may call one may lock it."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("area")
    return found.get(pk=meeting.pk)
