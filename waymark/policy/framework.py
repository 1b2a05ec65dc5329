"""The vulnerability assessment framework as data (2.2.1 to 2.2.5). No totals, no scores."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the three, considered separately. `factors` and `indicators`: how many it lists."""

    code: str
    name: str
    meaning: str
    factors: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor that can contribute to vulnerability."""

    code: str
    dimension: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FindingState:
    """What can be found of a factor; `not_yet_known` is an answer (2.3.1)."""

    code: str
    name: str
    meaning: str
    needs_evidence: bool


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """How sure a piece of evidence is: fact, opinion or allegation."""

    code: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Framework:
    """The framework in use; each assessment names its `edition`."""

    edition: str
    name: str
    source: str
    note: str
    dimensions: tuple[Dimension, ...]
    factors: tuple[Factor, ...]
    finding_states: tuple[FindingState, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
