"""Words that were posted too late: held for a day, for the same person, form and browser (S17).

They are sealed under the server's key and the browser's secret together, and the row is there
for its person alone: neither the database, the server nor another person opens them.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now

from waymark.accounts.models import TYPED, Typed
from waymark.database.keys import random_key
from waymark.database.sealing import Damaged, KeyIsMissing, open_with, place, seal_with
from waymark.directory.models import User

KEPT_FOR = timedelta(hours=24)
MOST = 1024 * 1024  # bytes of one person's words
AT_ONCE = 20  # forms of one person
LOCK = 3  # beside those of attempts.py


@dataclass(frozen=True)
class Words:
    """What was typed (URL-encoded) on the form at an address."""

    key: int
    address: str
    typed: str
    had_files: bool


def new_secret() -> str:
    """A browser's secret: 256 random bits."""
    return secrets.token_urlsafe(32)


def keep(secret: str, user_id: int, address: str, typed: str, *, had_files: bool = False) -> bool:
    """Keep what was typed for that person and browser; False where it is too much.

    Whoever has the cookie of an ended session can send again and again: what is kept already
    is never pushed out by what comes later.
    """
    key = random_key()
    words = json.dumps({"address": address, "typed": typed, "had_files": had_files}).encode()
    if not _has_room(user_id, len(words)):
        return False
    bound_to = place("accounts_typed", "sealed", key)
    Typed.objects.create(
        id=key, user_id=user_id, digest=_digest(secret), at=Now(), expires_at=Now() + KEPT_FOR,
        sealed=seal_with(TYPED, secret, words, bound_to=bound_to),
    )  # fmt: skip
    return True


def _has_room(user_id: int, more: int) -> bool:
    """Whether so many bytes more can be kept. Who keeps next waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, user_id % 2**31])
        cursor.execute("SELECT forms, bytes FROM typed_of(%s)", [user_id])
        forms, kept = cursor.fetchone()
    return bool(forms < AT_ONCE and kept + more <= MOST)


def found(secret: str, address: str, *, by: User) -> Words | None:
    """What `by` typed last on the form at that address in the browser of `secret`, or None."""
    rows = Typed.objects.filter(user=by, digest=_digest(secret), expires_at__gt=Now())
    opened = (_opened(row, secret) for row in rows.order_by("-at", "pk")[:AT_ONCE])
    return next((one for one in opened if one and one.address == address), None)


def forget(secret: str, address: str, *, by: User) -> None:
    """It was sent, or thrown away."""
    while words := found(secret, address, by=by):
        Typed.objects.filter(user=by, pk=words.key).delete()


def _opened(row: Typed, secret: str) -> Words | None:
    try:
        bound_to = place("accounts_typed", "sealed", row.pk)
        words = open_with(TYPED, secret, bytes(row.sealed), bound_to=bound_to)
    except (Damaged, KeyIsMissing):
        return None
    return Words(row.pk, **json.loads(words))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
