"""What a plan's form begins with: the version before, or what was typed so far."""

from typing import Any

from waymark.support.models import Plan
from waymark.ui.forms import Questions

MOST_PIECES = 6


def begun(plan: Plan | None) -> dict[str, Any]:
    """What the version before said of the whole, to begin the next with."""
    if plan is None:
        return {}
    return {
        "level": plan.level,
        "level_why": plan.level_why,
        "risks_to_providers": plan.risks_to_providers,
        "case_lead": str(plan.case_lead_id),
        "asker": str(plan.asker_id),
        "ask_how": plan.ask_how,
    }


def typed(form: Questions, data: Any) -> dict[str, Any]:
    """All that was typed, to show it again in a form that asks for one piece more."""
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, name)
    }


def asked_for(data: Any) -> int:
    """How many pieces of support a request asks for."""
    said = str(data.get("pieces", "1"))
    return min(MOST_PIECES, max(1, int(said))) if said.isdecimal() and len(said) < 3 else 1
