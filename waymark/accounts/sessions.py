"""Where somebody is signed in: looked at, prolonged by a press, ended by themselves or others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from waymark.accounts.models import Attempt, Session, Typed
from waymark.accounts.sight import EXPIRES, IDLE_MINUTES
from waymark.audit.events import record
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

IDLE = timedelta(minutes=IDLE_MINUTES)
WARNED = timedelta(minutes=5)  # so long before its end a page says so
KEPT_AFTER = timedelta(days=1)
ATTEMPTS_KEPT = timedelta(days=30)
EXPIRE = Duty(EXPIRES)
CLAUSE = "B.1"


@dataclass(frozen=True)
class Place:
    """A browser that somebody is signed in at."""

    key: int
    begun_at: datetime
    used_at: datetime
    is_here: bool


def open_of(user: User) -> "QuerySet[Session]":
    """The sessions of `user` that are not over."""
    mine = Session.objects.filter(user=user, ended_at=None, ends_at__gt=Now())
    return mine.filter(used_at__gt=Now() - IDLE)


def places(user: User, here: int | None) -> list[Place]:
    """Where `user` is signed in, the latest first. `here`: the key of the session that asks."""
    return [
        Place(one.pk, one.begun_at, one.used_at, one.pk == here)
        for one in open_of(user).order_by("-used_at", "pk")
    ]


@act
def end(key: int, *, by: User) -> None:
    """End one of one's own sessions: its browser is signed out at its next request."""
    if not open_of(by).filter(pk=key).update(ended_at=Now()):
        raise Refused("That sign-in has ended already", clause=CLAUSE)
    record("session_ended", by=by, at=now(), session=key)


def end_all(user: User, *, by: Actor, but: int | None = None) -> int:
    """End all sessions of `user`, but that of the key `but`; how many. An open page is refused
    at its next request. `by`: themselves, or an administrator."""
    ended = 0
    for one in open_of(user).exclude(pk=but or 0).order_by("pk"):
        ended += Session.objects.filter(pk=one.pk, ended_at=None).update(ended_at=Now())
        record("session_ended", by=by, at=now(), session=one.pk, user=user.pk)
    return ended


def seconds_left(store: Any) -> int:
    """For how many seconds a session goes on if nobody uses it."""
    told = store.told
    return max(0, min(told.idle_left, told.seconds_left)) if told else 0


def can_be_prolonged(store: Any) -> bool:
    """Whether a press makes it go on for longer: not at the end of the eight hours."""
    return bool(store.told and store.told.seconds_left > IDLE.total_seconds())


def forget_old() -> int:
    """Delete what is over for long. For the duty `expire_sign_ins`; how many rows were."""
    return sum(
        rows.delete()[0]
        for rows in (
            Session.objects.filter(ends_at__lt=Now() - KEPT_AFTER),
            Attempt.objects.filter(at__lt=Now() - ATTEMPTS_KEPT),
            Typed.objects.filter(expires_at__lte=Now()),
        )
    )
