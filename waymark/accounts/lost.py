"""All second factors are lost: two administrators of two organisations say so (S18).

The old factors and sign-ins end, the password too, and a new invitation goes out.
"""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now

from waymark.accounts import invitations, sessions
from waymark.accounts.invited import LostFactors
from waymark.accounts.models import CodeApp, Passkey, RecoveryCode, SignOn
from waymark.audit.events import record, record_erasure
from waymark.database.clock import now
from waymark.directory.keeping import may_keep
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

WAITS = timedelta(days=7)
CLAUSE = "B.1"


def waiting_of(user: User) -> LostFactors | None:
    """What one administrator has said of the account, and no other has confirmed yet."""
    said = LostFactors.objects.filter(user=user, confirmed_by=None, asked_at__gt=Now() - WAITS)
    return said.select_related("asked_by__organisation").order_by("-asked_at").first()


def may_say(by: User, user: User) -> None:
    """An administrator, of somebody else; not while it is said already."""
    invitations.may_invite(by, user)
    if waiting_of(user):
        raise Refused("An administrator has said this already", clause=CLAUSE,
                      until="An administrator of another organisation confirms it.")  # fmt: skip


@act
def say(user: User, *, by: User, words: str) -> LostFactors:
    """Say that somebody has lost all factors, and how it is known that it is them who asks."""
    may_say(by, user)
    if not words.strip():
        raise Refused("Nothing says how you know that it is them", clause=CLAUSE)
    made = LostFactors.objects.create(user=user, asked_by=by, asked_at=Now(), words=words)
    record("factors_lost", by=by, at=now(), user=user.pk, said=made.pk)
    return made


def may_confirm(by: User, user: User) -> None:
    """Another administrator, of another organisation than the first."""
    invitations.may_invite(by, user)
    said = waiting_of(user)
    if said is None:
        raise Refused("Nobody has said in the last 7 days that all is lost", clause=CLAUSE)
    if by == said.asked_by:
        raise Refused("Nobody confirms what they said themselves", clause=CLAUSE,
                      until="An administrator of another organisation confirms it.")  # fmt: skip
    if by.organisation_id == said.asked_by.organisation_id:
        raise Refused("You work for the same organisation as who said it", clause=CLAUSE,
                      until="An administrator of another organisation confirms it.")  # fmt: skip


@act
def confirm(user: User, *, by: User) -> None:
    """End the old factors, sign-ins and password, and send a new invitation."""
    may_keep(by)
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    may_confirm(by, user)
    said = waiting_of(user)
    assert said is not None
    LostFactors.objects.filter(pk=said.pk).update(confirmed_by=by, confirmed_at=Now())
    record("factors_lost_confirmed", by=by, at=now(), user=user.pk, said=said.pk)
    for table in (Passkey, CodeApp, RecoveryCode, SignOn):
        for row in table.objects.filter(user=user).order_by("pk"):
            row.delete()
            record_erasure("factor_ended", by=by, at=now(), row=row, user=user.pk)
    shut(user, by=by)
    invitations.invite(user, by=by)


def shut(user: User, *, by: User) -> None:
    """Let no password open the account, and end where it is signed in."""
    user.password = make_password(None)
    user.save(update_fields=["password"])
    sessions.end_all(user, by=by)
