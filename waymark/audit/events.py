"""Writing down what was done, in the same transaction as what it describes.

An event's text holds ids, kinds, dates and a salted digest of the row that changed: never a
name, never anybody's words. It is chained to the one before by SHA-256 and sealed under a key
that the database lacks, so that not even the database's owner can write one that verifies.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from waymark.audit.models import Event
from waymark.database.actor import Actor, Duty, Visitor
from waymark.database.canonical import canonical, columns_of, digest_of, plain
from waymark.database.guard import become
from waymark.database.record import Record

VERSION = "1"
NO_CASE = 0
CODE = re.compile(r"[a-z0-9_.:-]{1,60}")
NAME = re.compile(r"[a-z][a-z_]{0,39}")

Fact = int | bool | date | datetime | str | None


@dataclass(frozen=True)
class Head:
    """Number and digest of a chain's last event; and the database's time, which says which of two
    events came later where they stand in different chains."""

    number: int
    digest: str
    written_at: datetime


class OutsideTransaction(Exception):
    """A defect of ours: an event belongs in the transaction of what it describes."""


def record(
    kind: str,
    *,
    by: Actor,
    at: datetime,
    case_id: int | None = None,
    row: Record | None = None,
    **facts: Fact,
) -> None:
    """Append an event to the case's chain, or to the one for all else.

    `facts` are ids, dates and short codes; anything else raises `ValueError`. `row` is the
    state row that changed, as it now stands in the database: its digest is kept, so record
    after the last write to it. The chain stays locked until the transaction ends: who records
    on many cases does so in the order of their ids, what hangs on no case first.
    """
    _append(kind, by=by, at=at, case_id=case_id, facts=facts, about=_digested(row))


def record_each(kind: str, *, by: Actor, at: datetime, rows: Sequence[Any], **facts: Fact) -> None:
    """The same of many rows, in two queries however many they are.

    `rows`: as they now stand in the database; each goes on the chain of its `case_id`.
    """
    if not rows:
        return
    _in_transaction()
    heads = _take_heads({_chain_of(row.case_id) for row in rows})
    events = []
    for row in sorted(rows, key=lambda one: _chain_of(one.case_id)):
        chain = _chain_of(row.case_id)
        made = _event(kind, chain, heads[chain], by=by, at=at, facts=facts, about=_digested(row))
        heads[chain] = Head(made.number, made.digest, heads[chain].written_at)
        events.append(made)
    Event.objects.bulk_create(events)


def record_erasure(
    kind: str, *, by: Actor, at: datetime, row: Record, case_id: int | None = None, **facts: Fact
) -> None:
    """Append the last event of a row that this transaction deletes; before it or after."""
    about = {"table": row._meta.db_table, "id": row.pk, "erased": True}
    _append(kind, by=by, at=at, case_id=case_id, facts=facts, about=about)


def record_refusal(act: str, *, by: Actor, at: datetime, case_id: int | None, clause: str) -> None:
    """Append that `act` was refused under `clause`, after what it did was rolled back.

    With no transaction around it, it makes one of its own.
    """
    said = re.sub(r"[^a-z0-9_.:-]+", "-", clause.lower()).strip("-")[:60]
    own = not connection.in_atomic_block
    with transaction.atomic():
        if own:
            become(by)
        record("refused", by=by, at=at, case_id=case_id, act=act, clause=said or None)


def name_of(actor: Actor) -> str:
    """An actor as the audit writes it: `user:7`, `visitor`, `visitor:<digest>`, `duty:<name>`."""
    match actor:
        case Visitor():
            return f"visitor:{actor.digest}" if actor.digest else "visitor"
        case Duty():
            return f"duty:{_code(actor.name)}"
    return f"user:{actor.pk}"


def _append(
    kind: str,
    *,
    by: Actor,
    at: datetime,
    case_id: int | None,
    facts: dict[str, Fact],
    about: dict[str, Any] | None,
) -> None:
    _in_transaction()
    chain = _chain_of(case_id)
    head = _take_heads({chain})[chain]
    _event(kind, chain, head, by=by, at=at, facts=facts, about=about).save(force_insert=True)


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("An event is recorded in the transaction of what it describes")


def _chain_of(case_id: int | None) -> int:
    return NO_CASE if case_id is None else case_id


def _event(
    kind: str,
    chain: int,
    head: Head,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Fact],
    about: dict[str, Any] | None,
) -> Event:
    """The event that follows `head` on its chain, not yet written."""
    said: dict[str, Any] = {_name(name): _fact(value) for name, value in facts.items()}
    if about:
        said["row"] = about | {"written_at": plain(head.written_at)}
    number, actor = head.number + 1, name_of(by)
    parts = (VERSION, str(chain), str(number), head.digest, _code(kind), plain(at), actor)
    text = "\n".join((*parts, canonical(said)))
    return Event(
        chain=chain, number=number, kind=kind, at=at, actor=actor, text=text, **_sealed(text)
    )


def _sealed(text: str) -> dict[str, str]:
    return {
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "seal": hmac.digest(settings.WAYMARK_AUDIT_KEY, text.encode(), "sha256").hex(),
    }


def _take_heads(chains: set[int]) -> dict[int, Head]:
    """The head of each of these chains, locked in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.chain, t.number, t.digest, clock_timestamp()"
            " FROM unnest(%s::bigint[]) AS c(chain), LATERAL audit_take(c.chain) AS t",
            [sorted(chains)],
        )
        return {chain: Head(*head) for chain, *head in cursor.fetchall()}


def _digested(row: Record | None) -> dict[str, Any] | None:
    if row is None:
        return None
    columns = columns_of(row)
    return {
        "table": row._meta.db_table,
        "id": row.pk,
        "columns": columns,
        "digest": digest_of(row, columns),
    }


def _fact(value: object) -> Any:
    match value:
        case None | bool() | int() | date():
            return plain(value)
        case str():
            return _code(value)
    raise ValueError(f"The audit holds ids, dates and kinds, not a {type(value).__name__}")


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError("The audit holds short codes, not words")
    return str(value)


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError("A fact's name is a few small letters")
    return name
