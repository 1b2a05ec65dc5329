"""What a plan's form begins with: the version before, or what was typed so far."""

from collections.abc import Sequence
from typing import Any

from waymark.database.clock import today
from waymark.support.models import Need, Piece, Plan
from waymark.support.reading.plans import Present
from waymark.ui.forms import Questions

MOST_PIECES = 6
OWN_NEEDS = 2  # that are asked for beside what the assessment found
SAME = (
    "kind", "aim", "answers_how", "locally", "works_how", "level", "level_why", "brief", "rhythm",
    "risk_to_worker", "risk_done", "safe_contact",
)  # fmt: skip


def begun(plan: Plan | None, found: Sequence[Present]) -> dict[str, Any]:
    """What the version before said, to begin the next with. `found`: what is present now."""
    if plan is None:
        return {}
    needs = _needs(plan, found)
    said: dict[str, Any] = {
        "level": plan.level,
        "level_why": plan.level_why,
        "risks_to_providers": plan.risks_to_providers,
        "case_lead": str(plan.case_lead_id),
        "asker": str(plan.asker_id),
        "ask_how": plan.ask_how,
    }
    for name, need in needs.items():
        said |= {name: need.words, f"{name}_kind": need.kind, f"{name}_not": need.not_addressed_why}
    names = {need.pk: name for name, need in needs.items()}
    for number, piece in enumerate(plan.pieces.order_by("from_date", "id")[:MOST_PIECES]):
        of_it = _piece(piece) | {"need": names.get(piece.need_id, "")}
        said |= {f"p{number}_{name}": value for name, value in of_it.items()}
    return said


def _needs(plan: Plan, found: Sequence[Present]) -> dict[str, Need]:
    """The needs of the version before, by the name of the question that asks for each now."""
    at = {one.factor: f"found_{number}" for number, one in enumerate(found)}
    needs = list(plan.needs.order_by("position"))
    named = {at[need.factor]: need for need in needs if need.factor in at}
    own = [need for need in needs if need.factor not in at][:OWN_NEEDS]
    return named | {f"own_{number}": need for number, need in enumerate(own)}


def _piece(piece: Piece) -> dict[str, Any]:
    """A piece as it was, with the days that are still to come."""
    until = piece.until_date if piece.until_date >= today() else None
    return {name: getattr(piece, name) for name in SAME} | {
        "whole_family": "yes" if piece.whole_family else "no",
        "lead": str(piece.lead_id),
        "provider": str(piece.provider_id),
        "worker": str(piece.provider_user_id or ""),
        "sessions": piece.sessions_ordered,
        "from_date": max(piece.from_date, today()),
        "until_date": until,
    }


def typed(form: Questions, data: Any) -> dict[str, Any]:
    """All that was typed, to show it again in a form that asks for one piece more."""
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, name)
    }


def asked_for(data: Any, before: Plan | None) -> int:
    """How many pieces of support a request asks for; unsaid, as many as the version before."""
    said = str(data.get("pieces", before.pieces.count() if before else 1))
    return min(MOST_PIECES, max(1, int(said))) if said.isdecimal() and len(said) < 3 else 1
