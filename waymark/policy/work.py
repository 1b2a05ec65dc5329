"""The work as data: limits, support, consent, panels, outcomes, contacts, retention, purposes."""

from dataclasses import dataclass
from datetime import time
from typing import Literal


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the work with a code for records, a name and its meaning for people."""

    code: str
    name: str
    meaning: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. `basis` says who set it: the policy by its clause, or a local setting."""

    code: str
    name: str
    amount: int
    unit: Literal["working_days", "days", "months", "in_100"]
    basis: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """How working days are counted: what arrives after `day_ends` counts from the next one."""

    day_ends: time
    country: str
    subdivision: str


@dataclass(frozen=True, slots=True)
class SupportKind:
    """A kind of support, explained as the policy does (2.8.12)."""

    code: str
    name: str
    explained: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of intervention, lowest first; `needs_reason`: a higher one says why (2.8.10)."""

    code: str
    name: str
    meaning: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who may answer when consent is asked, and by what authority."""

    code: str
    name: str
    authority: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person reads before answering; the answer keeps its `edition`."""

    edition: str
    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to support: its states, who may answer, and what they read first."""

    states: tuple[Named, ...]
    answerers: tuple[Answerer, ...]
    evidence: tuple[Named, ...]  # of who holds parental responsibility
    notice: Notice


@dataclass(frozen=True, slots=True)
class Panel:
    """A Channel panel and its rhythm (2.10.2). `week` 3 with `weekday` 2: third Wednesday.

    `starts`, `minutes`: when a meeting begins unless another hour is said, and how long it takes.
    """

    code: str
    name: str
    area: str
    area_name: str
    council: str
    rhythm: Literal["monthly", "when_needed"]
    rule: str
    basis: str
    weekday: int | None = None
    week: int | None = None
    latest_days: int | None = None
    starts: time | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class BeforePanel:
    """What is asked again before every meeting. `conflict_check`: no decision without it."""

    conflict_check: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who must be there for a panel to decide (2.1.3): at least one of `roles`."""

    code: str
    name: str
    roles: tuple[str, ...]
    basis: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """A way in which a case ends; no end borrows another's name. `reviewed`: 6 and 12 months."""

    code: str
    name: str
    meaning: str
    reviewed: bool = False
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotPreventReason:
    """Why a referral is not for Prevent, and what must be recorded with it."""

    code: str
    name: str
    meaning: str
    asks: str
    second_person: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """A kind of partner (2.9.1). `public`: a public body, which needs a power to share."""

    code: str
    name: str
    group: str
    public: bool


@dataclass(frozen=True, slots=True)
class Office:
    """An office of Annex B, without its holders: each area enters and keeps those."""

    code: str
    name: str
    organisation: str
    areas: tuple[str, ...]
    address: Literal["personal", "shared"]
    secure: bool
    holders: int = 1
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class SecureAddress:
    """Where a completed form goes (2.5.5, 2.5.16) and who lends or gives one out (A.1)."""

    name: str
    email: str
    telephone: str
    form_email: str
    note: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a class of records is kept before a person looks at it again.

    Months run from what `starts` names; 0 adult and child months: gone at that moment.
    """

    code: str
    name: str
    starts: str
    adult_months: int
    child_months: int
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """Training that whoever does this work takes, and again after `renew_months` (2.12.1).

    `reference`: where it is taken, among the pack's references; `basis` says who set the months.
    """

    code: str
    name: str
    reference: str
    renew_months: int
    basis: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ages:
    """How ages are counted. `leap_birthday`: when somebody born on 29 February is a year older in
    a year without that day. The law says neither plainly, so that an installation may choose.
    """

    leap_birthday: Literal["1 March", "28 February"] = "1 March"
    basis: str = "local setting"
