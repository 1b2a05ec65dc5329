"""A new installation begins with two administrators, invited on its host (S10).

There is no account before, none with a password that anybody else knows, and no second beginning:
it takes two administrators to make another one.
"""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now

from waymark.accounts.invitations import BITS, CLAUSE, LASTS, PATH, digest_of, end_those
from waymark.accounts.models import Invitation
from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.keys import random_key
from waymark.directory.appointments import first_administrators, open_account
from waymark.directory.keeping import INSTALLATION, enter_organisation, is_new
from waymark.directory.models import Appointment, Organisation, Role, User
from waymark.directory.permission import Refused, act


@dataclass(frozen=True)
class Newcomer:
    """Who is to be a first administrator. `kind`: of the organisation, by the policy pack."""

    username: str
    name: str
    email: str
    organisation: str
    kind: str


@dataclass(frozen=True)
class Link:
    """The address of a link for one use, and for whom. It is told once and is nowhere kept."""

    user: User
    path: str


@act
def begin(first: Newcomer, second: Newcomer, *, by: Actor) -> list[Link]:
    """Open the accounts of the first two administrators, of two organisations, and invite them."""
    _may_begin(by)
    if first.organisation == second.organisation or first.username == second.username:
        raise Refused(
            "The first two administrators are two people of two organisations", clause=CLAUSE,
            until="Each helps the other where all second factors are lost.",
        )  # fmt: skip
    users = (_opened(first, by=by), _opened(second, by=by))
    links = [_invited(user, by=by) for user in users]
    first_administrators(users, by=by)
    return links


def _may_begin(by: Actor) -> None:
    if by != INSTALLATION or not is_new():
        raise Refused(
            "This installation has its first administrators already", clause=CLAUSE,
            until="An administrator opens each further account, and another approves its posts.",
        )  # fmt: skip


def _opened(one: Newcomer, *, by: Actor) -> User:
    body = Organisation.objects.filter(name=one.organisation).first()
    return open_account(
        by=by, username=one.username, name=one.name, email=one.email,
        organisation=body or enter_organisation(by=by, name=one.organisation, kind=one.kind),
        password_hash=make_password(None),
    )  # fmt: skip


def _invited(user: User, *, by: Actor) -> Link:
    token, key = secrets.token_urlsafe(BITS // 8), random_key()
    Invitation.objects.create(
        id=key, user=user, digest=digest_of(token), sealed=b"", made_at=Now(),
        expires_at=Now() + LASTS,
    )  # fmt: skip
    record("invited", by=by, at=now(), user=user.pk, invitation=key)
    return Link(user, PATH + token)


@act
def tell_again(*, by: Actor) -> list[Link]:
    """New links in place of the first two: only while neither of them was ever followed."""
    held = Appointment.objects.filter(role=Role.ADMINISTRATOR)
    users = list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))
    used = Invitation.objects.exclude(used_at=None).exists()  # of those told on the host
    begun = used or held.exclude(given_by=None).exists()
    if by != INSTALLATION or begun or not users or any(one.has_usable_password() for one in users):
        raise Refused(
            "There is no link of first administrators that waits to be followed", clause=CLAUSE,
            until="An administrator can send a link to another one.",
        )  # fmt: skip
    for user in users:
        end_those(user, by=by)
    return [_invited(user, by=by) for user in users]
