"""The risk record, the latest assessment, plan and decision of a case, for its first page."""

from typing import Any

from django.urls import reverse

from waymark.assessments.latest import latest_signed
from waymark.cases.models import Case, RiskAssessment
from waymark.cases.reading import ages
from waymark.cases.reading.parts import sees_part
from waymark.cases.reading.risks import standing_risks
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.panels.next_steps import last_closed
from waymark.panels.reading.decisions import decisions_of
from waymark.policy.lateness import day_in_words
from waymark.sharing.told import asked_on
from waymark.support.models import Plan
from waymark.support.plans import PLANNED_AT
from waymark.support.reading import plans
from waymark.web.rows.case_partners import partners_row, supervisor_row
from waymark.web.rows.not_known import rows_of_what_is_there
from waymark.web.rows.risk import risks_in_short


def case_summary(case: Case, user: User, record: list[RiskAssessment]) -> list[dict[str, Any]]:
    """Rows of a summary list; what the reader may not see, or is not there yet, is left out.

    `record`: the case's risk record, as the reader may see it.
    """
    work = sees_part(user, case, Part.WORK)
    return [
        *partners_row(case, user),
        *(supervisor_row(case) if work else []),
        *(_age(case) if sees_part(user, case, Part.PERSON) else []),
        *(_partners(case) if sees_part(user, case, Part.REQUEST) else []),
        *(_next_step(case) if work else []),
        *risks_in_short(case, standing_risks(record)),
        *(_assessment(case) if sees_part(user, case, Part.ASSESSMENT) else []),
        *rows_of_what_is_there(case, user),
        *(_plan(case) if sees_part(user, case, Part.PLAN) else []),
        *(_decision(case) if sees_part(user, case, Part.PANEL) else []),
    ]


def _age(case: Case) -> list[dict[str, Any]]:
    """An age in dispute, or a birthday that changes who leads and who answers."""
    said = ages.in_dispute(case) or ages.turning(case)
    address = reverse("case_person", args=[case.reference])
    row = {"question": "Age", "answer": said, "change": address, "act": "Read of the person"}
    return [row] if said else []


def _partners(case: Case) -> list[dict[str, Any]]:
    """How many were asked and have answered: their answers stay within reach at every stage."""
    asked = list(asked_on(case))
    if not asked:
        return []
    answered = sum(one.answered_at is not None for one in asked)
    late = [one.organisation.name for one in asked if one.is_late(today())]
    overdue = f". Overdue: {', '.join(late)}" if late else ""
    return [
        {
            "question": "Partners’ answers",
            "answer": f"{len(asked)} asked, {answered} answered{overdue}",
            "change": reverse("partner_checks", args=[case.reference]),
            "act": "Read the answers",
        }
    ]


def _next_step(case: Case) -> list[dict[str, Any]]:
    """What chair and police said, once both have."""
    if (closed := last_closed(case)) is None:
        return []
    said = "Chair and police said the same" if closed.agreed else "Chair and police differ"
    return [
        {
            "question": "Next step: what was said",
            "answer": said,
            "change": reverse("next_step", args=[case.reference]),
            "act": "Read what was said",
        }
    ]


def _assessment(case: Case) -> list[dict[str, Any]]:
    found = latest_signed(case)
    if found is None or found.signed_at is None:
        return []
    signed = day_in_words(found.signed_at.date())
    return [
        {
            "question": "Latest assessment",
            "answer": f"Signed {signed}. {found.conclusion}",
            "change": reverse("assessment", args=[case.reference]),
            "act": "Read the factors",
        }
    ]


def _plan(case: Case) -> list[dict[str, Any]]:
    said = plans.summary(case)
    if not said and case.stage not in PLANNED_AT:
        return []
    href = reverse("plan", args=[case.reference])
    return [{"question": "Support plan", "answer": said or "None is written", "change": href,
             "act": "Read the plan" if said else "Go to the plan"}]  # fmt: skip


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
