"""Who is not confirmed in time is warned, and after fourteen days suspended, by a duty (S19)."""

from datetime import date, timedelta

from django.db.models import QuerySet

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import give
from waymark.database.actor import Actor
from waymark.database.clock import now, real_today, today
from waymark.directory.mail import NOT_CONFIRMED
from waymark.directory.models import Appointment, Organisation, Role, Suspension, User
from waymark.directory.notices import notify
from waymark.directory.permission import act
from waymark.oversight import confirmations, confirming, leavers
from waymark.oversight.confirmations import Standing
from waymark.oversight.confirmed import PersonConfirmed, PersonUnconfirmed
from waymark.oversight.confirming import ALL, CLAUSE, ONE

DAYS = 14
PATH = "/organisations/{}/people"
WHY_ALL = "Say who of your organisation is still here, and in the same work."
WHY_ONE = "Say whether who confirms the people of an organisation is still here."


@act
def ask(*, by: Actor) -> int:
    """Ask for each organisation whose people are due soon; of how many. Run twice, it comes to
    the same, and what waits is moved to whoever confirms them by now."""
    soon = real_today() + confirmations.AHEAD
    due = [one for one in confirmations.standing() if one.due <= soon]
    for one in due:
        _ask(one, by=by)
    return len(due)


def _ask(one: Standing, *, by: Actor) -> None:
    body, first = one.organisation, one.people[0]
    second = one.people[1] if len(one.people) > 1 else None
    if second:
        _ask_whom(ALL, body, first, one.due, why=WHY_ALL, by=by)
    _ask_whom(ONE, body, second or _elsewhere(body), one.due, why=WHY_ONE, by=by)


def _elsewhere(body: Organisation) -> User | None:
    """An administrator of another body, by name: for whoever is the only one of theirs."""
    posts = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR)
    others = posts.filter(user__is_active=True).exclude(user__organisation=body)
    found = others.select_related("user").order_by("user__name", "user_id").first()
    return found.user if found else None


def _ask_whom(
    kind: str, body: Organisation, whom: User | None, due: date, *, why: str, by: Actor
) -> None:
    """`whom`: none is any administrator."""
    role = confirming.post_of(whom) if whom else Role.ADMINISTRATOR
    waiting = Task.objects.waiting().filter(kind=kind, object_id=body.pk).first()
    if waiting is None:
        day = today() + max(due - real_today(), timedelta())  # tasks are of the movable clock
        give(kind, by=by, role=role, user=whom, object_id=body.pk, due=day, clause=CLAUSE, why=why)
    elif waiting.user_id == (whom.pk if whom else None):
        return
    else:
        waiting.user, waiting.role = whom, role
        waiting.save(update_fields=["user", "role"])
        record("task_taken", by=by, at=now(), row=waiting)
    if whom:
        notify(whom, kind, by=by, path=PATH.format(body.pk))


def overdue() -> list[User]:
    """The accounts in use of whoever should have been confirmed before today, or has moved."""
    people = confirmations.with_last(User.objects.filter(is_active=True)).order_by("pk")
    moved = {one.user_id for one in confirmations.moved()}
    return [one for one in people if confirmations.due_date(one) < real_today() or one.pk in moved]


def warning_of(user: User) -> PersonUnconfirmed | None:
    """The warning that still stands: none since they were last confirmed."""
    found = user.unconfirmed.last()
    if found is None:
        return None
    since = user.confirmations.filter(
        says=PersonConfirmed.Says.HERE, on_date__gte=found.warned_date
    )
    return None if since.exists() else found


def confirmed_by(user: User) -> User | None:
    """Who says whether `user` is still there; none: an administrator does."""
    body = user.organisation_id
    others = [one for one in confirming.in_order([body])[body][:2] if one != user]
    return next(iter(others), None)


@act
def warn(user: User, *, by: Actor) -> bool:
    """Warn somebody and whoever confirms them, once. Before that nobody is suspended."""
    if warning_of(user):
        return False
    day = real_today()
    made = PersonUnconfirmed.objects.create(
        user=user, warned_date=day, suspend_date=day + timedelta(days=DAYS)
    )
    record("not_confirmed", by=by, at=now(), row=made, user=user.pk)
    body = user.organisation
    notify(user, NOT_CONFIRMED, by=by)
    if one := confirmed_by(user):
        notify(one, "people_unconfirmed", by=by, path=PATH.format(body.pk))
    return True


@act
def suspend(user: User, *, by: Actor) -> bool:
    """Suspend somebody whose days of warning are over; their work goes on."""
    found = warning_of(user)
    if found is None or found.suspend_date > real_today():
        return False
    return leavers.let_sleep(user, by=by, kind=Suspension.Kind.UNCONFIRMED)


def warned() -> "QuerySet[PersonUnconfirmed]":
    """Whose account is in use and will be suspended, the next first."""
    keys = [one.pk for user in overdue() if (one := warning_of(user))]
    rows = PersonUnconfirmed.objects.filter(pk__in=keys).select_related("user__organisation")
    return rows.order_by("suspend_date", "user__name", "pk")
