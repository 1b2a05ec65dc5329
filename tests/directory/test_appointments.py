"""Two people give somebody a post: the database and the code say alike who holds one (B.1)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import INSTALLATION, Cast, acting
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory import appointments
from waymark.directory.models import Appointment, Role, User
from waymark.directory.permission import Refused

DAY = timedelta(days=1)


@pytest.fixture
def second(essex: Cast) -> User:
    """A second administrator, beside `essex.administrator`."""
    return essex.appointed(Role.ADMINISTRATOR, of=essex.council)


def given(essex: Cast, **said: Any) -> Appointment:
    by = acting(essex.administrator)
    return appointments.give(essex.outsider, by=by, role=Role.CHAIR, area=essex.area, **said)


def posts_in_the_database(user: User) -> set[str]:
    """What the policies are told that `user` holds."""
    acting(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT my_posts()")
        return {row[0] for row in cursor.fetchall()}


def posts_here(user: User) -> set[str]:
    acting(user)
    anew = User.objects.get(pk=user.pk)
    held = anew.appointments_today()
    return {f"{role}:" for role, _ in held} | {f"{role}:{area}" for role, area in held if area}


def areas_shown(user: User) -> list[Any]:
    acting(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT my_areas('work', 'opened')")
        return cursor.fetchall()


def test_what_one_has_given_is_held_once_a_second_approves(essex: Cast, second: User) -> None:
    post = given(essex)
    assert posts_here(essex.outsider) == posts_in_the_database(essex.outsider) == set()
    assert areas_shown(essex.outsider) == []
    appointments.approve(post, by=acting(second))
    held = {"chair:", f"chair:{essex.area.pk}"}
    assert posts_here(essex.outsider) == posts_in_the_database(essex.outsider) == held
    assert areas_shown(essex.outsider) == [(essex.area.pk,)]


@pytest.mark.parametrize("approved", [True, False])
@pytest.mark.parametrize("by_somebody", [True, False])
@pytest.mark.parametrize("until", [None, -1, 0, 1])
@pytest.mark.parametrize("start", [-2, 0, 1])
def test_code_and_database_agree_on_who_holds_a_post(
    essex: Cast, second: User, start: int, until: int | None, by_somebody: bool, approved: bool
) -> None:
    if until is not None and until < start - 1:
        return
    become(INSTALLATION)
    Appointment.objects.create(
        user=essex.outsider, role=Role.CHAIR, area=essex.area, from_date=today() + start * DAY,
        until_date=None if until is None else today() + until * DAY,
        given_by=essex.administrator if by_somebody else None,
        approved_by=second if approved and by_somebody else None,
    )  # fmt: skip
    assert posts_here(essex.outsider) == posts_in_the_database(essex.outsider)
    in_time = start <= 0 and (until is None or until >= 0)
    assert bool(posts_here(essex.outsider)) == (in_time and (approved or not by_somebody))


def test_nobody_appoints_or_approves_themselves(essex: Cast, second: User) -> None:
    admin = acting(essex.administrator)
    with pytest.raises(Refused, match="Nobody appoints themselves"):
        appointments.give(admin, by=admin, role=Role.CHAIR, area=essex.area)
    post = given(essex)
    with pytest.raises(Refused, match="that they gave"):
        appointments.approve(post, by=acting(essex.administrator))
    mine = appointments.give(
        second, by=acting(essex.administrator), role=Role.ADMINISTRATOR, area=essex.area
    )
    with pytest.raises(Refused, match="their own appointment"):
        appointments.approve(mine, by=acting(second))
    with pytest.raises(Refused, match="not yours"):
        appointments.approve(post, by=acting(essex.chair))


def test_database_lets_nobody_give_in_anothers_name_or_as_if_approved(
    essex: Cast, second: User
) -> None:
    acting(essex.administrator)
    whole = {"user": essex.outsider, "role": Role.CHAIR, "area": essex.area, "from_date": today()}
    for wrong in (
        {"given_by": second},
        {"given_by": None},
        {"given_by": essex.administrator, "approved_by": second},
    ):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Appointment.objects.create(**whole, **wrong)


def test_taken_back_it_never_comes_into_force(essex: Cast, second: User) -> None:
    post = given(essex)
    appointments.end_appointment(post, by=acting(essex.administrator))
    again = appointments.end_appointment(given(essex), by=second, on=today() - DAY)
    assert again.until_date == today() - DAY
    with pytest.raises(Refused, match="taken back"):
        appointments.approve(again, by=acting(second))
    assert posts_in_the_database(essex.outsider) == set()


def test_a_post_ends_after_its_last_day_or_at_once(essex: Cast) -> None:
    held = Appointment.objects.get(user=essex.coordinator)
    ended = appointments.end_appointment(held, by=acting(essex.administrator))
    assert ended.until_date == today()
    assert posts_in_the_database(essex.coordinator)
    held = Appointment.objects.get(user=essex.vice_chair)
    appointments.end_appointment(held, by=acting(essex.administrator), on=today() - DAY)
    assert posts_in_the_database(essex.vice_chair) == set()


def test_two_administrators_are_always_left(essex: Cast, second: User) -> None:
    theirs = Appointment.objects.get(user=second)
    with pytest.raises(Refused, match="Fewer than two administrators"):
        appointments.end_appointment(theirs, by=acting(essex.administrator))
    essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    ended = appointments.end_appointment(theirs, by=acting(essex.administrator))
    assert ended.until_date == today()


def test_last_day_before_the_first_is_refused(essex: Cast) -> None:
    with pytest.raises(Refused, match="last day comes before the first"):
        given(essex, from_date=date(2030, 5, 1), until_date=date(2030, 4, 1))


@pytest.mark.requirement("S28")
@pytest.mark.clause("2.1.4")
@pytest.mark.parametrize(
    ("held", "other"),
    [
        (Role.CHAIR, Role.ADMINISTRATOR),
        (Role.ADMINISTRATOR, Role.POLICE_OFFICER),
        (Role.ADMINISTRATOR, Role.AUDITOR),
        (Role.PARTNER, Role.AUDITOR),
        (Role.INFORMATION_GOVERNANCE, Role.COORDINATOR),
    ],
)
def test_who_keeps_accounts_or_checks_others_holds_no_other_post(
    essex: Cast, second: User, held: Role, other: Role
) -> None:
    user = essex.appointed(held, of=essex.council)
    appointments_of = {"user": user, "by": acting(essex.administrator), "role": other, "area": None}
    with pytest.raises(Refused, match="at a time"):
        appointments.give(**appointments_of)
    mine = Appointment.objects.get(user=user)
    mine.until_date = today()
    mine.save(update_fields=["until_date"])
    with pytest.raises(Refused, match="at a time"):
        appointments.give(**appointments_of)
    later = appointments.give(**appointments_of, from_date=today() + DAY)
    mine.until_date = None
    mine.save(update_fields=["until_date"])
    with pytest.raises(Refused, match="at a time"):
        appointments.approve(later, by=acting(second))


def test_auditor_and_information_governance_may_be_one_person(essex: Cast) -> None:
    user = essex.appointed(Role.AUDITOR, of=essex.council)
    made = appointments.give(
        user, by=acting(essex.administrator), role=Role.INFORMATION_GOVERNANCE, area=None
    )
    assert made.user == user
