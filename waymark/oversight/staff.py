"""Training and clearance of those who do this work: noted by themselves or by a lead (2.12.1)."""

from datetime import date

from waymark.audit.events import record
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.oversight.models import Clearance, Training
from waymark.policy.days import months_after
from waymark.policy.pack import in_force

CLAUSE = "2.12.1"
WATCH = frozenset({Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR})


def watches_over(user: User, other: User) -> bool:
    """Whether `user` leads an area in which `other` holds a post today."""
    areas = set(user.areas_of(WATCH))
    held = Appointment.objects.in_force(today()).filter(user=other)
    theirs = set(held.values_list("area", flat=True))
    return bool(areas and (None in theirs or areas & theirs))


def may_note(user: User, other: User) -> None:
    """Oneself; or the police lead, chair or vice-chair of an area where the other works."""
    if user == other or watches_over(user, other):
        return
    raise Refused(
        "Noting training and clearance of others is not yours to do", clause=CLAUSE,
        until="They can note their own, or the police lead or the chair of their area can.",
    )  # fmt: skip


@act
def note_training(user: User, *, by: User, course: str, done_date: date) -> Training:
    """Note that `user` has taken a course; the pack says when it is taken again."""
    may_note(by, user)
    months = in_force().course(course).renew_months
    if done_date > today():
        raise Refused("The day on which it was done is still to come", clause=CLAUSE,
                      until="Enter today’s date or an earlier one.")  # fmt: skip
    made = Training.objects.create(
        user=user, course=course, done_date=done_date, by=by, at=now(),
        renew_date=months_after(done_date, months),
    )  # fmt: skip
    record("training_noted", by=by, at=made.at, row=made, user=user.pk, course=course)
    return made


@act
def note_clearance(user: User, *, by: User, level: str, expires_date: date) -> Clearance:
    """Note how `user` is cleared, and until when. It follows what was noted before."""
    may_note(by, user)
    in_force().clearance_level(level)
    made = Clearance.objects.create(
        user=user, level=level, expires_date=expires_date, by=by, at=now()
    )
    record("clearance_noted", by=by, at=made.at, row=made, user=user.pk, level=level)
    return made


def areas_watched(user: User) -> list[Area]:
    return list(Area.objects.filter(pk__in=user.areas_of(WATCH)).order_by("name"))
