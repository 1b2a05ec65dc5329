"""An assessment as a paper: what is missing stands first, and nothing is added up (2.2.2, R13)."""

from functools import lru_cache
from typing import Any

from waymark.assessments.models import Assessment, Finding
from waymark.assessments.sheet import Line, Part, sheet
from waymark.cases.models import Risk
from waymark.policy.pack import Pack, in_force
from waymark.ui.documents import made
from waymark.ui.words import day, moment
from waymark.web.rows.assessment import TEXTS, in_words, summed_up
from waymark.web.rows.not_known import needs_in_words, questions_in_words
from waymark.web.rows.risk import risks_in_words

TEMPLATE = "assessment.typ"
TITLE = "Assessment of the factors"


@lru_cache(maxsize=2)
def blank_assessment(*, demonstration: bool) -> bytes:
    """The framework in force, to print and fill in by hand."""
    pack = in_force()
    return made(TEMPLATE, {
        **_framed(pack, f"{TITLE}.", demonstration), "blank": True, "missing": [], "open": [],
        "needs": [],
        "facts": [f"{pack.framework.name} ({pack.framework.source})"],
        "fill": ["About:", "Case:"],
        "parts": [
            {
                "name": one.name, "meaning": one.meaning,
                "factors": [
                    {"name": factor.name, "meaning": factor.meaning}
                    for factor in pack.factors_of(one.code)
                ],
            }
            for one in pack.framework.dimensions
        ],
        "states": [state.label for state in Finding.State],
        "texts": [{"question": label, "answer": ""} for label in TEXTS.values()], "risks": [],
    })  # fmt: skip


def assessment_paper(
    assessment: Assessment,
    *,
    name: str,
    reference: str,
    reader: str,
    risks: list[Risk],
    demonstration: bool,
) -> bytes:
    """One assessment as PDF/UA, with the risk record. `reader`: whose copy it is, on each page."""
    parts = sheet(assessment)
    running = f"Case {reference}. Copy of {reader}. Do not pass it on."
    return made(TEMPLATE, {
        **_framed(in_force(), running, demonstration), "blank": False, "fill": [],
        "facts": [f"About: {name}", f"Case: {reference}", _standing(assessment)],
        "missing": _missing(assessment, parts),
        "open": questions_in_words(assessment.case),
        "needs": needs_in_words(assessment.case),
        "parts": [_part(one) for one in parts],
        "texts": [one for one in summed_up(assessment) if one["answer"]],
        "states": [], "risks": risks_in_words(risks),
    })  # fmt: skip


def _framed(pack: Pack, running: str, demonstration: bool) -> dict[str, Any]:
    running = f"{running} Policy in force: {pack.edition.name}."
    return {"title": TITLE, "running": running, "demonstration": demonstration}


def _standing(one: Assessment) -> str:
    if one.signed_by and one.signed_at:
        return (
            f"{one.get_kind_display()}, signed by {one.signed_by.name} on {moment(one.signed_at)}"
        )
    return f"{one.get_kind_display()}, begun on {day(one.at)} and not signed"


def _missing(one: Assessment, parts: list[Part]) -> list[str]:
    """What nobody knows yet, by dimension, and what is not summed up: it is read first."""
    missing = []
    for part in parts:
        open_ones = [line.name for line in part.lines if line.state == Finding.State.NOT_YET_KNOWN]
        if open_ones:
            missing.append(f"Not yet known, {part.name}: {'; '.join(open_ones)}.")
    return missing + [f"Nothing is written: {label}" for name, label in TEXTS.items()
                      if not getattr(one, name)]  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    """The factors of which something is said; the others stand under what is missing."""
    said = [line for line in part.lines if line.state != Finding.State.NOT_YET_KNOWN]
    return {
        "name": part.name,
        "meaning": part.meaning,
        "factors": [_factor(line) for line in said],
    }


def _factor(line: Line) -> dict[str, Any]:
    found = line.finding
    return {
        "name": line.name,
        "meaning": line.meaning,
        "state": line.says,
        "shows": found.shows if found else "",
        "against": found.speaks_against if found else "",
        "evidence": [in_words(one) for one in line.evidence],
    }
