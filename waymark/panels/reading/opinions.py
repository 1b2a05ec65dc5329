"""What was said of the next step and of an end, as far as the reader may see it yet.

The database shows an opinion of the other side only once both are given (2.7.11, 2.8.15).
"""

from waymark.cases.models import Case
from waymark.directory.models import User
from waymark.panels import next_steps
from waymark.panels.models import EndOpinion, EndProposal, NextStepOpinion


def own_next_step(case: Case, user: User) -> NextStepOpinion | None:
    """What the reader's own organisation said in the round that still waits for the other."""
    step = next_steps.current(case)
    if step is None:
        return None
    mine = step.opinions.filter(organisation_id=user.organisation_id)
    return mine.select_related("by").first()


def both_next_steps(case: Case) -> list[NextStepOpinion]:
    """Both opinions of the last round in which both were given, the chair's first."""
    step = next_steps.last_closed(case)
    if step is None:
        return []
    return list(step.opinions.select_related("by", "organisation").order_by("post"))


def last_end(case: Case) -> EndProposal | None:
    """The end that was proposed last, whatever became of it."""
    return case.end_proposals.select_related("written_by", "decision__meeting").last()


def seen_of_end(proposal: EndProposal) -> list[EndOpinion]:
    """The opinions on an end that the reader may see: their side’s; both once both are given."""
    return list(proposal.opinions.select_related("by", "organisation").order_by("post"))
