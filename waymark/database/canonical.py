"""One way to write a value down, so that it can be digested here and checked elsewhere.

`waymark.audit.verify` has a copy of `plain` and `canonical`, on purpose: it must not depend on
what it checks. A test holds the two together.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models.fields import Field

from waymark.database.record import Record

AS_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
NOT_DIGESTED = frozenset({"id", "salt"})


def plain(value: object) -> Any:
    """`value` as JSON can hold it, the same whether it comes from Python or the database.

    Raises `ValueError` for a kind of value that has no canonical form.
    """
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


def digest_of(row: Record, columns: list[str]) -> str:
    """The digest of a row's columns under its own salt: erased with the row, it tells nothing."""
    fields = {field.column: field for field in row._meta.concrete_fields}
    values = {column: _value(row, fields[column]) for column in columns}
    return hashlib.sha256(bytes(row.salt) + canonical(values).encode()).hexdigest()


def columns_of(row: Record) -> list[str]:
    """The columns that go into a row's digest: all of the table but its key and its salt."""
    columns = {str(field.column) for field in row._meta.concrete_fields}
    return sorted(columns - NOT_DIGESTED)


def _value(row: Record, field: "Field[Any, Any]") -> object:
    """What the database will give back for this field of `row`, as Python has it now."""
    value = getattr(row, field.attname)
    if hasattr(value, "resolve_expression"):
        raise ValueError(f"{field.name} is still an expression: read the row again first")
    if encoder := getattr(field, "encoder", None):
        value = json.loads(json.dumps(value, cls=encoder))
    return field.to_python(value) if value is not None else None
