"""What is still not known and what is needed, in short: beside everything that rests on it."""

from typing import Any

from django.urls import reverse

from waymark.cases.known.needs import open_needs
from waymark.cases.known.unknown import still_open
from waymark.cases.models import Case, Stage
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User


def not_known(case: Case, user: User) -> dict[str, Any]:
    """The context of unknown/short.html; nothing for who may not see it, so that no page says
    that nothing is open to somebody who sees none of it."""
    if not sees_part(user, case, Part.ASSESSMENT):
        return {"not_known": None, "needed": None}
    return {"not_known": questions_in_words(case), "needed": needs_in_words(case)}


def back_to(case: Case) -> dict[str, Any]:
    """Where the pages lead back to: information gathering, while that goes on."""
    gathers = case.stage == Stage.GATHERING
    return {
        "back": reverse("gather" if gathers else "case", args=[case.reference]),
        "back_text": f"Go back to {'information gathering' if gathers else 'the case'}",
    }


def questions_in_words(case: Case) -> list[str]:
    return [f"{one.words} (might know: {one.might_know})" for one in still_open(case)]


def needs_in_words(case: Case) -> list[str]:
    return [f"{one.need.get_kind_display()}: {one.words}" for one in open_needs(case)]


def rows_of_what_is_there(case: Case, user: User) -> list[dict[str, Any]]:
    """The rows of those two where something is open or needed: for the first page of a case."""
    return [row for row in paper_rows(case, user) if isinstance(row["answer"], list)]


def paper_rows(case: Case, user: User) -> list[dict[str, Any]]:
    """The same as rows of the papers that a panel has before it."""
    if not sees_part(user, case, Part.ASSESSMENT):
        return []
    return [
        {
            "question": "Still not known",
            "answer": questions_in_words(case) or "Nothing is written down as not known",
            "change": reverse("unknown", args=[case.reference]),
            "act": "Read",
        },
        {
            "question": "Needs that are there",
            "answer": needs_in_words(case) or "None is written down",
            "change": reverse("case_needs", args=[case.reference]),
            "act": "Read",
        },
    ]
