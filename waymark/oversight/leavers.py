"""Who leaves is suspended: sessions, posts and grants end, and their work goes on (S19, R40).

The account is closed only when nothing hangs on it; what its person wrote stays. An account
that nobody has used for 90 days is suspended by a duty.
"""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from waymark.accounts import invitations, lost, sessions
from waymark.audit.events import record
from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.database.actor import Actor
from waymark.database.clock import now, real_today, today
from waymark.database.guard import become
from waymark.directory.appointments import end_posts, other_administrators
from waymark.directory.keeping import may_keep
from waymark.directory.models import Appointment, Role, Suspension, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.oversight.confirmed import PersonConfirmed
from waymark.oversight.left_work import hand_all_on, is_left_with

CLAUSE = "B.1"
UNUSED_DAYS = 90
Kind = Suspension.Kind


def suspension_of(user: User) -> Suspension | None:
    """Why the account cannot be used now, if it cannot."""
    found = Suspension.objects.filter(user=user, woken_at=None)
    return found.select_related("by", "receiver").first()


def may_suspend(by: User, user: User) -> None:
    """An administrator, of an account of somebody else that is in use."""
    may_keep(by)
    if user == by:
        raise Refused("Nobody suspends themselves", clause=CLAUSE,
                      until="Another administrator does it.")  # fmt: skip
    if not user.is_active:
        raise Refused("This account is suspended already", clause=CLAUSE)


@act
def suspend(user: User, *, by: User, kind: str, words: str, to: User | None = None) -> Suspension:
    """From their next request they are out; all that hangs on them goes on in this one act.

    `to`: who takes over, wherever their post shows them the case.
    """
    may_keep(by)
    user = _locked(user)
    may_suspend(by, user)
    if kind not in Kind or Kind(kind).is_by_itself or not words.strip():
        raise Refused("Nothing says why", clause=CLAUSE)
    if to and (to == user or not to.is_active):
        raise Refused(f"{to.name} cannot take the work over", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip
    made = _shut(user, by=by, given_by=by, kind=kind, words=words, receiver=to)
    end_posts(user, by=by)
    hand_all_on(user, to=to, by=by)
    return made


def let_go(user: User, *, by: User, words: str) -> None:
    """Part of a confirmation: their organisation says that they have left. Administrators are
    told, and close the account. The database is asked as the duty, since `by` may be none."""
    become(FOLLOW_LEAVERS)
    user = _locked(user)
    if user.is_active:
        _shut(user, by=by, given_by=by, kind=Kind.LEFT, words=words)
        end_posts(user, by=by)
        for one in _administrators():
            notify(one, "account_left", by=by, path=f"/accounts/{user.pk}")
        hand_all_on(user, to=None, by=by)
    become(by)


def _shut(user: User, *, by: Actor, given_by: User | None = None, **said: object) -> Suspension:
    user.is_active = False
    user.save(update_fields=["is_active"])
    made: Suspension = Suspension.objects.create(user=user, by=given_by, at=now(), **said)
    record("account_suspended", by=by, at=made.at, row=made, user=user.pk, why=made.kind)
    sessions.end_all(user, by=by)
    invitations.end_those(user, by=by)
    return made


def may_close(by: User, user: User) -> None:
    """An administrator, of a suspended account."""
    may_keep(by)
    found = suspension_of(user)
    if found is None:
        raise Refused(
            "Only a suspended account is closed", clause=CLAUSE, until="Suspend it first."
        )
    if found.closed_at:
        raise Refused("This account is closed", clause=CLAUSE)


@act
def close(user: User, *, by: User) -> None:
    """Close it for good, once nothing hangs on it. What its person wrote stays under their name."""
    may_keep(by)
    user = _locked(user)
    may_close(by, user)
    found = suspension_of(user)
    assert found is not None
    hand_all_on(user, to=found.receiver, by=by)
    if is_left_with(user, by=by):
        raise Refused(
            "Something is still left with this account, and nobody sees it who could take it over",
            clause=CLAUSE, until="Appoint a police lead of the area, then close it.",
        )  # fmt: skip
    found.closed_at, found.closed_by = now(), by
    found.save(update_fields=["closed_at", "closed_by"])
    record("account_closed", by=by, at=found.closed_at, row=found, user=user.pk)


def may_wake(by: User, user: User) -> None:
    """An administrator, of a suspended account of somebody else that was not closed."""
    may_close(by, user)
    if user == by:
        raise Refused("Nobody wakes themselves", clause=CLAUSE)
    if not user.email:
        raise Refused("This account has no e-mail address", clause=CLAUSE,
                      until="Enter its e-mail address first.")  # fmt: skip


@act
def wake(user: User, *, by: User) -> None:
    """It can be used again: by whoever follows a new link. Factors stay; ended posts stay ended."""
    may_keep(by)
    user = _locked(user)
    may_wake(by, user)
    found = suspension_of(user)
    assert found is not None
    PersonConfirmed.objects.create(
        user=user, organisation=user.organisation, by=by, says=PersonConfirmed.Says.HERE, at=now(),
        on_date=real_today(),
    )  # fmt: skip
    found.woken_at, found.woken_by = now(), by
    found.save(update_fields=["woken_at", "woken_by"])
    record("account_woken", by=by, at=found.woken_at, row=found, user=user.pk)
    user.is_active = True
    user.save(update_fields=["is_active"])
    lost.shut(user, by=by)
    invitations.invite(user, by=by)


def unused() -> "QuerySet[User]":
    """The accounts in use whose person has not signed in for 90 real days."""
    last = Coalesce("signed_in_date", "opened_date")
    day: date = real_today() - timedelta(days=UNUSED_DAYS)
    found = User.objects.filter(is_active=True).annotate(last=last).filter(last__lt=day)
    woken = Suspension.objects.filter(woken_at__gte=now() - timedelta(days=UNUSED_DAYS))
    return found.exclude(pk__in=woken.values("user"))


@act
def let_sleep(user: User, *, by: Actor, kind: Kind = Kind.UNUSED) -> bool:
    """Suspend an account that nobody uses or confirms, for the duty; never one of the last two
    administrators.

    Its posts stay, so that an administrator can wake it; its work goes on.
    """
    user = _locked(user)
    keeps = Role.ADMINISTRATOR in user.roles_in()
    if by != FOLLOW_LEAVERS or not user.is_active or (keeps and other_administrators(user) < 2):
        return False
    _shut(user, by=by, kind=kind)
    for one in _administrators():
        notify(one, "account_sleeps", by=by, path=f"/accounts/{user.pk}")
    hand_all_on(user, to=None, by=by)
    return True


def _administrators() -> "QuerySet[User]":
    held = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _locked(user: User) -> User:
    mine = User.objects.select_for_update(of=("self",)).select_related("organisation")
    return mine.get(pk=user.pk)
