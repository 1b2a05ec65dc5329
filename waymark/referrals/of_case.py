"""What of the referrals about somebody the readers of their case see: extracts and outcomes."""

from waymark.cases.models import Case
from waymark.referrals.models import Extract, Screening


def extracts_of(case: Case) -> list[Extract]:
    """What each referral said of this person, the first one first; never the referral itself."""
    found = Extract.objects.filter(subject__case=case).select_related("by")
    return list(found.order_by("at", "pk"))


def joined(case: Case) -> Screening | None:
    """The screening by which the latest new concern joined the case, if any did."""
    found = Screening.objects.filter(case=case, outcome=Screening.Outcome.JOINS_CASE)
    return found.select_related("by").last()
