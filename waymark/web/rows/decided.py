"""What was decided at a panel, as rows; and where what a decision lacks is put right."""

from typing import Any

from django.urls import reverse

from waymark.cases.models import Case
from waymark.panels.models import Decision
from waymark.panels.proposals import NO_SUPPORT
from waymark.policy.lateness import day_in_words
from waymark.support import needs, sessions

Kind = Decision.Kind
BASED = (
    ("Information considered", "information"),
    ("What else members share", "more_information"),
    ("Decided without an answer of", "unanswered"),
    ("Changed since the last decision", "changed"),
    ("What remains after the exit", "remains"),
    ("Risk to the person", "risk_to_person"),
    ("Risk to society", "risk_to_society"),
    ("Health and social care considered", "health_social_care"),
    ("Amended in the assessment", "amended"),
    ("Referrer asked again", "referrer_asked"),
    ("Signposted", "signposted"),
    ("Referral to social care is made by", "social_care_by"),
    ("The person will be told", "told_what"),
    ("Told by", "told_by"),
    ("Reasons", "reasons"),
    ("Dissent", "dissent"),
)


def told(made: Decision) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"question": "Decision", "answer": made.get_kind_display()},
        {"question": "Basis", "answer": made.get_basis_display()},
    ]
    if made.assessment_is:
        rows.append({"question": "Assessment", "answer": made.get_assessment_is_display()})
    rows += [
        {"question": asked, "answer": getattr(made, name)}
        for asked, name in BASED
        if getattr(made, name)
    ]
    if made.confirmed_at:
        rows.append({"question": "Confirmed by the chair", "answer": made.by.name})
    if made.next_review_date:
        rows.append({"question": "Next review", "answer": day_in_words(made.next_review_date)})
    rows.append({"question": "Recorded by", "answer": made.by.name})
    return rows


def onward(case: Case, kind: Decision.Kind) -> list[dict[str, str]]:
    """Where what the decision lacks is put right."""
    links: list[tuple[str, str, list[object]]] = []
    if kind == Kind.PLAN_AGREED:
        links = [("Read the plan", "plan", []), ("Write the next version", "plan_write", [])]
    elif kind == Kind.EXIT_RECOMMENDED:
        links = [
            (f"Say why sessions of support {piece.reference} are missing", "reconcile", [piece.pk])
            for piece in sessions.unreconciled(case)
        ]
        links += [
            (f"Say what became of: {need.words[:80]}", "need", [need.pk])
            for need in needs.still_open(case)
        ]
        links.append(("Read the plan", "plan", []))
    elif kind in NO_SUPPORT:
        links = [("Settle what must be before any end", "before_an_end", [])]
    return [
        {"text": text, "href": reverse(page, args=[case.reference, *more])}
        for text, page, more in links
    ]
