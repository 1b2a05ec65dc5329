"""The risk record of a case: every assessment, and what changed between the last two (2.1.2)."""

from dataclasses import dataclass

from waymark.cases.models import Case, Risk, RiskAssessment


def risk_record(case: Case) -> list[RiskAssessment]:
    """Every assessment of risk that the reader may see, the newest first."""
    found = case.risk_assessments.select_related("by").prefetch_related("risks__owner")
    return list(reversed(found))


def standing_risks(record: list[RiskAssessment]) -> list[Risk]:
    """The risk to each of the four as it was assessed last: what a panel reviews."""
    return [risk for one in record[:1] for risk in one.of_each()]


@dataclass(frozen=True)
class Changed:
    """The risk to one of the four, as it was and as it is."""

    to: Risk.To
    was: Risk
    now: Risk


@dataclass(frozen=True)
class Changes:
    """`unchanged`: the four of which every word is as it was; `why`: what was said of that."""

    before: RiskAssessment
    after: RiskAssessment
    changed: list[Changed]
    unchanged: list[Risk.To]
    why: str


def last_changes(record: list[RiskAssessment]) -> Changes | None:
    """What the newest assessment changed in the one before; none before there are two."""
    if len(record) < 2:
        return None
    after, before = record[:2]
    earlier = {one.to: one for one in before.risks.all()}
    both = [Changed(Risk.To(one.to), earlier[one.to], one) for one in after.of_each()]
    return Changes(
        before, after,
        changed=[one for one in both if _words(one.was) != _words(one.now)],
        unchanged=[one.to for one in both if _words(one.was) == _words(one.now)],
        why=after.unchanged_why,
    )  # fmt: skip


def _words(one: Risk) -> tuple[bool, str, str, str, str]:
    return (one.seen, one.what, one.speaks_for, one.speaks_against, one.reduced_how)
