"""What a browser has to answer or to go on with: in its session, once, and for a few minutes."""

import secrets
from typing import Any

from django.db import connection

BITS = 256
SECONDS = 5 * 60
CHALLENGE, WAITING = "challenge", "waiting"


def challenge(store: Any, purpose: str) -> bytes:
    """A new challenge for a passkey, in place of any other of this browser."""
    made = secrets.token_bytes(BITS // 8)
    put(store, CHALLENGE, {"bytes": made.hex(), "for": purpose})
    return made


def taken_challenge(store: Any, purpose: str) -> bytes | None:
    """The challenge that this browser was given for that purpose; gone whatever comes of it."""
    kept = taken(store, CHALLENGE)
    if kept is None or kept["for"] != purpose:
        return None
    return bytes.fromhex(kept["bytes"])


def put(store: Any, name: str, what: dict[str, Any], *, seconds: int | None = None) -> None:
    lasts = SECONDS if seconds is None else seconds
    store[name] = what | {"until": _seconds() + lasts}


def peeked(store: Any, name: str) -> dict[str, Any] | None:
    """What was put under that name, where its time is not over; it stays."""
    kept = store.get(name)
    if not isinstance(kept, dict) or kept["until"] < _seconds():
        return None
    return kept


def taken(store: Any, name: str) -> dict[str, Any] | None:
    """The same, and it is gone: of two requests that come at once, one gets it."""
    if not store.held():
        return None
    kept = peeked(store, name)
    store.pop(name, None)
    store.save()
    return kept


def _seconds() -> int:
    """Since 1970, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(cursor.fetchone()[0])
