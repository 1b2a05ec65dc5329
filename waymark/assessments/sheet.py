"""An assessment as it is read: every factor of the framework, whether or not anything was found."""

from dataclasses import dataclass

from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.policy.pack import edition


@dataclass(frozen=True)
class Line:
    """One factor and what is found of it: *not yet known* where nothing is."""

    factor: str
    name: str
    meaning: str
    state: str
    finding: Finding | None
    evidence: tuple[Evidence, ...] = ()

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


def sheet(assessment: Assessment) -> list[Part]:
    """The three dimensions in the framework's order, its factors and then the case's own."""
    pack = edition(assessment.edition)
    found = {one.factor: one for one in assessment.findings.prefetch_related("evidence")}
    parts = []
    for dimension in pack.framework.dimensions:
        known = pack.factors_of(dimension.code)
        lines = [_line(one.code, one.name, one.meaning, found.get(one.code)) for one in known]
        codes = {one.code for one in known}
        lines += [
            _line(one.factor, one.name, "", one)
            for one in found.values()
            if one.dimension == dimension.code and one.factor not in codes
        ]
        summary = str(getattr(assessment, dimension.code))
        parts.append(Part(dimension.code, dimension.name, dimension.meaning, summary, tuple(lines)))
    return parts


def changed_since(later: Assessment, earlier: Assessment) -> list[tuple[Line, Line]]:
    """The factors found otherwise than before: each as it was and as it is (2.2.7)."""
    before = {line.factor: line for part in sheet(earlier) for line in part.lines}
    after = [line for part in sheet(later) for line in part.lines]
    pairs = [(before[line.factor], line) for line in after if line.factor in before]
    return [(old, new) for old, new in pairs if old.state != new.state]


def _line(code: str, name: str, meaning: str, finding: Finding | None) -> Line:
    if finding is None:
        return Line(code, name, meaning, Finding.State.NOT_YET_KNOWN, None)
    return Line(code, name, meaning, finding.state, finding, tuple(finding.evidence.all()))
