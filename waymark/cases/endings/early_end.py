"""No longer possible: the person has died, moved abroad or cannot be found. Two people say so."""

from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.models import Case, EarlyEnd, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give
from waymark.cases.two import Pair, answer, may_answer, may_propose, to_answer
from waymark.cases.ways import CHAIRS, POLICE
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.8.9"


def pair_for(case: Case) -> Pair:
    """Before a case is opened to its area: officer and police lead; after: chair and police."""
    if case.opened_to_area_at is None:
        return (POLICE, (Role.POLICE_LEAD,))
    return (CHAIRS, POLICE)


def waiting_end(case: Case) -> EarlyEnd | None:
    return case.early_ends.filter(answered_at=None).select_related("by").first()


def may_propose_end(user: User, case: Case) -> None:
    """One of the two posts, at any stage of an open case that is not held."""
    may_act(user, case, "end_early")
    may_propose(user, case, pair_for(case), clause=CLAUSE)
    if waiting_end(case):
        raise Refused(
            "It is proposed already that this case ends", clause=CLAUSE,
            until="Another person decides on it.",
        )  # fmt: skip


@act
def propose_end(
    case: Case, *, by: User, reason: str, why: str, version: int | None = None
) -> EarlyEnd:
    """Propose that a case ends because going on is no longer possible."""
    case = locked(case, version=version)
    may_propose_end(by, case)
    if reason not in EarlyEnd.Reason.values:
        raise Refused("No reason is chosen why going on is no longer possible", clause=CLAUSE)
    said = needs(why, why="Nothing says how this is known", clause=CLAUSE)
    made = EarlyEnd.objects.create(case=case, reason=reason, why=said, by=by, at=now())
    record("early_end_proposed", by=by, at=made.at, case_id=case.pk, row=made, reason=reason)
    give(
        "decide_early_end", by=by, case=case, role=to_answer(by, case, pair_for(case)),
        limit="next_step", object_id=made.pk, clause=CLAUSE,
        why="Decide whether this case ends: no longer possible.",
    )  # fmt: skip
    return made


def may_decide_end(user: User, proposal: EarlyEnd) -> None:
    """The other of the two posts, another person."""
    may_act(user, proposal.case, "end_early")
    may_answer(user, proposal, proposal.case, pair_for(proposal.case), clause=CLAUSE)


@act
def decide_end(
    proposal: EarlyEnd, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Agree that the case ends, and with it all that waits on it; or not, and it goes on."""
    case = locked(proposal.case, version=version)
    proposal = case.early_ends.select_related("by").get(pk=proposal.pk)
    proposal.case = case
    may_decide_end(by, proposal)
    if agrees:
        may_end(case)
    answer(proposal, agrees=agrees, why=why, by=by, case=case, clause=CLAUSE)
    waiting = case.tasks.waiting()
    if not agrees:
        finish_those(list(waiting.filter(kind="decide_early_end")), by=by, outcome="refused")
        return
    finish_those(list(waiting), by=by, outcome="no_longer_possible")
    why = f"{proposal.get_reason_display()}. {proposal.why}"
    move(case, Stage.NO_LONGER_POSSIBLE, act="end_early", by=by, why=why)
