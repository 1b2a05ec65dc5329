"""How a case's assessments follow each other: the words found, side by side by date (2.2.7).

Each dimension is looked at apart from the others. Nothing is added up, ranked or averaged: what
stands here are the words of the findings, and how the three dimensions stand to each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from waymark.assessments.models import Assessment, Finding
from waymark.cases.models import Case
from waymark.policy.pack import Pack, edition

State = Finding.State
THERE = frozenset({State.PARTLY.value, State.STRONGLY.value})
NOT_YET_KNOWN = State.NOT_YET_KNOWN.value
SHOWN = 4  # assessments beside each other: with the factor's name five columns


class Standing(StrEnum):
    """How one dimension stands by what is found of its factors."""

    PRESENT = "something is found"
    WAS_PRESENT = "was found, no longer"
    NOT_PRESENT = "nothing is found"
    NOT_AS_FAR_AS_KNOWN = "nothing is found, as far as is known"
    NOT_YET_KNOWN = "not yet known"


@dataclass(frozen=True)
class Row:
    """One factor: what each assessment found of it, in the order of the assessments."""

    factor: str
    name: str
    found: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether not all of them say the same."""
        return any(one != self.found[0] for one in self.found)


@dataclass(frozen=True)
class Dimension:
    """One dimension: how it stood at each assessment, and its factors."""

    code: str
    name: str
    stood: tuple[Standing, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Changes:
    """Signed assessments beside each other, the earliest first.

    `together`: how the dimensions stand to each other at each, in words; "" where nothing can be
    said of it. `earlier`, `later`: whether there are more on that side.
    """

    assessments: tuple[Assessment, ...]
    dimensions: tuple[Dimension, ...]
    together: tuple[str, ...]
    earlier: bool
    later: bool


def changes_of(case: Case, *, until: int = 0) -> Changes:
    """The last assessments of `case` beside each other; `until`: leave so many of the last out.

    Three queries, however many there are.
    """
    signed = case.assessments.exclude(signed_at=None).select_related("signed_by")
    found = list(signed.order_by("signed_at", "pk"))
    end = max(len(found) - until, min(SHOWN, len(found)))
    shown = tuple(found[max(end - SHOWN, 0) : end])
    findings = _findings(shown)
    dimensions = tuple(_dimension(code, name, shown, findings) for code, name in _named(shown))
    together = tuple(
        in_words({one.code: one.stood[at] for one in dimensions}) for at in range(len(shown))
    )
    return Changes(shown, dimensions, together, end > SHOWN, end < len(found))


Found = dict[int, dict[str, Finding]]


def _findings(shown: Sequence[Assessment]) -> Found:
    found: Found = {one.pk: {} for one in shown}
    for row in Finding.objects.filter(assessment__in=[one.pk for one in shown]):
        found[row.assessment_id][row.factor] = row
    return found


def _named(shown: Sequence[Assessment]) -> list[tuple[str, str]]:
    """The dimensions of every edition in use, each once, as the latest names them."""
    names: dict[str, str] = {}
    for one in shown:
        for dimension in edition(one.edition).framework.dimensions:
            names[dimension.code] = dimension.name
    return list(names.items())


def _dimension(code: str, name: str, shown: Sequence[Assessment], found: Found) -> Dimension:
    factors = _factors(code, shown, found)
    said = [_said(one, factors, found) for one in shown]
    rows = tuple(
        Row(factor, called, tuple(each[factor] for each in said))
        for factor, called in factors.items()
    )
    stood = tuple(_stood(each.values()) for each in said)
    return Dimension(code, name, stood, rows)


def _factors(code: str, shown: Sequence[Assessment], found: Found) -> dict[str, str]:
    """The factors of a dimension by code: the frameworks', then this case's own."""
    names: dict[str, str] = {}
    for pack in _packs(shown):
        names |= {one.code: one.name for one in pack.factors_of(code)}
    for findings in found.values():
        own = (row for row in findings.values() if row.dimension == code and row.name)
        names |= {row.factor: row.name for row in own}
    return names


def _packs(shown: Sequence[Assessment]) -> list[Pack]:
    return [edition(code) for code in dict.fromkeys(one.edition for one in shown)]


def _said(one: Assessment, factors: Iterable[str], found: Found) -> dict[str, str]:
    """What one assessment says of each factor; what it says nothing of is not yet known (R9)."""
    rows = found[one.pk]
    return {factor: rows[factor].state if factor in rows else NOT_YET_KNOWN for factor in factors}


def _stood(states: Iterable[str]) -> Standing:
    said = set(states)
    if said & THERE:
        return Standing.PRESENT
    if State.WAS_PRESENT.value in said:
        return Standing.WAS_PRESENT
    if said <= {State.NOT_PRESENT.value}:
        return Standing.NOT_PRESENT
    known = State.NOT_PRESENT.value in said
    return Standing.NOT_AS_FAR_AS_KNOWN if known else Standing.NOT_YET_KNOWN


GONE = frozenset({Standing.WAS_PRESENT, Standing.NOT_PRESENT, Standing.NOT_AS_FAR_AS_KNOWN})


def in_words(stood: dict[str, Standing]) -> str:
    """How engagement and intent stand to each other, as the policy tells them apart (2.2.3).

    It says that something was found, and never what somebody is or means: that is the assessor's.
    """
    engaged, intent = stood.get("engagement"), stood.get("intent")
    if engaged is None or intent is None:
        return ""
    there = Standing.PRESENT
    if engaged == there and intent == Standing.WAS_PRESENT:
        return "Something of engagement is found, of intent no longer: desisted, not disengaged."
    if engaged == there and intent in GONE:
        return "Something of engagement is found, and nothing of intent as far as is known."
    if engaged == there and intent == there:
        return "Something of both is found."
    if engaged == Standing.WAS_PRESENT and intent == there:
        return "Of engagement no longer, and of intent something: both are to be looked at again."
    if engaged in GONE and intent == there:
        return "Something of intent is found, and nothing of engagement as far as is known."
    if engaged == Standing.WAS_PRESENT and intent in GONE:
        return "Of engagement no longer, and nothing of intent: disengaged."
    return ""


def label_of(state: str) -> str:
    """A finding's state in words."""
    return str(State(state).label)
