"""A panel's meeting: called, opened, ended. Its agenda is built here and leaves no case out."""

from datetime import date

from django.db.models import Q, QuerySet

from waymark.audit.events import record
from waymark.cases.models import Case, Stage, Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs_day_to_come
from waymark.database.clock import now, today
from waymark.database.keys import random_reference
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.panels import conflict_checks
from waymark.panels.meeting import attendance, drafts
from waymark.panels.meeting.how import How, usual_hour
from waymark.panels.models import AgendaItem, Meeting
from waymark.policy.days import next_meeting
from waymark.policy.pack import in_force

CLAUSE = "2.8.18"
CALLS = (*CHAIRS, Role.COORDINATOR)
State = Meeting.State
HEARD_AT = (Stage.PANEL, Stage.SEEKING_CONSENT, Stage.SUPPORTED, Stage.EXIT_RECOMMENDED)


def next_date(area: Area) -> date:
    """When the panel meets next by its rhythm, or the latest day where it meets by need."""
    return next_meeting(in_force().panel_of(area.code), today())


def next_planned(area: Area) -> date | None:
    """The day of the next meeting that is called already; a case is on its agenda by then."""
    coming = Meeting.objects.filter(area=area, state=State.PLANNED, on_date__gte=today())
    return coming.order_by("on_date").values_list("on_date", flat=True).first()


def to_be_heard(area: Area) -> "QuerySet[Case]":
    """Every open case of the area that a panel reviews until it exits, held ones among them."""
    return Case.objects.filter(heard_next(), area=area, ended_at=None).order_by("id")


def heard_next() -> Q:
    """Where a case stands that the next panel hears; one that the police hold stays on it."""
    return Q(stage__in=HEARD_AT) | Q(stage=Stage.POLICE_HELD, held_from__in=HEARD_AT)


def may_call(user: User, area: Area) -> None:
    _in_post(user, area, CALLS, "the chair, the vice-chair or the co-ordinator")


def may_chair(user: User, area: Area) -> None:
    _in_post(user, area, CHAIRS, "the chair or the vice-chair")


@act
def call(area: Area, *, by: User, on_date: date, how: How | None = None) -> Meeting:
    """Call a meeting: its agenda is every case that waits for the panel. It can be today."""
    may_call(by, area)
    return call_one(area, on_date, by=by, how=how)


def call_one(area: Area, on_date: date, *, by: User, how: How | None = None) -> Meeting:
    """The same as a part of another act."""
    needs_day_to_come(on_date, what="the date of the meeting", clause=CLAUSE)
    on_that_day(area, on_date)
    return _make(area, on_date, by=by, how=how or How())


def on_that_day(area: Area, day: date, *, but: Meeting | None = None) -> None:
    """Raises Refused where the area has a meeting planned or open on that day."""
    there = Meeting.objects.filter(area=area, on_date=day, state__in=(State.PLANNED, State.OPEN))
    if but is not None:
        there = there.exclude(pk=but.pk)
    if other := there.first():
        raise Refused(
            f"A meeting of this panel is on {day.day} {day:%B %Y} already: {other.reference}",
            clause=CLAUSE, until="Every open case is on its agenda. Use that one.",
        )  # fmt: skip


def may_open(user: User, meeting: Meeting) -> None:
    """The chair, on the day of a planned meeting or after it."""
    may_chair(user, meeting.area)
    if meeting.state != State.PLANNED:
        raise Refused("This meeting is not planned any more", clause=CLAUSE)
    if meeting.on_date > today():
        day = meeting.on_date
        raise Refused(
            f"This meeting is on {day.day} {day:%B %Y}", clause=CLAUSE,
            until="Open it on its day, or call one for today.",
        )  # fmt: skip


@act
def open_meeting(meeting: Meeting, *, by: User) -> None:
    """Open a meeting on its day, with whatever has come to the panel since it was called."""
    meeting = locked_meeting(meeting, by=by)
    may_open(by, meeting)
    meeting.state, meeting.opened_by, meeting.opened_at = State.OPEN, by, now()
    meeting.save(update_fields=["state", "opened_by", "opened_at"])
    record("meeting_opened", by=by, at=meeting.opened_at, row=meeting)
    put_on(meeting, by=by)


def locked_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting as it is now, locked by its chair: nobody else may lock it."""
    may_chair(by, meeting.area)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("area")
    return found.get(pk=meeting.pk)


def put_on(meeting: Meeting, *, by: User) -> None:
    """Put every case that waits for the panel on a meeting that has not ended."""
    on_it = set(meeting.items.values_list("case_id", flat=True))
    new = [_put_on(meeting, case, by=by) for case in _waiting(meeting) if case.pk not in on_it]
    invited = list(meeting.attendances.select_related("user"))
    attendance.show_papers(meeting, new, invited, by=by)


def _waiting(meeting: Meeting) -> list[Case]:
    """What a meeting hears: a continuation hears what was carried to it."""
    if meeting.follows_id is None:
        return list(to_be_heard(meeting.area))
    carried = AgendaItem.objects.filter(carried_to=meeting).select_related("case")
    return [item.case for item in carried.order_by("case_id")]


def _put_on(meeting: Meeting, case: Case, *, by: User) -> AgendaItem:
    item = AgendaItem.objects.create(case=case, meeting=meeting, stage=case.stage, added_at=now())
    record("put_on_agenda", by=by, at=item.added_at, case_id=case.pk, row=item, meeting=meeting.pk)
    conflict_checks.ask_before(meeting, case, by=by)
    return item


def unheard(meeting: Meeting) -> list[AgendaItem]:
    """The cases of a meeting without an outcome."""
    waiting = meeting.items.filter(heard_at=None, carried_to=None)
    return list(waiting.select_related("case__area", "meeting"))


def left_out(meeting: Meeting) -> list[Case]:
    """Cases that waited for the panel when it opened, and are not on its agenda."""
    on_it = meeting.items.values("case_id")
    if meeting.follows_id is not None:
        return []
    waiting = to_be_heard(meeting.area).exclude(pk__in=on_it)
    opened = meeting.opened_at
    return [case for case in waiting if not case.moves.filter(at__gt=opened).exists()]


def may_end_meeting(user: User, meeting: Meeting) -> None:
    """The chair, once every case has its outcome and everybody's attendance is recorded."""
    may_chair(user, meeting.area)
    if meeting.state != State.OPEN:
        raise Refused("This meeting is not open", clause=CLAUSE)
    waiting = unheard(meeting)
    if waiting or left_out(meeting):
        names = ", ".join(item.case.reference for item in waiting)
        raise Refused(
            f"Cases are still to be heard: {names or 'one that came before the meeting'}",
            clause=CLAUSE,
            until="Decide on each of them, or adjourn them to a date.",
        )
    if meeting.attendances.filter(came=None).exists():
        raise Refused(
            "It is not recorded of everybody invited whether they came", clause="2.5.9",
            until="Record who came, and why the others did not.",
        )  # fmt: skip


@act
def end_meeting(meeting: Meeting, *, by: User) -> None:
    """End a meeting: its minutes wait to be signed."""
    meeting = locked_meeting(meeting, by=by)
    may_end_meeting(by, meeting)
    _end(meeting, by=by)


@act
def adjourn(meeting: Meeting, *, by: User, to_date: date | None) -> Meeting:
    """Carry what is still to be heard to a continuation on a date, and end this meeting."""
    meeting = locked_meeting(meeting, by=by)
    if meeting.state != State.OPEN:
        raise Refused("This meeting is not open", clause=CLAUSE)
    day = needs_day_to_come(to_date, what="the date of the continuation", clause=CLAUSE)
    if meeting.attendances.filter(came=None).exists():
        raise Refused("It is not recorded of everybody invited whether they came", clause="2.5.9")
    following = _make(meeting.area, day, by=by, how=How(), follows=meeting)
    _end(meeting, by=by, carried_to=following)
    put_on(following, by=by)
    return following


def _make(area: Area, day: date, *, by: User, how: How, follows: Meeting | None = None) -> Meeting:
    meeting = Meeting.objects.create(
        area=area, reference=random_reference(), on_date=day, follows=follows, called_by=by,
        called_at=now(), at_time=how.at_time or usual_hour(area), remote=how.remote.strip(),
        extraordinary_why=how.extraordinary_why.strip(),
    )  # fmt: skip
    record("meeting_called", by=by, at=meeting.called_at, row=meeting, on=day)
    attendance.invite_members(meeting, by=by)
    if next_regular(area) == meeting:
        put_on(meeting, by=by)
    return meeting


def next_regular(area: Area) -> Meeting | None:
    """The planned meeting that hears next whatever waits: no continuation, which hears its own."""
    coming = Meeting.objects.filter(area=area, state=State.PLANNED, follows=None)
    coming = coming.filter(on_date__gte=today()).select_related("area")
    return coming.order_by("on_date", "id").first()


def fill_next(area: Area, *, by: User) -> None:
    """The meeting that is next now gets its agenda, and whoever has joined the panel is invited."""
    if meeting := next_regular(area):
        attendance.invite_members(meeting, by=by)
        put_on(meeting, by=by)


def _end(meeting: Meeting, *, by: User, carried_to: Meeting | None = None) -> None:
    """What hangs on no case is written down first: so no two wait for each other's chains."""
    day = meeting.on_date
    give(
        "sign_minutes", by=by, area=meeting.area, role=Role.CHAIR, limit="panel_minutes",
        object_id=meeting.pk, clause="2.8.19",
        why=f"Meeting {meeting.reference} of {day.day} {day:%B %Y}: read its minutes, and sign.",
    )  # fmt: skip
    waiting = unheard(meeting)
    for item in waiting:  # in the order of their cases: so no two wait for each other's chains
        item.carried_to = carried_to
        item.save(update_fields=["carried_to"])
    meeting.state, meeting.ended_by, meeting.ended_at = State.ENDED, by, now()
    meeting.save(update_fields=["state", "ended_by", "ended_at"])
    record("meeting_ended", by=by, at=meeting.ended_at, row=meeting)
    for item in sorted(waiting, key=lambda each: each.case_id):
        record(
            "item_carried_on", by=by, at=meeting.ended_at, case_id=item.case_id, row=item,
            meeting=meeting.pk,
        )  # fmt: skip
        if carried_to:
            drafts.draft_carried(item, carried_to, by=by)
    if carried_to is None:  # else once the continuation has ended
        fill_next(meeting.area, by=by)


def finish_signing(meeting: Meeting, *, by: User) -> None:
    """The minutes are signed: nothing waits for it any more."""
    waiting = Task.objects.waiting().filter(kind="sign_minutes", object_id=meeting.pk)
    finish_those(list(waiting), by=by, outcome="signed")


def _in_post(user: User, area: Area, roles: tuple[Role, ...], named: str) -> None:
    if not user.roles_in(area) & set(roles):
        raise Refused(
            "This is not yours to do", clause="2.10.1",
            until=f"It is done by {named} of the panel of {area.name}.",
        )  # fmt: skip
