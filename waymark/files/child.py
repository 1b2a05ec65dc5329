"""Reading a file in a process of its own, which can do little but calculate (S47)."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from waymark.files.kinds import Kind
from waymark.files.reasons import NotTaken, Why

SECONDS = 40  # of the clock; its own limit is 20 s of the processor
ROOT = Path(__file__).parents[2]
FONTS = Path(__file__).parents[1] / "web" / "typst" / "fonts"
REFUSES = 10  # the exit status with which it says why


@dataclass(frozen=True)
class Remade:
    """What readers see of a file: pictures of pages, and the words that could be read."""

    pictures: list[bytes]
    words: list[str]
    set_anew: bool  # its words were set again: the layout is ours
    alone: bool  # the child was cut off from every network


def remake(kind: Kind, content: bytes) -> Remade:
    """Pictures and words of a file. Raises NotTaken, also for what could not be read in time."""
    command = [sys.executable, "-I", "-B", "-c", _start(), kind.value, str(FONTS)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, cwd="/", start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotTaken(Why.UNREADABLE) from None
    if done.returncode == REFUSES:
        raise NotTaken(_code(done.stdout))
    try:
        if done.returncode == 0:
            return _unpacked(done.stdout)
    except (ValueError, KeyError, TypeError):  # it was made to say something else
        pass
    raise NotTaken(Why.UNREADABLE)


def can_be_alone() -> bool:
    """Whether this machine lets a child leave every network."""
    asks = "from waymark.files.remaking.limits import be_alone; sys.exit(not be_alone())"
    start = _start().partition("from ")[0] + asks
    done = subprocess.run([sys.executable, "-I", "-B", "-c", start], env={}, check=False)
    return done.returncode == 0


def _start() -> str:
    """Isolated Python does not look around itself: it is told where the product is."""
    paths = [str(ROOT), *(path for path in sys.path if os.path.isdir(path))]
    return f"import sys; sys.path[:0] = {paths!r}; from waymark.files.remaking import main; main()"


def _code(said: bytes) -> Why:
    try:
        return Why(said.decode("ascii"))
    except ValueError:
        return Why.UNREADABLE


def _unpacked(said: bytes) -> Remade:
    head, _, rest = said.partition(b"\n")
    told = json.loads(head)
    pictures = []
    for length in told["sizes"]:
        pictures.append(rest[:length])
        rest = rest[length:]
    return Remade(pictures, told["words"], told["set_anew"], told["alone"])
