"""An assessment as it is read: every factor of the framework, whether or not anything was found."""

from dataclasses import dataclass

from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.policy.pack import edition


@dataclass(frozen=True)
class Line:
    """One factor and what is found of it: *not yet known* where nothing is.

    `before`: what the signed assessment before this one found, where it found anything.
    """

    factor: str
    name: str
    meaning: str
    state: str
    finding: Finding | None
    evidence: tuple[Evidence, ...] = ()
    before: Finding | None = None

    @property
    def version(self) -> int:
        return self.finding.version if self.finding else 0

    @property
    def own_name(self) -> str:
        """What a factor of this case's own is called; "" for one of the framework's."""
        found = self.finding or self.before
        return found.name if found else ""

    @property
    def is_open(self) -> bool:
        """Nobody has looked at it since it was found the last time, or at all."""
        return self.finding is None

    @property
    def says(self) -> str:
        return Finding.State(self.state).label


@dataclass(frozen=True)
class Part:
    """One dimension, considered apart from the others: no sum of them exists (2.2.2)."""

    code: str
    name: str
    meaning: str
    summary: str
    lines: tuple[Line, ...]


def sheet(assessment: Assessment, last: Assessment | None = None) -> list[Part]:
    """The three dimensions in the framework's order, its factors and then the case's own.

    `last`: the signed assessment that this one starts from, to stand beside it.
    """
    pack = edition(assessment.edition)
    found, before = _by_factor(assessment), _by_factor(last) if last else {}
    own = {one.factor: one for one in [*before.values(), *found.values()] if one.name}
    parts = []
    for dimension in pack.framework.dimensions:
        known = [(one.code, one.name, one.meaning) for one in pack.factors_of(dimension.code)]
        known += [
            (one.factor, one.name, "") for one in own.values() if one.dimension == dimension.code
        ]
        lines = [_line(*one, found.get(one[0]), _same_factor(one[1], before.get(one[0]), last))
                 for one in known]  # fmt: skip
        summary = str(getattr(assessment, dimension.code))
        parts.append(Part(dimension.code, dimension.name, dimension.meaning, summary, tuple(lines)))
    return parts


def _by_factor(assessment: Assessment) -> dict[str, Finding]:
    found = assessment.findings.select_related("by").prefetch_related("evidence")
    return {one.factor: one for one in found}


def _same_factor(name: str, before: Finding | None, last: Assessment | None) -> Finding | None:
    """`before`, unless its framework called something else by this code."""
    if before is None or last is None:
        return None
    called = before.name or edition(last.edition).factor(before.factor).name
    return before if called == name else None


def changed_since(later: Assessment, earlier: Assessment) -> list[tuple[Line, Line]]:
    """The factors found otherwise than before: each as it was and as it is (2.2.7)."""
    before = {line.factor: line for part in sheet(earlier) for line in part.lines}
    after = [line for part in sheet(later) for line in part.lines]
    pairs = [(before[line.factor], line) for line in after if line.factor in before]
    return [(old, new) for old, new in pairs if old.state != new.state]


def _line(
    code: str, name: str, meaning: str, finding: Finding | None, before: Finding | None
) -> Line:
    if finding is None:
        return Line(code, name, meaning, Finding.State.NOT_YET_KNOWN, None, before=before)
    evidence = tuple(finding.evidence.all())
    return Line(code, name, meaning, finding.state, finding, evidence, before)
