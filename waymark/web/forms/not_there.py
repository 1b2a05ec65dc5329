"""Somebody who came to a meeting and is not there for one case of it."""

from dataclasses import dataclass
from typing import Any

from waymark.panels.models import Attendance
from waymark.ui.forms import Choice, Prose, Questions


@dataclass(frozen=True)
class NotThereWords:
    """What is asked, and what is said where it is left out."""

    who: str
    no_one: str
    why: str
    no_words: str


class NotThereForm(Questions):
    """Who of those present, and why."""

    def __init__(self, data: Any, words: NotThereWords, *, there: list[Attendance]):
        super().__init__(data)
        self.there = {str(each.pk): each for each in there}
        self.fields["who"] = Choice(
            label=words.who,
            choices=[
                (key, f"{each.user or each.organisation}, {each.capacity}")
                for key, each in self.there.items()
            ],
            error_messages={"required": words.no_one},
        )  # fmt: skip
        self.fields["words"] = Prose(
            label=words.why, rows=3, error_messages={"required": words.no_words},
            who_sees="the panel: it goes into the minute of this case",
        )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"attendance": self.there[given["who"]], "words": given["words"]}
