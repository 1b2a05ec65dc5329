"""Checking the audit from outside: its chains, its seals, and the rows that it speaks of.

It imports nothing of the product but `anchors`, so that it can be read, kept and run apart from
what it checks; it connects as a role that may only read. `canonical` here and in the product
are alike by a test. What it cannot find is said in docs/audit.md.
"""

import hashlib
import hmac
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege, UndefinedColumn, UndefinedTable
from psycopg.rows import dict_row

from waymark.audit import anchors

NOTHING = "0" * 64
AT_ONCE = 5_000
AS_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
EVENTS = "SELECT chain, number, kind, at, actor, text, digest, seal FROM audit_event ORDER BY 1, 2"


@dataclass(slots=True)
class Said:
    """What the last event about a row says of it."""

    written_at: str
    chain: int
    columns: tuple[str, ...]
    digest: str | None  # none: the row was erased


@dataclass
class Findings:
    """Every fault by its name: the first place where it was found, and how often."""

    first: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def add(self, fault: str, where: str) -> None:
        self.first.setdefault(fault, where)
        self.times[fault] += 1

    def lines(self) -> Iterator[str]:
        for fault, where in self.first.items():
            more = f" (and {self.times[fault] - 1} more)" if self.times[fault] > 1 else ""
            yield f"{where}: {fault}{more}"


def main(dsn: str, key: bytes, anchor: tuple[str, bytes] | None = None) -> int:
    """Check everything under the audit key; print the first break of each kind. 0: all fits.

    `anchor`: checkpoints kept elsewhere, and the public key that they are checked with.
    """
    try:
        with psycopg.connect(dsn) as database:
            found, events = verify(database, key)
            if anchor:
                for fault, where in anchors.faults(database, *anchor, datetime.now(UTC)):
                    found.add(fault, where)
    except psycopg.Error as problem:
        print(f"The audit could not be read: {problem.sqlstate or 'no connection'}")
        return 1
    for line in found.lines():
        print(line)
    if not found.first:
        print(f"All {events} events fit, and so do the rows that they speak of.")
    return 1 if found.first else 0


def verify(database: "psycopg.Connection[Any]", key: bytes) -> tuple[Findings, int]:
    """What is wrong, and how many events there are: of one moment, whoever writes meanwhile."""
    database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    database.execute("SET LOCAL statement_timeout = 0")
    found, rows = Findings(), dict[str, dict[int, Said]]()
    ends, events = _check_chains(database, key, found, rows)
    _check_heads(database, ends, found)
    for table, said in rows.items():
        _check_rows(database, table, said, found)
    return found, events


def _check_chains(
    database: "psycopg.Connection[Any]",
    key: bytes,
    found: Findings,
    rows: dict[str, dict[int, Said]],
) -> tuple[dict[int, tuple[int, str]], int]:
    """Walk each chain from its first event; where each ends, and how many events there are."""
    ends: dict[int, tuple[int, str]] = {}
    events = 0
    with database.cursor(name="events") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(EVENTS)
        for event in cursor:
            events += 1
            chain, number, digest = event[0], event[1], event[6]
            for fault in _faults(event, key, *ends.get(chain, (0, NOTHING))):
                found.add(fault, f"chain {chain}, event {number}")
            ends[chain] = (number, digest)
            _remember(event, rows)
    return ends, events


def _faults(event: tuple[Any, ...], key: bytes, before: int, previous: str) -> Iterator[str]:
    chain, number, kind, at, actor, text, digest, seal = event
    written = text.encode()
    if hashlib.sha256(written).hexdigest() != digest:
        yield "its text is not what was chained"
    if not hmac.compare_digest(hmac.digest(key, written, "sha256").hex(), seal):
        yield "it was not sealed by the product"
    if number <= before:
        yield "its number stands twice"
    elif number > before + 1:
        yield "one or more events before it are missing"
    parts = text.split("\n", 7)
    if len(parts) != 8 or parts[0] != "1":
        yield "its version is not known"
    elif parts[1:3] + parts[4:7] != [str(chain), str(number), kind, plain(at), actor]:
        yield "its columns are not what its text says"
    elif parts[3] != previous:
        yield "it does not follow the event before it"


def _remember(event: tuple[Any, ...], rows: dict[str, dict[int, Said]]) -> None:
    """Keep what this event says of a row, unless a later one in another chain was read before."""
    facts = event[5].rpartition("\n")[2]
    if '"row":{' not in facts:
        return
    try:
        row = json.loads(facts)["row"]
        said = Said(
            row["written_at"],
            event[0],
            tuple(map(sys.intern, row.get("columns", ()))),
            row.get("digest"),
        )
        known = rows.setdefault(row["table"], {})
        last = known.get(row["id"])
    except (ValueError, KeyError, TypeError):
        return  # the text was altered, which is told already
    if last is None or last.chain == said.chain or last.written_at <= said.written_at:
        known[row["id"]] = said


def _check_heads(
    database: "psycopg.Connection[Any]", ends: dict[int, tuple[int, str]], found: Findings
) -> None:
    heads = {
        chain: (number, digest)
        for chain, number, digest in database.execute(
            "SELECT chain, number, digest FROM audit_head"
        )
    }
    for chain in sorted(heads.keys() | ends.keys()):
        head, end = heads.get(chain), ends.get(chain, (0, NOTHING))
        if head is None:
            found.add("its head is missing", f"chain {chain}")
        elif head[0] > end[0]:
            found.add("its last events are missing", f"chain {chain}, after event {end[0]}")
        elif head != end:
            found.add("its head is not its last event", f"chain {chain}, event {end[0]}")


def _check_rows(
    database: "psycopg.Connection[Any]", table: str, said: dict[int, Said], found: Findings
) -> None:
    """Compare the rows of a table, as they stand, with what was last said of each."""
    try:
        for where, row in _rows(database, table):
            last = said.pop(row["id"], None)
            if last is None:
                found.add("no event speaks of this row", where)
            elif last.digest is None:
                found.add("it was erased and is there again", where)
            elif last.digest != _digest(row, last.columns):
                found.add("it is not as its last event says", where)
    except (UndefinedTable, UndefinedColumn, InsufficientPrivilege):
        found.add("its rows cannot be read", f"table {table}")
        return
    for key, last in said.items():
        if last.digest is not None:
            found.add("it is gone, and no event says why", f"table {table}, row {key}")


def _rows(database: "psycopg.Connection[Any]", table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with (
        database.transaction(),
        database.cursor(name="rows", row_factory=dict_row) as cursor,
    ):
        cursor.itersize = AT_ONCE
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
        for row in cursor:
            yield f"table {table}, row {row['id']}", row


def _digest(row: dict[str, Any], columns: tuple[str, ...]) -> str | None:
    try:
        values = {column: row[column] for column in columns}
    except KeyError:
        return ""
    return hashlib.sha256(bytes(row["salt"]) + canonical(values).encode()).hexdigest()


def plain(value: object) -> Any:
    """`value` as JSON can hold it."""
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case float():
            return int(value) if value.is_integer() else value
        case str():
            return str(value)
        case datetime():
            utc = value.astimezone(UTC).replace(tzinfo=None)
            return utc.isoformat(timespec="microseconds") + "Z"
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value // timedelta(microseconds=1)
        case Decimal():
            return format(value.normalize() + 0, "f")
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise ValueError(f"A {type(value).__name__} has no canonical form")


def canonical(value: object) -> str:
    """`value` as JSON: keys sorted, no white space, no escapes but those that JSON needs."""
    return AS_JSON.encode(plain(value))
