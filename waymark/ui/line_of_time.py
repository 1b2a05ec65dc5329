"""A line of time, drawn here as SVG: marks at their days, and the same in words beside it.

It shows order and distance in time and nothing else: no height, shade or slope says anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, MARGIN = 320, 44
LINE, FIRST_LABEL, ROW = 16, 40, 18
APART = 84  # what the label of a day needs, so that two do not run into each other


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day. `main`: it gets a label; others are small strokes."""

    on: date
    words: str
    main: bool = False


@dataclass(frozen=True)
class Placed:
    """A mark with the place where it is drawn. `label_y`: of its label, below the line."""

    mark: Mark
    x: int
    label_y: int = 0

    @property
    def label(self) -> str:
        """The day in short, as in 25 Nov 2026."""
        return f"{self.mark.on.day} {self.mark.on:%b %Y}"


@dataclass(frozen=True)
class Drawing:
    """What the macro `line_of_time` prints; `marks` in the order of their days."""

    width: int
    height: int
    line: int
    left: int
    right: int
    marks: tuple[Placed, ...]

    @property
    def in_words(self) -> list[Mark]:
        """The text alternative: every mark, from the same rows as the picture."""
        return [one.mark for one in self.marks]


def line_of_time(marks: Iterable[Mark]) -> Drawing | None:
    """The drawing of `marks`; None where there are none."""
    ordered = sorted(marks, key=lambda mark: (mark.on, not mark.main))
    if not ordered:
        return None
    days = (ordered[-1].on - ordered[0].on).days or 1
    room = WIDTH - 2 * MARGIN
    placed = [
        Placed(mark, MARGIN + room * (mark.on - ordered[0].on).days // days) for mark in ordered
    ]
    labelled = _labelled(placed)
    lowest = max((one.label_y for one in labelled), default=LINE)
    return Drawing(WIDTH, lowest + 8, LINE, MARGIN, WIDTH - MARGIN, tuple(labelled))


def _labelled(placed: Sequence[Placed]) -> list[Placed]:
    """Each main mark with a label in the first row that has room for it."""
    ends: list[int] = []  # where the last label of each row was put
    done = []
    for one in placed:
        if not one.mark.main:
            done.append(one)
            continue
        row = next((at for at, x in enumerate(ends) if one.x - x >= APART), len(ends))
        ends[row : row + 1] = [one.x]
        done.append(Placed(one.mark, one.x, FIRST_LABEL + row * ROW))
    return done
