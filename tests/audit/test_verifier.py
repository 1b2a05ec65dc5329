"""The verifier stands apart from what it checks, and reads values as it does."""

import ast
import inspect
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waymark.audit import anchors, verify
from waymark.database import canonical

BITS: Any = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.text(),
    some.binary(),
    some.dates(),
    some.floats(allow_nan=False, allow_infinity=False),
    some.decimals(allow_nan=False, allow_infinity=False),
    some.datetimes(timezones=some.just(UTC), min_value=datetime(1900, 1, 1)),
    some.timedeltas(),
    some.uuids(),
)
VALUES = some.recursive(
    BITS, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner), max_leaves=8
)


@pytest.mark.requirement("S55")
def test_it_imports_nothing_of_the_product_nor_of_its_framework() -> None:
    said = " ".join(
        ast.unparse(node)
        for module in (verify, anchors)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ).replace("from waymark.audit import anchors", "")
    assert "psycopg" in said and "waymark" not in said and "django" not in said


@given(VALUES)
def test_both_sides_write_a_value_alike(value: object) -> None:
    assert verify.canonical(value) == canonical.canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": "é\n"}, '{"a":"é\\n","b":1}'),
        (Decimal("12.50"), '"12.5"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("1E+3"), '"1000"'),
        (2.0, "2"),
        (b"\x00\xff", '"00ff"'),
        (date(2026, 1, 2), '"2026-01-02"'),
        (datetime.fromisoformat("2026-07-01T12:00:00+01:00"), '"2026-07-01T11:00:00.000000Z"'),
        (timedelta(seconds=1, microseconds=5), "1000005"),
    ],
)
def test_a_value_has_one_form(value: object, text: str) -> None:
    assert canonical.canonical(value) == text


@pytest.mark.parametrize("side", [canonical, verify])
def test_what_has_no_form_is_refused(side: Any) -> None:
    with pytest.raises(ValueError, match="no canonical form"):
        side.canonical(object())
