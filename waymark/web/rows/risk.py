"""The risk record as rows: for the first page of a case, for the panel, and on paper (2.1.2)."""

from typing import Any

from django.urls import reverse

from waymark.cases.models import Case, Risk
from waymark.database.clock import today
from waymark.policy.lateness import day_in_words


def risks_in_short(case: Case, risks: list[Risk]) -> list[dict[str, Any]]:
    """One row: who answers for the risk to whom, by when. None where no risk is assessed yet."""
    if not risks:
        return []
    return [
        {"question": "Risk record", "answer": [_in_short(one) for one in risks],
         "change": reverse("risk_record", args=[case.reference]), "act": "Read the risk record"}
    ]  # fmt: skip


def risks_in_words(risks: list[Risk]) -> list[dict[str, Any]]:
    """A row for each of the four, as the panel reads it."""
    return [
        {"question": f"Risk to {one.get_to_display()}", "answer": _in_words(one)} for one in risks
    ]


def _in_short(one: Risk) -> str:
    seen = "" if one.seen else "none is seen. "
    return f"To {one.get_to_display()}: {seen}{_owned(one)}"


def _in_words(one: Risk) -> list[str]:
    if not one.seen:
        return [f"None is seen, because: {one.what}", _owned(one)]
    said = [one.what]
    said += [f"Speaks for it: {one.speaks_for}"] if one.speaks_for else []
    said += [f"Speaks against it: {one.speaks_against}"] if one.speaks_against else []
    return [*said, f"Done to reduce it: {one.reduced_how}", _owned(one)]


def _owned(one: Risk) -> str:
    day = day_in_words(one.review_date)
    if one.review_date < today():
        return f"{one.owner.name} answers for it, and was to look again by {day}."
    return f"{one.owner.name} answers for it, and looks again by {day}."
