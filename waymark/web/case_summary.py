"""The latest assessment, plan and decision of a case, for its first page."""

from typing import Any

from django.urls import reverse

from waymark.assessments.latest import latest_signed
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.panels.reading.decisions import decisions_of
from waymark.policy.lateness import day_in_words
from waymark.support.models import Plan
from waymark.support.reading import plans


def case_summary(case: Case, user: User) -> list[dict[str, Any]]:
    """Rows of a summary list; what the reader may not see, or is not there yet, is left out."""
    return [
        *(_assessment(case) if sees_part(user, case, Part.ASSESSMENT) else []),
        *(_plan(case) if sees_part(user, case, Part.PLAN) else []),
        *(_decision(case) if sees_part(user, case, Part.PANEL) else []),
    ]


def _assessment(case: Case) -> list[dict[str, Any]]:
    found = latest_signed(case)
    if found is None or found.signed_at is None:
        return []
    signed = day_in_words(found.signed_at.date())
    return [{"question": "Latest assessment", "answer": f"Signed {signed}. {found.conclusion}"}]


def _plan(case: Case) -> list[dict[str, Any]]:
    said = plans.summary(case)
    if not said:
        return []
    href = reverse("plan", args=[case.reference])
    return [{"question": "Support plan", "answer": said, "change": href, "act": "Read the plan"}]


def _decision(case: Case) -> list[dict[str, Any]]:
    last = next(iter(decisions_of(case)), None)
    if last is None:
        return []
    on = day_in_words(last.at.date())
    return [
        {
            "question": "Last decision of the panel",
            "answer": f"{last.get_kind_display()}, {on}",
            "change": reverse("meeting_minutes", args=[last.meeting_id]),
            "act": "Read the minutes",
        }
    ]


def plan_rows(plan: Plan) -> list[dict[str, Any]]:
    """A plan in short, as the panel reads it before it agrees."""
    pieces = [
        f"{piece.reference}: {piece.provider.name}, led by {piece.lead.name}"
        for piece in plan.pieces.select_related("provider", "lead")
    ]
    asked_by = f"{plan.asker.name}, by {day_in_words(plan.ask_by_date)}: {plan.ask_how}"
    return [
        {"question": "Plan", "answer": f"Version {plan.number}"},
        {"question": "Support", "answer": pieces},
        {"question": "Consent is asked by", "answer": asked_by},
    ]
