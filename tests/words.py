"""What people write in a story, so that a test says only what differs."""

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from waymark.assessments.writing import Found, Proof
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


def risk_said(cast: Cast, **differs: Any) -> dict[str, Any]:
    """A first assessment of risk with neither conflict nor major risk, but for what differs."""
    said: dict[str, Any] = {
        "to_person": "Drawn in by older friends",
        "to_public": "Words, no acts",
        "to_partners": "None known",
        "reduced_how": "The school keeps an eye on breaks",
        "conflict": "no",
        "major_risk": False,
        "owner": cast.police_officer,
        "review_date": today() + timedelta(days=14),
    }
    return said | differs
