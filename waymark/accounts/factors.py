"""The second factors of an account: which it has, which it must have, and changing them (S13, S14).

A passkey counts as two factors alone: the device checks the person before it opens it.
"""

from enum import StrEnum
from typing import Any

from django.conf import settings

from waymark.accounts import code_apps, passkeys, recovery, sessions
from waymark.accounts.models import CodeApp, Passkey, SignOn
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act

CLAUSE = "B.1"
CHANGED = "sign_in_changed"
HOW = "how"  # in a session: how its person proved who they are
# They can do most harm, or do what a chair does.
BY_PASSKEY = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.CHAIR, Role.VICE_CHAIR})


class How(StrEnum):
    """How somebody proved who they are, as their session keeps it."""

    PASSWORD = "password"  # noqa: S105  alone: enough only where no second factor is asked
    CODE = "code"
    RECOVERY = "recovery"
    PASSKEY = "passkey"
    ORGANISATION = "organisation"  # their own organisation proved two factors
    SIGN_ON = "sign_on"  # it did not: no more than a password


ALONE = ("", How.PASSWORD, How.SIGN_ON)  # no second factor was shown


class Lacks(StrEnum):
    """What somebody who has signed in has still to do before anything else."""

    NOTHING = ""
    FACTOR = "factor"
    PASSKEY = "passkey"


def are_asked() -> bool:
    """Whether this installation asks for a second factor: only a demonstration may not."""
    return bool(settings.WAYMARK_SECOND_FACTOR)


def needs_passkey(user: User) -> bool:
    return bool(user.roles_in() & BY_PASSKEY)


def passkeys_of(user: User) -> list[Passkey]:
    return list(Passkey.objects.filter(user=user).order_by("made_at", "pk"))


def code_app_of(user: User) -> CodeApp | None:
    return CodeApp.objects.filter(user=user).first()


def enough(user: User) -> bool:
    """Whether the account has the factors that its posts need, so that it can be used."""
    if not are_asked() or passkeys_of(user):
        return True
    return code_app_of(user) is not None and not needs_passkey(user)


def has_any(user: User) -> bool:
    return bool(passkeys_of(user)) or code_app_of(user) is not None


def is_linked(user: User) -> bool:
    """Whether somebody can sign in by their organisation, or could until the settings changed."""
    return SignOn.objects.filter(user=user).exists()


def gets_in_without(user: User) -> bool:
    """Whether somebody can sign in without their organisation."""
    return bool(passkeys_of(user)) or (user.has_usable_password() and enough(user))


def lacking(user: User, how: str) -> Lacks:
    """What is missing of a session in which `user` proved themselves so."""
    if not are_asked():
        return Lacks.NOTHING
    if needs_passkey(user):
        return Lacks.NOTHING if how == How.PASSKEY else Lacks.PASSKEY
    return Lacks.FACTOR if how in ALONE else Lacks.NOTHING


def may_change(by: User, how: str) -> None:
    """How an account signs in is changed by whoever proved themselves as well as it lets them:
    nobody puts a factor of their own beside somebody else's."""
    if not are_asked():
        return
    if how in ALONE and has_any(by):
        _refuse("Your account has a second factor, and you have not shown it")
    if how in ("", How.PASSWORD) and is_linked(by):
        _refuse("You sign in by your organisation, and have not done so now")
    if how in (How.CODE, How.ORGANISATION) and needs_passkey(by) and passkeys_of(by):
        _refuse("Your account has a passkey, and you have not shown it")


def _refuse(why: str) -> None:
    raise Refused(
        why, clause=CLAUSE,
        until="Sign out, and sign in with it. If it is lost, use a recovery code.",
    )  # fmt: skip


def may_remove(by: User, how: str, factor: Passkey | CodeApp) -> None:
    """As long as another is left that the account's posts are content with."""
    may_change(by, how)
    others = [one for one in passkeys_of(by) if one != factor]
    app = code_app_of(by)
    if not (others or by.has_usable_password() or is_linked(by)):
        raise Refused(
            "You have no password, so it is your only way to sign in", clause=CLAUSE,
            until="Choose a password first.",
        )  # fmt: skip
    if not are_asked() or others or (app and app != factor and not needs_passkey(by)):
        return
    raise Refused(
        "It is the only one that your account can be used with", clause=CLAUSE,
        until="Add another one first.",
    )  # fmt: skip


@act
def add_passkey(store: Any, said: str, name: str, *, by: User, how: str) -> Passkey:
    """Keep what a device has made; this session then counts as signed in by it."""
    may_change(_alone(by), how)
    made = passkeys.keep(store, said, name, by=by)
    if made is None:
        raise Refused(
            "The passkey could not be checked", clause=CLAUSE,
            until="Press the button again, within five minutes of your device asking.",
        )  # fmt: skip
    _proved(store, How.PASSKEY)
    changed(store, by=by)
    return made


@act
def add_code_app(store: Any, secret: str, code: str, *, by: User, how: str) -> None:
    """Keep an app that has shown its first code, in place of an earlier one."""
    may_change(_alone(by), how)
    if not code_apps.keep(secret, code, by=by):
        raise Refused(
            "That is not the code that the app shows now", clause=CLAUSE,
            until="Wait for the next code, and check that your device’s clock is right.",
        )  # fmt: skip
    if how in ALONE:
        _proved(store, How.CODE)
    changed(store, by=by)


@act
def remove_passkey(store: Any, key: int, *, by: User, how: str) -> None:
    factor = Passkey.objects.filter(user=_alone(by), pk=key).first()
    if factor is None:
        raise Refused("That passkey has been removed already", clause=CLAUSE)
    may_remove(by, how, factor)
    passkeys.remove(factor, by=by)
    changed(store, by=by)


@act
def remove_code_app(store: Any, *, by: User, how: str) -> None:
    factor = code_app_of(_alone(by))
    if factor is None:
        raise Refused("Your account has no such app any more", clause=CLAUSE)
    may_remove(by, how, factor)
    code_apps.remove(by=by)
    changed(store, by=by)


@act
def make_recovery_codes(store: Any, *, by: User, how: str) -> list[str]:
    """Ten new codes, in place of any older ones: what is given back is shown once."""
    may_change(_alone(by), how)
    made = recovery.make(by=by)
    changed(store, by=by)
    return made


def changed(store: Any, *, by: User) -> None:
    """What follows every change of a factor: other sessions end, and the person is told."""
    sessions.end_all(by, by=by, but=store.told.key if store.told else None)
    notify(by, CHANGED, by=by, path="/your-sign-in", at=now())


def _proved(store: Any, how: How) -> None:
    """What was just made was shown too: the session goes on under another token."""
    store[HOW] = how.value
    store.prove()


def _alone(user: User) -> User:
    """One change of an account's factors after the other."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return user
