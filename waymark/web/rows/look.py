"""Looks in words, as auditors, supervisors and the viewers themselves read them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from waymark.audit.looks import Look, words_for
from waymark.database.clock import LONDON, day_of
from waymark.directory.models import User
from waymark.oversight.openings import PURPOSES
from waymark.oversight.reading.looked import Seen
from waymark.policy.lateness import day_in_words

PARTS = {
    "case": "the case", "name": "the name", "person": "the person", "referral": "the referral",
    "extract": "what the referral says of the person", "referrer": "who referred",
    "unknown_referrer": "who referred", "work": "the work", "held": "why it is held",
    "request": "requests", "assessment": "the assessment", "plan": "the plan",
    "panel": "papers and minutes", "sight": "who may see it", "audit": "looks of others",
}  # fmt: skip
FOR = PURPOSES | {
    "own_task": "Own task", "own_area": "A case of their area", "match": "Perhaps the same person",
    "screening": "Screening", "panel_papers": "Papers of a panel", "emergency": "An emergency",
    "refused": "Not shown", "audit": "Audit", "search": "Looking for somebody",
}  # fmt: skip
BY = {
    "post": "by their post", "grant": "by a grant", "named": "as somebody named on it",
    "emergency": "opened in an emergency", "object": "as their own piece of the work",
    "meeting": "as one of a meeting", "match": "as a match", "none": "refused",
}  # fmt: skip
NO_CASE = "No case"


def what(look: Look) -> str:
    """Part, and whether it was a page or a document."""
    part = PARTS.get(look.part, look.part.replace("_", " "))
    said = f"{part[0].upper()}{part[1:]}"
    return f"{said}, as a document" if look.object_kind == "document" else said


def how(look: Look) -> str:
    """By what it was seen, and whether there was a task."""
    said = BY.get(look.sight, "")
    if look.had_task is None or look.sight == "none":
        return said.capitalize()
    return f"{said.capitalize()}, {'with' if look.had_task else 'without'} a task"


def purpose(look: Look, words: dict[int, str]) -> str:
    if look.pk in words:
        return f"“{words[look.pk]}”"
    return FOR.get(look.purpose, look.purpose.replace("_", " ").capitalize())


def days_of(looks: Sequence[Look], first: dict[int, Any], *, key: str) -> list[dict[str, Any]]:
    """A table for each day, the latest first. `first`: the cell that heads each row, by `key`."""
    words = words_for(looks)
    days: dict[Any, list[dict[str, Any]]] = {}
    for one in looks:
        there = one.at.astimezone(LONDON)
        days.setdefault(day_of(one.at), []).append({
            "time": f"{there:%H:%M}", "first": first.get(getattr(one, key) or 0, NO_CASE),
            "what": what(one), "for": purpose(one, words), "how": how(one),
        })  # fmt: skip
    return [{"title": day_in_words(day), "rows": rows} for day, rows in days.items()]


def seen_row(row: Seen, people: dict[int, User], cases: dict[int, str]) -> dict[str, Any]:
    """One line of a list: who, which case, when, how often, what for."""
    return {
        "who": person_cell(people.get(row.user_id)),
        "case": case_cell(cases.get(row.case_id or 0, "")),
        "when": f"{day_in_words(row.day)}, {times(row.looks)}",
        "for": "; ".join(dict.fromkeys(purpose(one, {}) for one in row.looks)),
        "how": "; ".join(dict.fromkeys(how(one) for one in row.looks)),
    }


def times(looks: Iterable[Look]) -> str:
    """From when to when."""
    at = sorted(f"{one.at.astimezone(LONDON):%H:%M}" for one in looks)
    return at[0] if at[0] == at[-1] else f"{at[0]} to {at[-1]}"


def person_cell(user: User | None) -> Any:
    if user is None:
        return "An account that is gone"
    where = reverse("seen_by", args=[user.pk])
    return {"text": f"{user.name}, {user.organisation.name}", "href": where}


def case_cell(reference: str) -> Any:
    if not reference:
        return "Not shown to you"
    return {"text": reference, "href": reverse("seen_of_case", args=[reference])}
