"""Which account is whose elsewhere: (issuer, subject), kept as a keyed digest, never an e-mail.

An account is linked by whoever holds it: behind the link of their invitation, or signed in.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from waymark.accounts import factors, signing_in
from waymark.accounts.factors import CLAUSE, How
from waymark.accounts.models import SignOn
from waymark.accounts.sign_on import providers
from waymark.accounts.sign_on.tokens import Shown
from waymark.audit.events import record, record_erasure
from waymark.database.actor import Visitor
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.database.sealing import keyed_digest, keyed_digests
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

PURPOSE = "sign-on subject"


@dataclass(frozen=True)
class Holder:
    """The account that somebody elsewhere is linked to."""

    key: int
    is_open: bool  # not suspended or closed


def of(user: User) -> list[SignOn]:
    return list(SignOn.objects.filter(user=user).order_by("made_at", "pk"))


def holder(shown: Shown) -> Holder | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sign_on_holder(%s)", [keyed_digests(PURPOSE, _who(shown))])
        row = cursor.fetchone()
    return Holder(*row) if row else None


def person_of(shown: Shown) -> User | None:
    """Whose open account it is: from here on the database answers as to them. Else None, and
    nothing tells whether there is such an account, or what became of it."""
    found = holder(shown)
    user = signing_in.person(found.key) if found and found.is_open else None
    if user is None:
        become(None)
        record("sign_on_unknown", by=Visitor(), at=now(), provider=shown.provider.code)
        return None
    row = SignOn.objects.get(user=user, digest__in=keyed_digests(PURPOSE, _who(shown)))
    SignOn.objects.filter(pk=row.pk).update(used_at=Now())
    record("sign_on_shown", by=user, at=now(), provider=shown.provider.code, sign_on=row.pk,
           two_factors=shown.proves_two)  # fmt: skip
    return user


def may_be_bound(user: User) -> None:
    """By an invitation only where nothing else is there that it could stand in for."""
    if factors.has_any(user) or of(user):
        raise Refused(
            "This account has another way to sign in, which a link cannot stand in for",
            clause=CLAUSE, until="Choose a password, then show what you signed in with before.",
        )  # fmt: skip


def may_link(by: User, how: str, shown: Shown) -> None:
    """One of a provider, and nobody else's. Whose it is otherwise is not told."""
    factors.may_change(by, how)
    mine = SignOn.objects.filter(user=by, provider=shown.provider.code)
    if holder(shown) is not None or mine.exists():
        raise Refused(
            f"Your account at {shown.provider.name} cannot be linked to this one", clause=CLAUSE,
            until="Ask an administrator of accounts of your partnership.",
        )  # fmt: skip


@act
def link(store: Any, shown: Shown, *, by: User, how: str) -> SignOn:
    """Let `by` sign in by their organisation from now on."""
    may_link(_alone(by), how, shown)
    made = bind(shown, by=by)
    factors.changed(store, by=by)
    return made


def bind(shown: Shown, *, by: User) -> SignOn:
    """Keep that this is `by` elsewhere: for acts that have asked whether it may be."""
    made = SignOn.objects.create(
        user=by, provider=shown.provider.code, made_at=Now(),
        digest=keyed_digest(PURPOSE, _who(shown)),
    )  # fmt: skip
    record("sign_on_linked", by=by, at=now(), provider=shown.provider.code, sign_on=made.pk)
    return made


def may_unlink(by: User, how: str, row: SignOn) -> None:
    """As long as another way in is left."""
    factors.may_change(by, how)
    others = [one for one in of(by) if one != row and providers.named(one.provider)]
    if not others and not factors.gets_in_without(by):
        raise Refused("It is your only way to sign in", clause=CLAUSE,
                      until="Make a passkey first.")  # fmt: skip


@act
def unlink(store: Any, key: int, *, by: User, how: str) -> None:
    row = SignOn.objects.filter(user=_alone(by), pk=key).first()
    if row is None:
        raise Refused("That has been removed already", clause=CLAUSE)
    may_unlink(by, how, row)
    row.delete()
    record_erasure("sign_on_unlinked", by=by, at=now(), row=row, provider=row.provider)
    factors.changed(store, by=by)


def confirm_by(user: User, how: str) -> list[providers.Provider]:
    """Where somebody shows again who they are who has nothing of ours to show it with."""
    if how not in (How.ORGANISATION, How.SIGN_ON) or factors.has_any(user):
        return []
    found = [providers.named(one.provider) for one in of(user)]
    return [one for one in found if one and (how == How.SIGN_ON or one.acr or one.amr)]


def _who(shown: Shown) -> str:
    return f"{shown.provider.issuer}\n{shown.subject}"


def _alone(user: User) -> User:
    """One change of an account's factors after the other."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    return user
