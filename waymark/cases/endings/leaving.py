"""Leaving Channel for criminal justice: proposed by one of the police, agreed by another."""

from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.held import close_hold
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, LeaveProposal, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.two import Pair, answer, may_answer, may_propose
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.1.6"
PAIR: Pair = (POLICE, (Role.POLICE_LEAD,))


def waiting_proposal(case: Case) -> LeaveProposal | None:
    return case.leave_proposals.filter(answered_at=None).select_related("by").first()


def may_propose_leaving(user: User, case: Case) -> None:
    """The police, while they hold the case and nobody has proposed it yet."""
    may_act(user, case, "leave")
    may_propose(user, case, PAIR, clause=CLAUSE)
    if waiting_proposal(case):
        raise Refused(
            "It is proposed already that this case leaves Channel", clause=CLAUSE,
            until="The police lead decides on it.",
        )  # fmt: skip


@act
def propose_leaving(case: Case, *, by: User, why: str, version: int | None = None) -> LeaveProposal:
    """Propose that a held case leaves Channel (2.1.6). One of the two must be the police lead."""
    case = locked(case, version=version)
    may_propose_leaving(by, case)
    accept_where_offered(case, by=by)
    said = needs(why, why="Nothing says why the case leaves Channel", clause=CLAUSE)
    made = LeaveProposal.objects.create(case=case, why=said, by=by, at=now())
    record("leaving_proposed", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "decide_leaving", by=by, case=case, role=Role.POLICE_LEAD, limit="next_step",
        object_id=made.pk, clause=CLAUSE, why="Decide whether this case leaves Channel.",
    )  # fmt: skip
    return made


def may_decide_leaving(user: User, proposal: LeaveProposal) -> None:
    """Another of the police; one of the two is the police lead."""
    may_act(user, proposal.case, "leave")
    may_answer(user, proposal, proposal.case, PAIR, clause=CLAUSE)


@act
def decide_leaving(
    proposal: LeaveProposal, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Agree that the case leaves Channel, or not: then it stays held."""
    case = locked(proposal.case, version=version)
    proposal = case.leave_proposals.select_related("by").get(pk=proposal.pk)
    proposal.case = case
    may_decide_leaving(by, proposal)
    if agrees:
        may_end(case)
    answer(proposal, agrees=agrees, why=why, by=by, case=case, clause=CLAUSE)
    outcome = "agreed" if agrees else "refused"
    finish_those(waiting_of(case, "decide_leaving"), by=by, outcome=outcome)
    if agrees:
        close_hold(case, by=by, why=proposal.why)
        move(case, Stage.LEFT_CHANNEL, act="leave", by=by, why="Left Channel, agreed by two")
