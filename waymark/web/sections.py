"""A long form on one page: its questions under headings, each with a sentence where wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from waymark.ui.forms import Questions, revealed_by


@dataclass(frozen=True)
class Section:
    """`names`: the fields below the heading; `lead` and `rows` stand between the two."""

    title: str
    names: Sequence[str]
    lead: str = ""
    clause: str = ""
    rows: Sequence[dict[str, Any]] = ()
    points: Sequence[str] = ()
    small: bool = False  # many short choices, one below the other


@dataclass(frozen=True)
class Shown:
    section: Section
    fields: list[BoundField]


class Sectioned(Questions):
    """A form that says its own sections; a question that a choice reveals is printed there."""

    def sections(self) -> Sequence[Section]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[BoundField]:
        """The questions in the order of the page: so their errors are listed too."""
        order = {name: place for place, name in enumerate(self._in_page_order())}
        for name in sorted(self.fields, key=lambda one: order.get(one, len(order))):
            yield self[name]

    def _in_page_order(self) -> list[str]:
        """Each question, followed by those that its choices reveal."""
        names = [name for section in self.sections() for name in section.names]
        return [
            each
            for name in names
            if name in self.fields
            for each in (name, *(shown for _, shown in revealed_by(self.fields[name])))
        ]

    def shown(self) -> list[Shown]:
        revealed = self.revealed_fields()
        return [
            Shown(
                section,
                [
                    self[name]
                    for name in section.names
                    if name in self.fields and name not in revealed
                ],
            )
            for section in self.sections()
        ]
