"""Accounts and appointments: two people give somebody a post, and nobody appoints themselves."""

from datetime import date, timedelta

from django.db.models import Q

from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.directory.keeping import INSTALLATION, is_new, may_keep
from waymark.directory.models import Appointment, Area, Organisation, Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "B.1"
APART = "2.1.4"  # Channel is not for gathering intelligence
ONE_DAY = timedelta(days=1)
KEEPS, CHECKS = (
    frozenset({Role.ADMINISTRATOR}),
    frozenset({Role.AUDITOR, Role.INFORMATION_GOVERNANCE}),
)


@act
def open_account(
    *, by: Actor, username: str, name: str, organisation: Organisation, password_hash: str,
    email: str = "",
) -> User:  # fmt: skip
    """Open an account, with which nobody may do anything until they are appointed.

    `password_hash`: as Django's `make_password` makes it.
    """
    may_keep(by)
    if User.objects.filter(username=username).exists():
        raise Refused(f"There is an account “{username}” already", clause=CLAUSE)
    user = User.objects.create(
        username=username, name=name, organisation=organisation, password=password_hash,
        email=email,
    )  # fmt: skip
    record("account_opened", by=by, at=now(), row=user)
    return user


def may_give(by: User, user: User) -> None:
    """An administrator, to anybody but themselves."""
    may_keep(by)
    if user == by:
        raise Refused(
            "Nobody appoints themselves", clause=CLAUSE,
            until="Another administrator gives it, and a third approves it.",
        )  # fmt: skip


def may_approve(by: User, appointment: Appointment) -> None:
    """An administrator who neither gave it nor is the one appointed."""
    may_keep(by)
    if appointment.given_by is None or appointment.approved_by is not None:
        raise Refused("This appointment waits for nobody’s approval", clause=CLAUSE)
    if appointment.until_date is not None and appointment.until_date < today():
        raise Refused("This appointment has been taken back, or has ended", clause=CLAUSE)
    if by == appointment.given_by:
        raise Refused(
            "Nobody approves an appointment that they gave", clause=CLAUSE,
            until="Another administrator approves it.",
        )  # fmt: skip
    if by == appointment.user:
        raise Refused(
            "Nobody approves their own appointment", clause=CLAUSE,
            until="Another administrator approves it.",
        )  # fmt: skip


def may_end(by: User, appointment: Appointment) -> None:
    """An administrator; but two are always left, since it takes two to appoint anybody."""
    may_keep(by)
    _may_be_without(appointment)


def _may_be_without(appointment: Appointment) -> None:
    if appointment.until_date is not None and appointment.until_date < today():
        raise Refused("This appointment has ended already", clause=CLAUSE)
    administers = appointment.role == Role.ADMINISTRATOR and is_held(appointment)
    if administers and other_administrators(appointment.user) < 2:
        raise Refused(
            "Fewer than two administrators would be left, and it takes two to appoint one",
            clause=CLAUSE, until="Appoint another administrator first.",
        )  # fmt: skip


def may_hold(appointment: Appointment) -> None:
    """Whoever keeps accounts, or checks how others work, holds no other kind of post meanwhile."""
    others = Appointment.objects.filter(user=appointment.user).exclude(pk=appointment.pk)
    others = others.filter(Q(until_date=None) | Q(until_date__gte=appointment.from_date))
    if appointment.until_date:
        others = others.filter(from_date__lte=appointment.until_date)
    role = Role(appointment.role)
    against = next((Role(one.role) for one in others if _are_apart(role, Role(one.role))), None)
    if against:
        raise Refused(
            f"Nobody is {role.label.lower()} and {against.label.lower()} at a time: who keeps"
            " accounts works on no case, and who checks others has no part in what they check",
            clause=CLAUSE, until="End that post first, or appoint somebody else.",
        )  # fmt: skip


def _are_apart(one: Role, other: Role) -> bool:
    return any((one in group) != (other in group) for group in (KEEPS, CHECKS))


def is_held(appointment: Appointment) -> bool:
    """Whether the appointment is held today."""
    return Appointment.objects.in_force(today()).filter(pk=appointment.pk).exists()


def other_administrators(user: User) -> int:
    """How many others hold the post today, can sign in, and have no end said already."""
    held = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR, until_date=None)
    others = held.filter(user__is_active=True).exclude(user=user)
    return others.values("user").distinct().count()


@act
def give(
    user: User, *, by: User, role: Role, area: Area | None, from_date: date | None = None,
    until_date: date | None = None, deputy_for: User | None = None, investigates: bool = False,
) -> Appointment:  # fmt: skip
    """Give `user` a role, in an area or (None) in all, from today unless another day is said.

    Until another administrator approves it, it is not in force. `until_date`: the last day.
    `deputy_for`: whom they stand in for (B.2). `investigates`: whether they hold a post in
    investigation or intelligence, as the administrator states: then no Prevent post is given.
    """
    may_give(by, user)
    if investigates:
        raise Refused(
            "Nobody holds a Prevent post and one in investigation or intelligence", clause=APART,
            until="Appoint somebody else, or wait until they have left that post.",
        )  # fmt: skip
    start = from_date or today()
    if until_date is not None and until_date < max(start, today()):
        raise Refused(
            "The last day comes before the first, or has passed", clause=CLAUSE,
            until="Enter a later last day, or none.",
        )  # fmt: skip
    if deputy_for == user:
        raise Refused("Nobody is their own deputy", clause="B.2")
    made = Appointment(
        user=user, role=role, area=area, from_date=start, until_date=until_date, given_by=by,
        deputy_for=deputy_for,
    )  # fmt: skip
    may_hold(made)
    made.save(force_insert=True)
    record("appointment_given", by=by, at=now(), row=made, role=role.value, user=user.pk,
           stated_apart=True)  # fmt: skip
    return made


@act
def approve(appointment: Appointment, *, by: User) -> Appointment:
    """Let an appointment that another administrator gave come into force, from its first day."""
    may_keep(by)
    appointment = _locked(appointment)
    may_approve(by, appointment)
    may_hold(appointment)
    appointment.approved_by = by
    appointment.save(update_fields=["approved_by"])
    record(
        "appointed", by=by, at=now(), row=appointment, role=appointment.role,
        user=appointment.user_id,
    )  # fmt: skip
    return appointment


@act
def end_appointment(appointment: Appointment, *, by: User, on: date | None = None) -> Appointment:
    """End an appointment: `on` is the last day on which it is held, today unless said.

    With yesterday it ends at once. Before its first day, it is taken back.
    """
    may_keep(by)
    appointment = _locked(appointment)
    may_end(by, appointment)
    return _end(appointment, on, by=by)


def end_posts(user: User, *, by: User) -> None:
    """Part of a suspension: every post of `user` ends at once. Raises Refused where fewer than two
    administrators would be left."""
    yesterday = today() - ONE_DAY
    for post in Appointment.objects.filter(user=user).exclude(until_date__lte=yesterday):
        post = _locked(post)
        _may_be_without(post)
        _end(post, yesterday, by=by)


def _end(appointment: Appointment, on: date | None, *, by: User) -> Appointment:
    last = max(on or today(), today() - ONE_DAY)
    appointment.until_date = max(last, appointment.from_date - ONE_DAY)
    appointment.save(update_fields=["until_date"])
    record("appointment_ended", by=by, at=now(), row=appointment, until=appointment.until_date)
    return appointment


def _locked(appointment: Appointment) -> Appointment:
    mine = Appointment.objects.select_for_update(of=("self",))
    return mine.select_related("user", "given_by", "approved_by").get(pk=appointment.pk)


@act
def first_administrators(users: tuple[User, User], *, by: Actor) -> None:
    """Appoint the two administrators that a new installation begins with.

    Done once, by the installation itself: from then on it takes two administrators.
    """
    if by != INSTALLATION or not is_new():
        raise Refused(
            "This installation has its first administrators already", clause=CLAUSE,
            until="An administrator gives, and another approves, each appointment.",
        )  # fmt: skip
    if users[0] == users[1]:
        raise Refused("A new installation begins with two administrators", clause=CLAUSE)
    for user in users:
        made = Appointment.objects.create(
            user=user, role=Role.ADMINISTRATOR, area=None, from_date=today()
        )
        record("appointed", by=by, at=now(), row=made, role=made.role, user=user.pk)
