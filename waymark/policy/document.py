"""The policy as a document: its control sheet, texts, definitions, references and law."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Words = Literal["policy", "guidance", "own"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition a pack holds; records made under it carry `code`."""

    code: str
    name: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class Control:
    """The document control sheet of the edition (1.0.1)."""

    title: str
    boards: tuple[str, ...]
    leads: tuple[str, ...]
    purpose: str
    kind: str
    audience: str
    approved: str
    review: str
    review_due_date: date
    replaces: str
    read_alongside: str
    source: str

    def review_passed(self, day: date) -> bool:
        """Whether the review date lies behind `day` (1.0.2)."""
        return day > self.review_due_date


@dataclass(frozen=True, slots=True)
class Text:
    """Something to read. `words` says whose words they are: quote the source of all but our own."""

    code: str
    title: str
    words: Words
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    source: str = ""
    clauses: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkStream:
    """One of CONTEST's four work streams and what it reduces (1.1.7)."""

    code: str
    name: str
    aim: str
    reduces: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A word as the policy defines it (1.2.1)."""

    code: str
    term: str
    meaning: str
    source: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document elsewhere. `group` says on which list it stands."""

    code: str
    title: str
    address: str
    group: Literal["policy", "guidance", "law", "form", "learning"]
    note: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statute:
    """A provision of an Act, told in our own words: the Act itself is at `address`."""

    code: str
    act: str
    provision: str
    says: str
    address: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is at hand at some stages of the work. The codes of `stages` are those of a case."""

    code: str
    name: str
    says: str
    stages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    signs: bool = False
