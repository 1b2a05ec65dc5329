"""A case that ends before a panel ends it takes its support with it, in the same transaction."""

from waymark.cases.endings import early_end, leaving
from waymark.cases.models import Case, EarlyEnd, LeaveProposal
from waymark.cases.stages import locked
from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.support import ended
from waymark.support.models import PieceTurn
from waymark.support.pieces import end_all, lock_all


@act
def decide_early_end(
    proposal: EarlyEnd, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Decide whether going on is no longer possible: support then ends with the case."""
    case = _locked(proposal.case, version)
    stopped = end_all(case, why=PieceTurn.Why.CASE_ENDED, by=by) if agrees else []
    early_end.decide_end(proposal, by=by, agrees=agrees, why=why)
    ended.tell(case, stopped, by=by)


@act
def decide_leaving(
    proposal: LeaveProposal, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Decide whether a held case leaves Channel, and its support with it (2.1.6)."""
    case = _locked(proposal.case, version)
    stopped = end_all(case, why=PieceTurn.Why.CASE_ENDED, by=by) if agrees else []
    leaving.decide_leaving(proposal, by=by, agrees=agrees, why=why)
    ended.tell(case, stopped, by=by)


def _locked(case: Case, version: int | None) -> Case:
    case = locked(case, version=version)
    lock_all(case)
    return case
