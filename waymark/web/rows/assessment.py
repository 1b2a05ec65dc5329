"""An assessment as its pages print it: its factors, its words, what it lacks, what it rests on."""

from typing import Any

from django.urls import reverse

from waymark.assessments import signing
from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.assessments.sheet import Line, Part
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part as CasePart
from waymark.directory.models import User
from waymark.referrals.of_case import extracts_of
from waymark.sharing import reading as sharing
from waymark.ui.words import day, moment

TEXTS = {
    "engagement": "Engagement with a group, cause or ideology, in sum",
    "intent": "Intent to cause harm, in sum",
    "capability": "Capability to cause harm, in sum",
    "protective": "What protects the person?",
    "own_view": "What is the person’s own view, or why is it not known?",
    "conclusion": "Seen together in one rounded view: is support needed, and of what kind?",
}


def parts_of(case: Case, parts: list[Part]) -> list[dict[str, Any]]:
    return [
        {
            "name": part.name,
            "meaning": part.meaning,
            "rows": [_row(case, one) for one in part.lines],
        }
        for part in parts
    ]


def _row(case: Case, line: Line) -> dict[str, Any]:
    return {
        "factor": {
            "text": line.name,
            "href": reverse("factor", args=[case.reference, line.factor]),
        },
        "name": line.name,
        "state": line.says,
        "shows": line.finding.shows if line.finding else "",
        "evidence": "\n".join(map(in_words, line.evidence)),
        "since": _since(line),
    }


def in_words(one: Evidence) -> str:
    """A piece of evidence, where it comes from, and what kind of word it is."""
    on = f", {day(one.happened_date)}" if one.happened_date else ""
    own = ", the person’s own word" if one.self_report else ""
    way = "" if one.speaks_for else ", speaks against"
    bears = f" A diagnosis, by {one.clinician}. {one.bears_how}" if one.is_diagnosis else ""
    return f"{one.words} ({one.source}{on}; {one.get_kind_display().lower()}{own}{way}){bears}"


def _since(line: Line) -> str:
    """What became of what was found the last time."""
    found, before = line.finding, line.before
    if before is None:
        return ""
    if found is None:
        return f"{before.get_state_display()} the last time. Not looked at again yet."
    if found.confirmed:
        return f"Unchanged, confirmed by {found.by.name} on {day(found.at)}"
    return f"{before.get_state_display()} the last time. {found.changed_why}".strip()


def found_rows(found: Finding) -> list[dict[str, str]]:
    """One finding as it was saved, whoever saved it."""
    rows = [
        ("Saved by", f"{found.by.name}, {moment(found.at)}"),
        ("What is found", found.get_state_display()),
        ("What it shows", found.shows),
        ("What speaks against it", found.speaks_against),
        ("Evidence", "\n".join(map(in_words, found.evidence.all()))),
        ("What changed, and why", found.changed_why),
    ]
    return [{"question": label, "answer": text} for label, text in rows if text]


def summed_up(one: Assessment) -> list[dict[str, str]]:
    rows = [(label, str(getattr(one, name))) for name, label in TEXTS.items()]
    rows += [("What changed since the last one", one.changes)] if one.changes else []
    return [{"question": label, "answer": text} for label, text in rows]


def lacking(begun: Assessment, case: Case) -> list[dict[str, str]]:
    """What is missing before it is signed, each with the page on which to write it."""
    return [
        {"text": str(one.why), "href": _where(one.factor, case)}
        for one in signing.missing_of(begun)
    ]


def _where(factor: str, case: Case) -> str:
    if factor:
        return reverse("factor", args=[case.reference, factor])
    return reverse("assessment_whole", args=[case.reference])


def rests_on(case: Case, user: User) -> dict[str, Any]:
    """What findings can rest on, as far as the reader may see it: each needs its source (2.3.5)."""
    answers = sees_part(user, case, CasePart.REQUEST) and sees_part(user, case, CasePart.WORK)
    asked = sharing.requests_of(case) if answers else []
    referred = sees_part(user, case, CasePart.EXTRACT)
    return {
        "extracts": extracts_of(case) if referred else [],
        "answered": sharing.beside(case, asked),
        "rests": bool(referred or asked),
    }
