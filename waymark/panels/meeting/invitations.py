"""Invitations: told by e-mail with an entry for the calendar, and answered (2.5.9)."""

from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.calendar_entries import address, entry
from waymark.panels.models import Attendance, InvitationAnswer, Meeting

CLAUSE = "2.5.9"
TASK = "name_deputy"
Kind = InvitationAnswer.Kind


def tell(invited: Attendance, *, by: User, off: bool = False) -> None:
    """Say by e-mail that there is an invitation, or that it changed; `off`: that it is off."""
    if invited.user is not None:
        notify(
            invited.user, "invitation", by=by, path=address(invited.meeting),
            calendar=entry(invited, off=off),
        )  # fmt: skip


def tell_all(meeting: Meeting, *, by: User, off: bool = False) -> None:
    """The same of everybody invited, each once: somebody may be invited for several cases."""
    seen: set[int] = set()
    for invited in meeting.attendances.select_related("user").order_by("id"):
        if invited.user_id is not None and invited.user_id not in seen:
            seen.add(invited.user_id)
            invited.meeting = meeting
            tell(invited, by=by, off=off)


@dataclass(frozen=True)
class Answering:
    """What somebody invited answers. `deputy`: whom they would send."""

    kind: str
    why: str = ""
    deputy: User | None = None


def of(meeting: Meeting, user: User) -> Attendance | None:
    """The invitation of `user`: to the whole meeting before one to a case of it."""
    mine = meeting.attendances.filter(user=user).select_related("user", "organisation")
    return mine.order_by("item__added_at", "id").filter(item=None).first() or mine.first()


def may_answer(user: User, meeting: Meeting) -> None:
    """Whoever is invited, until the meeting is opened."""
    if of(meeting, user) is None:
        raise Refused("You are not invited to this meeting", clause=CLAUSE)
    if meeting.state != Meeting.State.PLANNED:
        raise Refused(
            "This meeting is not planned any more", clause=CLAUSE,
            until="Tell the chair or the co-ordinator, who record who came.",
        )  # fmt: skip


@act
def answer(meeting: Meeting, *, by: User, said: Answering) -> InvitationAnswer:
    """Say that one comes, does not come and why, or whom one would send."""
    may_answer(by, meeting)
    invited = of(meeting, by)
    assert invited is not None
    why = said.why.strip()
    if said.kind == Kind.DECLINES:
        why = needs(why, why="Nothing says why you do not come", clause=CLAUSE)
    deputy = _whom(said, invited)
    made = InvitationAnswer.objects.create(
        attendance=invited, meeting=meeting, area=meeting.area, kind=said.kind, why=why,
        deputy=deputy, by=by, at=now(),
    )  # fmt: skip
    record("invitation_answered", by=by, at=made.at, row=made, answer=said.kind)
    if deputy is not None:
        _ask_for_deputy(made, by=by)
    return made


def _whom(said: Answering, invited: Attendance) -> User | None:
    if said.kind != Kind.DEPUTY:
        return None
    if said.deputy is None or said.deputy not in could_stand_in(invited):
        raise Refused(
            "A deputy is somebody of your own organisation with an account, who is not invited",
            clause=CLAUSE, until="Ask the chair to invite anybody else.",
        )  # fmt: skip
    return said.deputy


def could_stand_in(invited: Attendance) -> list[User]:
    """Those of the same organisation who are not invited: appointed deputies first."""
    there = invited.meeting.attendances.exclude(user=None).values("user")
    found = User.objects.filter(organisation=invited.organisation, is_active=True)
    people = list(found.exclude(pk__in=there).order_by("name", "pk"))
    appointed = deputies_of(invited)
    return sorted(people, key=lambda one: one.pk not in appointed)


def deputies_of(invited: Attendance) -> set[int]:
    """The keys of those who are appointed to stand in for somebody invited (B.2)."""
    held = Appointment.objects.in_force(today()).filter(deputy_for=invited.user)
    return set(held.values_list("user_id", flat=True)) if invited.user_id else set()


def _ask_for_deputy(made: InvitationAnswer, *, by: User) -> None:
    meeting = made.meeting
    give(
        TASK, by=by, area=meeting.area, role=Role.COORDINATOR, object_id=made.pk,
        due=max(meeting.on_date, today()), clause=CLAUSE,
        why=f"Meeting {meeting.reference}: somebody invited would send a deputy.",
    )  # fmt: skip


def close_deputies(meeting: Meeting, *, by: User) -> None:
    """Nobody needs a deputy any more: the meeting is off."""
    asked = InvitationAnswer.objects.filter(meeting=meeting, kind=Kind.DEPUTY).values("pk")
    waiting = Task.objects.waiting().filter(kind=TASK, object_id__in=asked)
    finish_those(list(waiting), by=by, outcome="called_off")
