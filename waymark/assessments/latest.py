"""The assessment that a decision can rest on."""

from waymark.assessments.models import Assessment
from waymark.cases.models import Case


def latest_signed(case: Case) -> Assessment | None:
    """The assessment of `case` that was signed last, if any."""
    return case.assessments.filter(signed_at__isnull=False).order_by("signed_at", "id").last()


def unfinished(case: Case) -> Assessment | None:
    """The assessment that somebody has begun and nobody has signed, if any."""
    return case.assessments.filter(signed_at=None).first()
