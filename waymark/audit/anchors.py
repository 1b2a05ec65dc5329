"""Checkpoints kept elsewhere: what each says, and whether the database still fits them.

Like `verify`, it imports nothing else of the product. A checkpoint's text names the last event
of each chain that has moved since the one before, a digest over the ends of all chains, and the
looks of the time between; it is signed with a key that neither database nor web server has.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TITLE = "waymark checkpoint 1"
NOTHING = "0" * 64
LATEST = timedelta(hours=2)
LOOKS = """
SELECT coalesce(case_id::text, ''), actor,
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    part, purpose || CASE WHEN sight = '' AND had_task IS NULL THEN ''
        ELSE '/' || sight || '/' || coalesce(had_task::text, '') END,
    object_kind, coalesce(object_id::text, ''), id::text
FROM audit_look WHERE at > %s AND at <= %s ORDER BY at, id
"""
ENDS = """
SELECT u.chain, u.number, CASE WHEN u.number = 0 THEN repeat('0', 64) ELSE e.digest END
FROM unnest(%s::bigint[], %s::bigint[]) AS u(chain, number)
LEFT JOIN audit_event e ON e.chain = u.chain AND e.number = u.number ORDER BY 1
"""
End = tuple[int, str]  # number and digest of a chain's last event


@dataclass(frozen=True)
class Checkpoint:
    """The state of the audit at a moment, as it is written, signed and sent."""

    number: int
    at: datetime
    previous: str  # digest of the text of the checkpoint before
    chains: int
    events: int
    looks_from: datetime
    looks_until: datetime
    looks: int
    looks_digest: str
    root: str
    moved: dict[int, End] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is signed."""
        looked = f"{_plain(self.looks_from)} {_plain(self.looks_until)} {self.looks}"
        lines = [
            TITLE,
            f"number {self.number}",
            f"at {_plain(self.at)}",
            f"previous {self.previous}",
            f"chains {self.chains}",
            f"events {self.events}",
            f"looks {looked} {self.looks_digest}",
            f"root {self.root}",
            *(f"head {chain} {end[0]} {end[1]}" for chain, end in sorted(self.moved.items())),
        ]
        return "\n".join(lines) + "\n"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class Unreadable(Exception):
    """What stands in the file is not a checkpoint."""


def written(text: str, signature: bytes) -> str:
    """A checkpoint as it stands in the file and in the e-mail: text, signature, an empty line."""
    return f"{text}signature {base64.b64encode(signature).decode()}\n\n"


def read(kept: str) -> Iterator[tuple[str, bytes]]:
    """Text and signature of each checkpoint in a file, or in saved e-mails put together."""
    lines: list[str] = []
    for line in (one.strip() for one in kept.splitlines()):
        if line == TITLE:
            lines = [line]
        elif lines and line.startswith("signature "):
            yield "\n".join(lines) + "\n", _signature(line)
            lines = []
        elif lines and line:
            lines.append(line)
    if lines:
        raise Unreadable("the last checkpoint is cut off")


def _signature(line: str) -> bytes:
    try:
        return base64.b64decode(line.removeprefix("signature "), validate=True)
    except binascii.Error:
        return b""


def parse(text: str) -> Checkpoint:
    """What a checkpoint's text says; `Unreadable` where it says something else."""
    try:
        title, *lines = text.splitlines()
        said = dict(line.split(" ", 1) for line in lines if not line.startswith("head "))
        looks = said["looks"].split(" ")
        made = Checkpoint(
            number=int(said["number"]),
            at=_moment(said["at"]),
            previous=said["previous"],
            chains=int(said["chains"]),
            events=int(said["events"]),
            looks_from=_moment(looks[0]),
            looks_until=_moment(looks[1]),
            looks=int(looks[2]),
            looks_digest=looks[3],
            root=said["root"],
            moved=dict(_head(line) for line in lines if line.startswith("head ")),
        )
    except (ValueError, KeyError, IndexError):
        raise Unreadable("it does not read as a checkpoint") from None
    if title != TITLE or made.text != text:
        raise Unreadable("it does not read as a checkpoint")
    return made


def _head(line: str) -> tuple[int, End]:
    _, chain, number, digest = line.split(" ")
    return int(chain), (int(number), digest)


def root_of(ends: dict[int, End]) -> str:
    """A digest over where all chains end."""
    made = hashlib.sha256()
    for chain, (number, digest) in sorted(ends.items()):
        made.update(f"{chain} {number} {digest}\n".encode())
    return made.hexdigest()


def looked_between(rows: Iterable[tuple[str, ...]]) -> tuple[int, str]:
    """How many looks these are, and a digest over them."""
    made, count = hashlib.sha256(), 0
    for row in rows:
        count += 1
        made.update(("|".join(row) + "\n").encode())
    return count, made.hexdigest()


def faults(
    database: "psycopg.Connection[Any]", kept: str, public: bytes, now: datetime
) -> Iterator[tuple[str, str]]:
    """Each fault that checkpoints kept elsewhere show: its sentence, and where."""
    trusted, ends = list[Checkpoint](), dict[int, End]()
    try:
        for text, signature in read(kept):
            fault = _untrue(text, signature, public, trusted, ends)
            if fault:
                yield fault, f"checkpoint {len(trusted) + 1} of the file"
                return
    except Unreadable as problem:
        yield str(problem), f"checkpoint {len(trusted) + 1} of the file"
    if not trusted:
        yield "no checkpoint stands in it", "the file"
        return
    if now - trusted[-1].at > LATEST:
        yield "no checkpoint came for more than two hours", f"checkpoint {trusted[-1].number}"
    yield from _unfit(database, trusted)


def _untrue(
    text: str, signature: bytes, public: bytes, before: list[Checkpoint], ends: dict[int, End]
) -> str:
    """Why this one cannot be believed; where it can, it joins those before it."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return "it was not signed with the checkpoint key"
    made = parse(text)
    if made.number != len(before) + 1:
        return "one or more checkpoints before it are missing"
    if made.previous != (before[-1].digest if before else NOTHING):
        return "it does not follow the checkpoint before it"
    ends.update(made.moved)
    if root_of(ends) != made.root or len(ends) != made.chains:
        return "it was made of other chains than it names"
    before.append(made)
    return ""


def _unfit(
    database: "psycopg.Connection[Any]", trusted: list[Checkpoint]
) -> Iterator[tuple[str, str]]:
    """Where the database lacks, or tells otherwise, what a checkpoint says of it."""
    for point in trusted:
        where = f"checkpoint {point.number}"
        held = database.execute(
            "SELECT text FROM audit_checkpoint WHERE number = %s", [point.number]
        ).fetchone()
        if held is None or held[0] != point.text:
            yield "the database does not have this checkpoint", where
        chains = sorted(point.moved)
        numbers = [point.moved[chain][0] for chain in chains]
        for chain, number, digest in database.execute(ENDS, [chains, numbers]):
            place = f"{where}, chain {chain}, event {number}"
            if digest is None:
                yield "an event that was there is gone", place
            elif digest != point.moved[chain][1]:
                yield "an event is another than it was", place
        between = (point.looks_from, point.looks_until)
        if looked_between(database.execute(LOOKS, between)) != (point.looks, point.looks_digest):
            yield "looks were removed, added or altered", where


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
