"""What the closing report of a case tells: what was done, what came of it, and what follows."""

from dataclasses import dataclass

from waymark.assessments.models import Assessment
from waymark.cases.endings.signposts import signposts_of
from waymark.cases.models import Case, EndCheck, Move, Signpost, Told
from waymark.cases.models.case import ENDS
from waymark.panels.models import Decision, EndOpinion, EndProposal, ReviewAfterExit
from waymark.panels.reading import opinions
from waymark.panels.reading.reviews import of_case
from waymark.support import plans
from waymark.support.reading.plans import PlanRead, read


@dataclass(frozen=True)
class Closing:
    end: Move
    plan: PlanRead | None
    assessments: list[Assessment]
    proposal: EndProposal | None
    decision: Decision | None
    opinions: list[EndOpinion]
    check: EndCheck | None
    told: list[Told]
    signposts: list[Signpost]
    reviews: list[ReviewAfterExit]


def closing_of(case: Case) -> Closing | None:
    """Of a case that has ended; None while it goes on."""
    end = case.moves.filter(to__in=ENDS).select_related("by").last()
    if case.is_open or end is None:
        return None
    plan = plans.agreed(case)
    proposal = opinions.last_end(case)
    ended = proposal if proposal and proposal.outcome == EndProposal.Outcome.ENDORSED else None
    signed = case.assessments.filter(signed_at__isnull=False).order_by("signed_at")
    return Closing(
        end=end,
        plan=read(plan) if plan else None,
        assessments=list(signed),
        proposal=ended,
        decision=ended.decision if ended else None,
        opinions=opinions.seen_of_end(ended) if ended else [],
        check=case.end_checks.select_related("by").last(),
        told=list(case.told.order_by("at")),
        signposts=signposts_of(case),
        reviews=of_case(case),
    )
