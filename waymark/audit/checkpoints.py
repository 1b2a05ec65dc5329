"""Checkpoints: hourly, after many events and when a meeting ends, for keeping elsewhere (S56)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.db.models import Max

from waymark.audit import anchors
from waymark.audit.models import Checkpoint as Checkpoint
from waymark.audit.models import CheckpointSent, Noted
from waymark.database.actor import Duty
from waymark.database.clock import now

MAKE_CHECKPOINTS = Duty("make_checkpoints")
EVERY = timedelta(hours=1)
MANY = 1_000  # events
SETTLED = timedelta(minutes=2)  # by then whoever looked has written it, or never will
FILE = "checkpoints.txt"
AT_ONCE = 5_000
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def make_if_due(key: bytes) -> Checkpoint | None:
    """Make the next checkpoint, if it is time; None where it is not.

    `key`: the private key of 32 bytes that signs. In a transaction of the duty.
    """
    with connection.cursor() as cursor:  # one at a time; and the ends do not wait for us
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waymark.checkpoint'))")
    last = Checkpoint.objects.last()
    return _make(key, last) if _is_due(last) else None


def _is_due(last: Checkpoint | None) -> bool:
    if last is None or now() - last.at >= EVERY:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT events, meetings FROM audit_since(%s)", [last.at])
        events, meetings = cursor.fetchone()
    return bool(meetings > 0 or events - last.events >= MANY)


def _make(key: bytes, last: Checkpoint | None) -> Checkpoint:
    before = anchors.parse(last.text) if last else None
    ends, moved = _ends()
    looks_from = before.looks_until if before else BEGINNING
    looks_until = max(looks_from, now() - SETTLED)
    looks, digest = _looks(looks_from, looks_until)
    made = anchors.Checkpoint(
        number=before.number + 1 if before else 1,
        at=now(),
        previous=before.digest if before else anchors.NOTHING,
        chains=len(ends),
        events=sum(number for number, _ in ends.values()),
        looks_from=looks_from,
        looks_until=looks_until,
        looks=looks,
        looks_digest=digest,
        root=anchors.root_of(ends),
        moved={chain: ends[chain] for chain in moved},
    )
    return _kept(made, key)


def _kept(made: anchors.Checkpoint, key: bytes) -> Checkpoint:
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(made.text.encode())
    Noted.objects.bulk_create(
        [Noted(chain=chain, number=number) for chain, (number, _) in made.moved.items()],
        batch_size=AT_ONCE,
        update_conflicts=True,
        update_fields=["number"],
        unique_fields=["chain"],
    )
    return Checkpoint.objects.create(
        number=made.number, at=made.at, events=made.events, text=made.text, signature=signature
    )


def _ends() -> tuple[dict[int, anchors.End], list[int]]:
    """Where each chain ends, of one moment; and which have moved since the last checkpoint."""
    ends: dict[int, anchors.End] = {}
    moved = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, number, digest, noted FROM audit_ends()")
        for chain, number, digest, noted in cursor:
            ends[chain] = (number, digest)
            if number != noted:
                moved.append(chain)
    return ends, moved


def _looks(since: datetime, until: datetime) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(anchors.LOOKS, [since, until])
        return anchors.looked_between(cursor)


def keep(folder: Path) -> int:
    """Write to the file in `folder` what it lacks; how many were written."""
    path = folder / FILE
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    last = max((anchors.parse(text).number for text, _ in anchors.read(kept)), default=0)
    lacking = list(Checkpoint.objects.filter(number__gt=last))
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        for point in lacking:
            file.write(as_sent(point))
        file.flush()
        os.fsync(file.fileno())
    return len(lacking)


def as_sent(point: Checkpoint) -> str:
    """A checkpoint as it stands in the file and in the e-mail."""
    return anchors.written(point.text, bytes(point.signature))


def to_send(user_id: int) -> Checkpoint | None:
    """The first checkpoint that has not gone to this account; not those before its first."""
    sent = CheckpointSent.objects.filter(user_id=user_id)
    last = sent.aggregate(last=Max("checkpoint__number"))["last"]
    if last is None:
        return Checkpoint.objects.last()
    return Checkpoint.objects.filter(number__gt=last).first()


def was_sent(point: Checkpoint, user_id: int) -> None:
    CheckpointSent.objects.create(checkpoint=point, user_id=user_id, at=now())


def late() -> bool:
    """Whether no checkpoint was made for more than two hours; anybody may ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_checkpointed_at()")
        (last,) = cursor.fetchone()
    return bool(last is None or now() - last > anchors.LATEST)
