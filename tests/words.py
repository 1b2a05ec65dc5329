"""What people write in a story, so that a test says only what differs."""

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from waymark.assessments.evidence import Proof
from waymark.assessments.findings import Found
from waymark.cases.known.risk import RiskSaid
from waymark.database.clock import today

GATHERED = {
    "to_check_with": "Robin Ashdown, born 4 May 2011, of Essex Academy",
    "why_enough": "Name, birth date and school are known",
}

SUMMED_UP = {
    "engagement": "Wants to belong; hears a grievance often",
    "intent": "No wish to harm is known",
    "capability": "None is known",
    "protective": "A close sister, a trusted tutor",
    "own_view": "Says that school is lonely",
    "conclusion": "Support to belong elsewhere would help",
}
SAID = Proof("Sits apart, then with older friends", "The form tutor")
FOUND = [Found("E3", "partly", "Seeks a group", evidence=[SAID])]


TEXTS = {
    "to_person": "Drawn in by older friends",
    "to_public": "Words, no acts",
    "to_partners": "None known",
    "to_providers": "Meets strangers alone",
}


def risk_said(cast: Cast, **differs: Any) -> dict[str, Any]:
    """A first assessment of risk with neither conflict nor major risk, but for what differs.

    `to_person`, `to_public`, `to_partners` and `to_providers` differ in what might happen; what
    differs of owner, day, `speaks_for`, `speaks_against` and `reduced_how` does so for all four.
    """
    of_each: dict[str, Any] = {
        "speaks_for": "The form tutor saw it",
        "speaks_against": "He still sees his old friends",
        "reduced_how": "The school keeps an eye on breaks",
        "owner": cast.police_officer,
        "review_date": today() + timedelta(days=14),
    }
    of_each = {name: differs.pop(name, one) for name, one in of_each.items()}
    texts = {name: differs.pop(name, text) for name, text in TEXTS.items()}
    risks = {name[3:]: RiskSaid(what=text, **of_each) for name, text in texts.items()}
    return {"risks": risks, "conflict": "no", "major_risk": False} | differs
