"""Looking at the whole database from outside, in the walk's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.types.json import JsonbLoader

from waymark.audit import verify

READABLE = """
    SELECT c.relname, bool_or(a.attname = 'case_id')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND c.relname NOT LIKE 'audit%' AND has_table_privilege('waymark_verifier', c.oid, 'SELECT')
    GROUP BY 1 ORDER BY 1
"""


@contextmanager
def everything_seen() -> Iterator[None]:
    """Read as the verifier, whom every row is shown: for what a walk looks up, not for acts."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waymark_verifier")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def asked(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def tables() -> dict[str, bool]:
    """The state's tables, and whether their rows name a case."""
    with everything_seen():
        return dict(asked(READABLE))


def fingerprint(names: list[str]) -> tuple[Any, ...]:
    """One number for each table, which any change to a row of it changes."""
    sums = ", ".join(
        f"(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name} t)" for name in names
    )
    events = "(SELECT count(*) FROM audit_event WHERE kind <> 'refused')"
    with everything_seen():
        return asked(f"SELECT {sums}, {events}")[0]


class _Reader:
    """The walk's connection as the audit's verifier knows one: plain psycopg, read only."""

    def __init__(self) -> None:
        self.plain: Any = connection.connection
        self.transaction = self.plain.transaction
        self.execute = self.plain.execute

    def cursor(self, **how: Any) -> Any:
        cursor = self.plain.cursor(**how)
        cursor.adapters.register_loader("jsonb", JsonbLoader)  # Django leaves JSON as text
        return cursor


def faults_of_the_audit(tables: list[str]) -> list[str]:
    """What the audit's verifier finds wrong with the chains, and the rows that they speak of."""
    found, reader = verify.Findings(), _Reader()
    rows: dict[str, dict[int, verify.Said]] = {name: {} for name in tables}
    with everything_seen():
        ends, _ = verify._check_chains(reader, settings.WAYMARK_AUDIT_KEY, found, rows)  # type: ignore[arg-type]
        verify._check_heads(reader, ends, found)  # type: ignore[arg-type]
        for table, said in rows.items():
            verify._check_rows(reader, table, said, found)  # type: ignore[arg-type]
    return list(found.lines())
