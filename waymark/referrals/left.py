"""The screenings that somebody took and leaves: they wait for somebody else by name (R40)."""

from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Role, User
from waymark.directory.notices import notify
from waymark.referrals.deciding.settling import TO_SCREEN, waiting_for
from waymark.referrals.models import Subject


def hand_screenings_on(user: User, *, to: User | None, by: Actor) -> None:
    """To `to` or their deputy where they screen there, else to the police lead; where there is
    none, to whoever takes it. Dates stay (R38). The database is asked as the duty that may."""
    taken = Subject.objects.filter(taken_by=user).exclude(state=Subject.State.SCREENED)
    for subject in taken.select_for_update(of=("self",)).select_related("area").order_by("pk"):
        receiver = _receiver(subject, user, to=to)
        subject.taken_by, subject.taken_at = receiver, now() if receiver else None
        subject.version += 1
        subject.save(update_fields=["taken_by", "taken_at", "version"])
        record("subject_taken", by=by, at=now(), row=subject,
               holder=receiver.pk if receiver else None)  # fmt: skip
        for task in waiting_for(subject, *TO_SCREEN):
            task.user = receiver
            task.save(update_fields=["user"])
            record("task_taken", by=by, at=now(), row=task)
        if receiver:
            notify(receiver, "screen_left", by=by, path="/referrals")


def _receiver(subject: Subject, user: User, *, to: User | None) -> User | None:
    leads = _holders(Role.POLICE_LEAD, subject, user)
    officers = [] if subject.lead_first else _holders(Role.POLICE_OFFICER, subject, user)
    may = {one.pk: one for one in (*leads, *officers)}
    deputies = Appointment.objects.in_force(today()).filter(deputy_for=user).order_by("pk")
    first = [to.pk] if to else []
    first += deputies.values_list("user_id", flat=True)
    first += [one.pk for one in leads]
    return next((may[key] for key in first if key in may), None)


def _holders(role: Role, subject: Subject, user: User) -> list[User]:
    """Those in the post but `user`; while no area is found, in any: their own force's first."""
    held = Appointment.objects.in_force(today()).filter(role=role)
    if subject.area:
        held = Appointment.objects.holders(role, subject.area, today())
    found = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=user.pk)
    own = user.organisation_id
    return sorted(found, key=lambda one: (one.organisation_id != own, one.name, one.pk))
