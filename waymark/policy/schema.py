"""Builds typed, frozen things out of a TOML document and says, line by line, what is wrong.

The dataclasses are the schema: their fields are the keys, their types what a key may hold, and a
field with a default may be left out.
"""

import difflib
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from waymark.policy.lines import Place

Thing = TypeVar("Thing")

PLAIN = {
    str: "words in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2019-04-01",
    time: "a time such as 13:00:00",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a pack."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


class Source:
    """A read document: which file and line each place came from, and the faults found so far."""

    def __init__(self, origins: Mapping[Place, tuple[str, int]]) -> None:
        self.origins = origins
        self.faults: list[Fault] = []

    def blame(self, place: Place, reason: str) -> None:
        """Note a fault at a place, or at the nearest thing around it that was written down."""
        while place and place not in self.origins:
            place = place[:-1]
        file, line = self.origins[place]
        self.faults.append(Fault(file, line, reason))


def build(kind: type[Thing], table: object, source: Source) -> Thing | None:
    """`table` as a `kind`, or None with the reasons in `source.faults`."""
    built = _build(kind, table, (), source)
    return None if source.faults else built


def _build(kind: Any, value: object, place: Place, source: Source) -> Any:
    """Types are met only as they run here; what comes out is checked by the caller's dataclass."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _build(get_args(kind)[0], value, place, source)
    if origin is Literal:
        return _one_of(get_args(kind), value, place, source)
    if origin is tuple:
        return _list(get_args(kind)[0], value, place, source)
    if origin is Mapping:
        return _mapping(get_args(kind)[1], value, place, source)
    if is_dataclass(kind):
        return _table(kind, value, place, source)
    return _plain(kind, value, place, source)


def _table(kind: Any, value: object, place: Place, source: Source) -> Any:
    if not isinstance(value, dict):
        source.blame(place, f"“{_called(place)}” must be a table of keys and values.")
        return None
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for key in value.keys() - known.keys():
        reason = f"“{key}” is not a key that {_where(place)} can have."
        source.blame((*place, key), reason + _nearest(key, known))
    built = {}
    for name, field in known.items():
        if name in value:
            built[name] = _build(hints[name], value[name], (*place, name), source)
        elif _is_required(field):
            source.blame(place, f"{_where(place, start=True)} needs “{name}”, which is missing.")
    return None if source.faults else kind(**built)


def _list(kind: Any, value: object, place: Place, source: Source) -> Any:
    if not isinstance(value, list):
        source.blame(place, f"“{_called(place)}” must be a list.")
        return None
    return tuple(_build(kind, item, (*place, n), source) for n, item in enumerate(value))


def _mapping(kind: Any, value: object, place: Place, source: Source) -> Any:
    if not isinstance(value, dict):
        source.blame(place, f"“{_called(place)}” must be a table of keys and values.")
        return None
    built = {key: _build(kind, item, (*place, key), source) for key, item in value.items()}
    return types.MappingProxyType(built)


def _one_of(allowed: tuple[object, ...], value: object, place: Place, source: Source) -> Any:
    if value not in allowed:
        words = ", ".join(f"“{each}”" for each in allowed)
        source.blame(place, f"“{_called(place)}” must be one of {words}, not “{value}”.")
    return value


def _plain(kind: type, value: object, place: Place, source: Source) -> Any:
    is_right = isinstance(value, kind) and not (
        (kind is int and isinstance(value, bool)) or isinstance(value, datetime)
    )
    if not is_right:
        source.blame(place, f"“{_called(place)}” must be {PLAIN[kind]}.")
    elif value == "" or (isinstance(value, str) and not value.strip()):
        source.blame(place, f"“{_called(place)}” must not be empty.")
    elif kind is int and isinstance(value, int) and value < 0:
        source.blame(place, f"“{_called(place)}” must not be less than 0.")
    return value


def _is_required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _called(place: Place) -> str:
    """The last name in a place, which is what a reader looks for on the line."""
    return str(next((part for part in reversed(place) if isinstance(part, str)), "the pack"))


def _where(place: Place, start: bool = False) -> str:
    if not place:
        return "The pack" if start else "the pack"
    if isinstance(place[-1], int):
        number = place[-1] + 1
        return f"{'Entry' if start else 'entry'} {number} of “{_called(place)}”"
    return f"“{_called(place)}”"


def _nearest(key: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f" Did you mean “{close[0]}”?" if close else ""
