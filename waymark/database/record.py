"""What each row says of itself: its part of the case, who answers for it, how long it is kept."""

from dataclasses import dataclass
from enum import StrEnum, auto

from django.db import models

from waymark.database.keys import Key, random_salt


class Part(StrEnum):
    """The parts that somebody may see or not see, each apart from the others."""

    CASE = auto()  # reference, stage, dates, holder
    NAME = auto()  # the person's names
    PERSON = auto()  # birth date, addresses, how to reach them
    REFERRAL = auto()  # what was sent, word for word, about everybody in it; screening
    EXTRACT = auto()  # what of it is about this person
    REFERRER = auto()  # who referred, sealed
    UNKNOWN_REFERRER = auto()  # the same, where they wish to stay unknown
    WORK = auto()  # risk, entries, consent, moves, tasks, reviews
    HELD = auto()  # why the police hold a case
    REQUEST = auto()  # requests to partners, and that they were answered: what was is WORK
    ASSESSMENT = auto()
    PLAN = auto()  # the support plan and its pieces
    PANEL = auto()  # papers, minutes, decisions
    TRAITS = auto()  # protected characteristics: no decider sees them
    SIGHT = auto()  # who may see the case
    DIRECTORY = auto()
    AUDIT = auto()
    SYSTEM = auto()


class Controller(StrEnum):
    """The body that answers for a row under data protection law."""

    POLICE = auto()
    COUNCIL = auto()
    REPLYING_BODY = auto()
    PARTNERSHIP = auto()


class Regime(StrEnum):
    """The law that a row is held under."""

    UK_GDPR = auto()
    PART_3 = auto()  # Data Protection Act 2018, Part 3: law enforcement


@dataclass(frozen=True)
class Kept:
    """How a table's rows are kept: every model says it once, as `kept`."""

    part: Part
    controller: Controller
    regime: Regime
    retention: str  # a retention class of the policy pack


class Record(models.Model):
    """A table's common ground: a random key, and a salt for the digest that the audit keeps."""

    id = Key()
    salt = models.BinaryField(default=random_salt, editable=False)

    kept: Kept

    class Meta:
        abstract = True
