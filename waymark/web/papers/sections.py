"""A paper in sections of questions and answers, as PDF/UA: built up from what is passed in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from waymark.policy.pack import in_force
from waymark.ui.documents import made

TEMPLATE = "record.typ"


@dataclass(frozen=True)
class Row:
    question: str
    answer: list[str]


@dataclass(frozen=True)
class PaperSection:
    heading: str
    rows: list[Row]
    lead: str = ""


def row(question: str, answer: str | Sequence[str]) -> Row:
    """One question with its answer; of nothing, a dash in words."""
    said = [answer] if isinstance(answer, str) else list(answer)
    return Row(question, [each for each in said if each] or ["Nothing is written."])


def as_rows(rows: Sequence[dict[str, Any]]) -> list[Row]:
    """Rows as pages have them."""
    return [row(each["question"], each["answer"]) for each in rows]


def record_paper(
    title: str, sections: Sequence[PaperSection], *, facts: Sequence[str], running: str
) -> bytes:
    """`facts`: the lines below the title. `running`: what stands on top of each page."""
    return made(TEMPLATE, {
        "title": title, "facts": list(facts), "sections": [asdict(each) for each in sections],
        "running": f"{running} Policy in force: {in_force().edition.name}.",
        "demonstration": settings.CONFIGURATION.demonstration,
    })  # fmt: skip
