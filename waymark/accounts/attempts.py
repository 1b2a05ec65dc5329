"""Failures to sign in bring waits, never a lock for ever; and nothing tells whether an account
exists (S12).

They are counted by a keyed digest of the name that was typed, and of where it came from under a
key of the day: neither name nor address is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models.functions import Now

from waymark.accounts.models import Attempt
from waymark.audit.events import record
from waymark.database.actor import Visitor
from waymark.database.clock import now, real_today
from waymark.database.limits import limits
from waymark.database.sealing import keyed_digest

A_NAME, A_SOURCE = 1, 2


@dataclass(frozen=True)
class Subject:
    """What is counted: a name or a source, by its digest. `bound`: failures before a wait."""

    kind: int
    digest: str
    bound: int


@dataclass(frozen=True)
class Counted:
    """Failures of a subject since it last signed in."""

    failures: int
    since: datetime | None
    lately: int  # within the last quarter of an hour
    wait: int  # minutes of the last wait, where it still counts
    seconds: int  # that one has to wait now


def of_name(typed: str) -> Subject:
    return Subject(A_NAME, keyed_digest("sign-in name", typed), limits().failures)


def of_source(address: str) -> Subject:
    """Where somebody comes from: tomorrow the same address has another digest."""
    day = real_today().isoformat()
    digest = keyed_digest(f"sign-in source {day}", address)
    return Subject(A_SOURCE, digest, limits().source_failures)


def counted(subject: Subject) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM attempts_of(%s)", [subject.digest])
        return Counted(*cursor.fetchone())


def seconds_to_wait(subjects: list[Subject]) -> int:
    """For how long no try counts. Who asks for a subject next waits until this transaction ends,
    so that guesses sent at once are counted one by one.

    Always a name before a source, so that no two wait for each other.
    """
    with connection.cursor() as cursor:
        for subject in sorted(subjects, key=lambda one: one.kind):
            where = int(subject.digest[:8], 16) - 2**31
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [subject.kind, where])
    most = limits().sign_in_minutes * 60
    return min(most, max(counted(subject).seconds for subject in subjects))


def failed(subjects: list[Subject]) -> None:
    """Write down a failure of each: the same rows whether or not there is such an account."""
    for subject in subjects:
        known = counted(subject)
        Attempt.objects.create(
            subject=subject.digest, failed=True, wait=_wait_after(known, subject.bound), at=Now()
        )
    record("sign_in_failed", by=Visitor(), at=now())


def succeeded(name: str) -> Counted:
    """Somebody of that name has signed in; what had failed since the time before."""
    subject = of_name(name)
    before = counted(subject)
    Attempt.objects.create(subject=subject.digest, failed=False, at=Now())
    return before


def _wait_after(known: Counted, bound: int) -> int:
    """Minutes: 1, 2, 4, 8, then the longest and the longest again."""
    if known.wait:
        return min(limits().sign_in_minutes, known.wait * 2)
    return 1 if known.lately + 1 >= bound else 0
