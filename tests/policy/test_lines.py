"""A fault can name its line because each value's line is known."""

import tomllib
from collections.abc import Iterator

import pytest

from waymark.policy.lines import Place, find_lines
from waymark.policy.pack import PACKS

AWKWARD = '''
top = 1  # a comment with "quotes" and [brackets]
"quoted key" = "x # no comment"

[table.under]
dotted.key = 'single [not a table]'
long = """
a = 1
[no]
"""
after = 2

[[things]]
name = "one"
[[things.parts]]
n = 1
[[things.parts]]
n = 2

[[things]]
name = "two"
list = [
  "a",  # first
  { b = "c", d = [1, 2] },

  3,
]
moment = 2019-04-01 13:00:00
'''


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*place, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*place, number))
    else:
        yield place, value


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("table", "under"), 5),
        (("table", "under", "dotted", "key"), 6),
        (("table", "under", "long"), 7),
        (("table", "under", "after"), 11),
        (("things", 0), 13),
        (("things", 0, "parts", 1), 17),
        (("things", 0, "parts", 1, "n"), 18),
        (("things", 1, "name"), 21),
        (("things", 1, "list", 0), 23),
        (("things", 1, "list", 1, "d", 1), 24),
        (("things", 1, "list", 2), 26),
        (("things", 1, "moment"), 28),
    ],
)
def test_awkward_places_have_their_line(place: Place, line: int) -> None:
    assert find_lines(AWKWARD)[place] == line


def test_every_value_of_an_awkward_text_is_found() -> None:
    places = find_lines(AWKWARD)
    assert [place for place, _ in leaves(tomllib.loads(AWKWARD)) if place not in places] == []


@pytest.mark.parametrize("name", [each.name for each in sorted(PACKS.glob("*/*.toml"))])
def test_every_text_of_the_packs_stands_on_the_line_that_is_named(name: str) -> None:
    text = next(PACKS.glob(f"*/{name}")).read_text()
    lines, places = text.splitlines(), find_lines(text)
    wrong = [
        place
        for place, value in leaves(tomllib.loads(text))
        if isinstance(value, str) and value[:20].replace('"', '\\"') not in lines[places[place] - 1]
    ]
    assert wrong == []
