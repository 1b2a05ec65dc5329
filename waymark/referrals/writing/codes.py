"""Codes that people write down: Crockford characters, and two more that tell a slip of the pen."""

import re
import secrets

from waymark.database.keys import CROCKFORD

CHECK = 2
LOOKS_LIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def with_check(body: str) -> str:
    """The code of `body`: itself and its check."""
    return body + _check(body)


def in_fours(code: str) -> str:
    """The code as people read it: in groups of four."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def tidied(typed: str, length: int) -> str | None:
    """The code meant by what was typed, whose body has that length; None: a slip of the pen."""
    code = re.sub(r"[\s-]", "", typed).upper().translate(LOOKS_LIKE)
    if len(code) != length + CHECK or not set(code) <= set(CROCKFORD):
        return None
    return code if secrets.compare_digest(_check(code[:length]), code[length:]) else None


def is_about(typed: str, length: int) -> bool:
    """Whether what was typed is as long as a code of that length, but for two characters."""
    return abs(len(re.sub(r"[\s-]", "", typed)) - length - CHECK) <= CHECK


def spelled(number: int, length: int) -> str:
    """A number as `length` characters of five bits."""
    shifts = range(5 * (length - 1), -1, -5)
    return "".join(CROCKFORD[number >> shift & 31] for shift in shifts)


def number_of(body: str) -> int:
    """The number that the characters spell."""
    number = 0
    for character in body:
        number = number * 32 + CROCKFORD.index(character)
    return number


def _check(body: str) -> str:
    """Two characters: the number that the code is, modulo a prime below 1,024."""
    return spelled(number_of(body) % 1021, CHECK)
