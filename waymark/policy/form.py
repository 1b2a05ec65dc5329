"""The referral form as data: roads, topics and questions (Annex A)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from waymark.policy.document import Words

NOT_KNOWN = "not_known"
"""The answer "I do not know", of every question whose `not_known` is true."""

RATHER_NOT_SAY = "rather_not_say"
"""The answer "I would rather not say", of every question whose `rather_not_say` is true."""

Kind = Literal[
    "text",  # one line
    "long",  # several lines, up to 20,000 characters
    "when",  # a day, or words such as "about two weeks ago"
    "date",  # a day, month and year
    "date_or_age",  # a date of birth, whole or in part, or an age on this day
    "choice",  # one of `choices`
    "many",  # any of `choices`
    "yes_no_unknown",  # yes, no, not_known
    "address",
    "telephone",
    "email",
]


@dataclass(frozen=True, slots=True)
class Road:
    """How the referrer comes to us; chosen first, it decides what is asked."""

    code: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Gate:
    """Asked before any form (2.4.9, 2.5.3): "yes" leads to the police, not on."""

    code: str
    question: str
    hint: str
    yes_title: str
    yes_paragraphs: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who will see an answer, said beside the box."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the task list. `about` "person" repeats for each person referred."""

    code: str
    name: str
    about: Literal["person", "matter", "referrer"]
    lead: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)

    def name_for(self, road: str) -> str:
        """The topic's name as this road reads it."""
        return self.names.get(road, self.name)

    def lead_for(self, road: str) -> str:
        """What stands above the questions on this road; may be empty."""
        return self.leads.get(road, self.lead)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked. `alone`: picking it excludes the others of a `many`."""

    code: str
    name: str
    hint: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only if `question` was answered with one of `answers`."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with the words of each road. Never offered to the browser's autocomplete.

    `known_on`: the roads on which "I do not know" is not offered, such as beside one's own name.
    `choices` stand after those of the list that `choices_from` names.
    """

    code: str
    topic: str
    kind: Kind
    text: str
    roads: tuple[str, ...]
    reader: str
    hint: str = ""
    required: bool = False
    not_known: bool = False
    known_on: tuple[str, ...] = ()
    rather_not_say: bool = False
    restricted_hint: bool = False
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["", "types_of_concern", "organisation_kinds"] = ""
    when: Condition | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()

    def text_for(self, road: str) -> str:
        """The question as it is asked on this road: what is frozen with the answer."""
        return self.texts.get(road, self.text)

    def hint_for(self, road: str) -> str:
        """The hint on this road; may be empty."""
        return self.hints.get(road, self.hint)

    def may_be_unknown(self, road: str) -> bool:
        """Whether "I do not know" answers it on this road; on any, where `road` is empty."""
        return self.not_known and road not in self.known_on

    def asked(self, road: str, answers: Mapping[str, str | tuple[str, ...] | list[str]]) -> bool:
        """Whether this road asks it, given what was answered so far."""
        if road not in self.roads:
            return False
        if self.when is None:
            return True
        given = answers.get(self.when.question, "")
        picked = {given} if isinstance(given, str) else set(given)
        return not picked.isdisjoint(self.when.answers)


@dataclass(frozen=True, slots=True)
class Form:
    """The public form: everything that `/refer` asks and the blank paper form prints."""

    name: str
    not_known: str
    rather_not_say: str
    attachments: tuple[str, ...]
    roads: tuple[Road, ...]
    gates: tuple[Gate, ...]
    readers: tuple[Reader, ...]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class TypeOfConcern:
    """What the worry is about, as the referrer sees it. It changes no permitted act."""

    code: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An example indicator of the policy, word for word (2.3.2)."""

    code: str
    dimension: str
    text: str


@dataclass(frozen=True, slots=True)
class Caution:
    """What is said wherever indicators are shown (2.3.3, 2.3.4, 2.3.6)."""

    code: str
    text: str
    words: Words
    clauses: tuple[str, ...] = ()
