"""Accounts and appointments: two people give somebody a post, and nobody appoints themselves."""

from datetime import date

from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.directory.keeping import INSTALLATION, is_new, may_keep
from waymark.directory.models import Appointment, Area, Organisation, Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "B.1"


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


def may_appoint(by: User, user: User, *, approved_by: User) -> None:
    """One administrator gives, another has approved, and neither is the one appointed."""
    may_keep(by)
    if Role.ADMINISTRATOR not in approved_by.roles_in() or approved_by == by:
        raise Refused(
            "An appointment is approved by another administrator", clause=CLAUSE,
            until="Ask a second administrator to approve it.",
        )  # fmt: skip
    if user in (by, approved_by):
        raise Refused(
            "Nobody appoints themselves", clause=CLAUSE,
            until="Two other administrators give and approve it.",
        )  # fmt: skip


@act
def appoint(
    user: User, *, by: User, approved_by: User, role: Role, area: Area | None,
    from_date: date | None = None, until_date: date | None = None,
    deputy_for: User | None = None,
) -> Appointment:  # fmt: skip
    """Give `user` a role, in an area or (None) in all, from today unless another day is said.

    `approved_by`: the administrator who has agreed to it.
    """
    may_appoint(by, user, approved_by=approved_by)
    made = Appointment.objects.create(
        user=user, role=role, area=area, from_date=from_date or today(), until_date=until_date,
        given_by=by, approved_by=approved_by, deputy_for=deputy_for,
    )  # fmt: skip
    record("appointed", by=by, at=now(), row=made, role=role.value, user=user.pk)
    return made


@act
def end_appointment(appointment: Appointment, *, by: User, on: date | None = None) -> Appointment:
    """End an appointment: `on` is the last day on which it is held, today unless said."""
    may_keep(by)
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    appointment.until_date = max(on or today(), appointment.from_date)
    appointment.save(update_fields=["until_date"])
    record("appointment_ended", by=by, at=now(), row=appointment, until=appointment.until_date)
    return appointment


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
