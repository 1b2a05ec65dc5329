"""An account begins with a link by e-mail: of 128 random bits, for one use within 72 hours (S10).

Of the link only a digest stays once the e-mail has gone out. The link lets somebody choose a
password, or their organisation’s sign-in, and nothing else: it never stands in for a second factor.
"""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.db.models.functions import Now

from waymark.accounts import passwords, sessions, signing_in
from waymark.accounts.invited import INVITATION, Invitation
from waymark.accounts.sign_on import links
from waymark.accounts.sign_on.tokens import Shown
from waymark.audit.events import record
from waymark.database.actor import Actor, Visitor
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.database.keys import random_key
from waymark.database.sealing import Damaged, KeyIsMissing, open_sealed, place, seal
from waymark.directory.appointments import open_account
from waymark.directory.keeping import may_keep
from waymark.directory.mail import INVITED
from waymark.directory.models import Organisation, User
from waymark.directory.notice import Notice
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act, permits

BITS = 128
LASTS = timedelta(hours=72)
CLAUSE = "B.1"
PATH = "/invitation/"
NOT_OPEN = "This link is not open"


def may_invite(by: User, user: User) -> None:
    """An administrator, to an account of somebody else that is not suspended."""
    may_keep(by)
    if user == by:
        raise Refused("Nobody invites themselves", clause=CLAUSE,
                      until="Another administrator sends the link.")  # fmt: skip
    if not user.is_active:
        raise Refused("This account is suspended", clause=CLAUSE, until="Wake it first.")
    if not user.email:
        raise Refused("This account has no e-mail address", clause=CLAUSE,
                      until="Enter its e-mail address first.")  # fmt: skip


@act
def open_and_invite(
    *, by: User, username: str, name: str, organisation: Organisation, email: str
) -> User:
    """Open an account that nobody can sign in with until its link was followed."""
    user = open_account(
        by=by, username=username, name=name, organisation=organisation, email=email,
        password_hash=make_password(None),
    )  # fmt: skip
    invite(user, by=by)
    return user


@act
def invite(user: User, *, by: User) -> Invitation:
    """Send a link to the address of the account. A link that is out already ends."""
    may_keep(by)
    user = _locked(user)
    may_invite(by, user)
    end_those(user, by=by)
    token, key = secrets.token_urlsafe(BITS // 8), random_key()
    made = Invitation.objects.create(
        id=key, user=user, by=by, digest=digest_of(token), made_at=Now(),
        expires_at=Now() + LASTS, notice=notify(user, INVITED, by=by),
        sealed=seal(INVITATION, token.encode(), bound_to=_place(key)),
    )  # fmt: skip
    record("invited", by=by, at=now(), user=user.pk, invitation=key)
    return made


def end_those(user: User, *, by: Actor) -> None:
    """No link of `user` that is out opens anything from now on."""
    for one in Invitation.objects.filter(user=user, used_at=None, ended_at=None):
        Invitation.objects.filter(pk=one.pk).update(ended_at=Now(), sealed=b"")
        record("invitation_ended", by=by, at=now(), user=user.pk, invitation=one.pk)


def last_of(user: User) -> Invitation | None:
    return Invitation.objects.filter(user=user).order_by("-made_at").first()


def path_for(notice: Notice) -> str | None:
    """The address that the e-mail of an invitation carries; None where it opens nothing more."""
    row = _open().filter(notice=notice).first()
    if row is None:
        return None
    try:
        return PATH + open_sealed(INVITATION, bytes(row.sealed), bound_to=_place(row.pk)).decode()
    except (Damaged, KeyIsMissing):
        return None


def forget_token(notice: Notice) -> None:
    """The e-mail has gone out: the token is with its person, and nowhere here."""
    Invitation.objects.filter(notice=notice).update(sealed=b"")


def whose(token: str) -> User | None:
    """Whom a link that is open invites. Unknown, used, ended and expired are alike: None."""
    row = _shown(token)
    user = signing_in.person(row.user_id) if row else None
    become(None)
    return user


def permits_sign_on(user: User) -> bool:
    """Whether whoever `whose` gave back may sign in by their organisation from the start."""
    become(user)
    may = permits(links.may_be_bound, user)
    become(None)
    return may


@act
def accept(token: str, password: str, *, by: Visitor) -> User:
    """Choose a password by a link: it is used up, and every sign-in of the account ends.

    The database answers as to its person from here on; nobody is signed in yet.
    """
    row, user = _used_up(token)
    passwords.may_be_password(password, user)
    _begun_with(row, user, make_password(password))
    return user


@act
def accept_by(token: str, shown: Shown, *, by: Visitor) -> User:
    """The same, with one's organisation's sign-in in place of a password: from now on, whoever
    it says is `shown` is the person invited."""
    row, user = _used_up(token)
    links.may_be_bound(user)
    if links.holder(shown) is not None:
        raise Refused(
            f"Your account at {shown.provider.name} cannot be used here", clause=CLAUSE,
            until="Choose a password, or ask an administrator of accounts.",
        )  # fmt: skip
    links.bind(shown, by=user)
    _begun_with(row, user, make_password(None))
    return user


def _used_up(token: str) -> tuple[Invitation, User]:
    """The invitation of a token and its person, whom the database answers to from here on."""
    row = _shown(token)
    user = signing_in.person(row.user_id) if row else None
    taken = user and _open().filter(digest=digest_of(token)).update(used_at=Now(), sealed=b"")
    if row is None or user is None or not taken:
        raise Refused(NOT_OPEN, clause=CLAUSE, until="Ask an administrator for a new one.")
    return row, user


def _begun_with(row: Invitation, user: User, password_hash: str) -> None:
    user.password = password_hash
    user.save(update_fields=["password"])
    record("invitation_used", by=user, at=now(), user=user.pk, invitation=row.pk)
    sessions.end_all(user, by=user)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _shown(token: str) -> Invitation | None:
    """The open invitation of a token that a visitor shows."""
    become(Visitor(digest_of(token)))
    return _open().filter(digest=digest_of(token)).first()


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, ended_at=None, expires_at__gt=Now())


def _place(key: int) -> str:
    return place("accounts_invitation", "sealed", key)


def _locked(user: User) -> User:
    mine = User.objects.select_for_update(of=("self",)).select_related("organisation")
    return mine.get(pk=user.pk)
