"""What the form of a risk assessment is sent with."""

from datetime import timedelta
from typing import Any

from tests.cast import Cast
from tests.web.panel import day
from waymark.database.clock import today

OF_EACH = ("person", "public", "partners", "providers")


def risk_sent(cast: Cast, **differs: Any) -> dict[str, Any]:
    """A risk to the person, and none seen to the others; but for what differs.

    Owner and day are said once: those of the others are left as those of the first.
    """
    said = {
        "person_seen": "yes", "person_what": "May be drawn in by older friends",
        "person_speaks_for": "The tutor saw him with them",
        "person_speaks_against": "He is home by six",
        "person_reduced_how": "The school keeps an eye on breaks",
        "person_owner": str(cast.police_officer.pk), "conflict": "no", "major_risk": "no",
    }  # fmt: skip
    for to in OF_EACH[1:]:
        said |= {f"{to}_seen": "no", f"{to}_none_why": f"Words, no acts against {to}"}
    return said | day("person_review_date", today() + timedelta(days=20)) | differs
