"""Support while the police hold a case: what was agreed is done at once (2.8.17)."""

from waymark.cases import held_support
from waymark.cases.models import HeldSupport
from waymark.cases.stages import locked
from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.support.consent import consents
from waymark.support.models import PieceTurn
from waymark.support.pieces import go_on, hold_all, lock_all

DECIDED = HeldSupport.Decision


@act
def decide(
    proposal: HeldSupport, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Agree to what is proposed of support, and so pause, stop or go on with every piece."""
    case = locked(proposal.case, version=version)
    lock_all(case)
    held_support.decide_support(proposal, by=by, agrees=agrees, why=why)
    if not agrees:
        return
    if proposal.decision != DECIDED.GOES_ON:
        hold_all(case, why=PieceTurn.Why.PANEL, by=by)
    elif consents.is_in_force(case):
        go_on(case, held_for=PieceTurn.Why.PANEL, why=PieceTurn.Why.PANEL, by=by)
