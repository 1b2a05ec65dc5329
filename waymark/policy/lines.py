"""Where in a TOML file each value stands, so that a fault can name its line.

The standard library reads TOML but forgets the lines. This walks a text that it has already
accepted, and therefore trusts its grammar.
"""

import re
import tomllib

Place = tuple[str | int, ...]

TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<newline>\n)"
    r"|(?P<space>[ \t\r]+)"
    r"|(?P<mark>[\[\]{}=,.])"
    r"|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)


def find_lines(text: str) -> dict[Place, int]:
    """The line, counted from 1, of every table, key and array element of a valid TOML text."""
    return _Walk(text).places


class _Walk:
    """One pass over the tokens, noting each place on the way."""

    def __init__(self, text: str) -> None:
        self.places: dict[Place, int] = {(): 1}
        self.tokens: list[tuple[str, str, int]] = []
        self.at = 0
        self.arrays: dict[Place, int] = {}
        line = 1
        for match in TOKEN.finditer(text):
            kind = str(match.lastgroup)
            if kind not in ("space", "comment"):
                self.tokens.append((kind, match.group(), line))
            line += match.group().count("\n")
        self.walk()

    def walk(self) -> None:
        table: Place = ()
        while self.skip_newlines():
            if self.peek() == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Place:
        line = self.take()[2]
        is_array = self.peek() == "["
        if is_array:
            self.take()
        place: Place = ()
        names = self.key()
        for depth, name in enumerate(names):
            place = (*place, name)
            if depth < len(names) - 1 and place in self.arrays:
                place = (*place, self.arrays[place])
        self.places.setdefault(place, line)
        if is_array:
            self.arrays[place] = self.arrays.get(place, -1) + 1
            place = (*place, self.arrays[place])
            self.places[place] = line
        while self.peek() == "]":
            self.take()
        return place

    def key(self) -> list[str]:
        names = [_name(self.take())]
        while self.peek() == ".":
            self.take()
            names.append(_name(self.take()))
        return names

    def pair(self, table: Place) -> None:
        line = self.tokens[self.at][2]
        place = table
        for name in self.key():
            place = (*place, name)
            self.places.setdefault(place, line)
        self.take()
        self.value(place)

    def value(self, place: Place) -> None:
        self.places.setdefault(place, self.tokens[self.at][2])
        opening = self.peek()
        if opening == "[":
            self.array(place)
        elif opening == "{":
            self.inline_table(place)
        else:
            while self.peek() not in ("", ",", "]", "}", "\n"):
                self.take()

    def array(self, place: Place) -> None:
        self.take()
        number = 0
        while self.skip_newlines() and self.peek() != "]":
            self.value((*place, number))
            number += 1
            self.skip_newlines()
            if self.peek() == ",":
                self.take()
        self.take()

    def inline_table(self, place: Place) -> None:
        self.take()
        while self.skip_newlines() and self.peek() != "}":
            self.pair(place)
            self.skip_newlines()
            if self.peek() == ",":
                self.take()
        self.take()

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str, int]:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_newlines(self) -> bool:
        while self.peek() == "\n":
            self.at += 1
        return self.at < len(self.tokens)


def _name(token: tuple[str, str, int]) -> str:
    kind, text, _ = token
    if kind != "string":
        return text
    return str(tomllib.loads(f"name = {text}")["name"])
