"""A case goes to a panel that does not work with this product: sealed, and received (2.6.1).

Sent is not received: it ends here only when somebody there, by name, has accepted it.
"""

from datetime import date

from waymark.audit.events import record
from waymark.cases import transfers
from waymark.cases.endings.ending import may_end
from waymark.cases.models import Stage, Transfer, TransferPackage
from waymark.cases.stages import move
from waymark.cases.tasks import give
from waymark.cases.transfers import CLAUSE, Outcome
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import may_chair
from waymark.panels.transfers import locked_transfer, may_be_transferred
from waymark.support import ended, pieces
from waymark.support.models import PieceTurn


def may_hand_out(user: User, transfer: Transfer) -> None:
    """The chair, of a transfer to a panel outside that nobody there has accepted yet."""
    may_chair(user, transfer.case.area)
    may_be_transferred(transfer.case)
    if transfer.to_area_id is not None:
        raise Refused(
            "This panel works here too: it reads the case itself once it accepts", clause=CLAUSE
        )
    if transfer.closed_at or transfer.answered_at:
        raise Refused("Its acceptance is written down already", clause=CLAUSE)


@act
def hand_out(transfer: Transfer, *, by: User, parts: str, digest: str) -> TransferPackage:
    """Write down what was made for the panel outside: which `parts`, for whom, and its digest."""
    transfer = locked_transfer(transfer, None)
    may_hand_out(by, transfer)
    made = TransferPackage.objects.create(
        case=transfer.case, transfer=transfer, parts=parts, digest=digest,
        receiver=f"{transfer.receiver}, {transfer.outside}"[:200], by=by, at=now(),
    )  # fmt: skip
    record("transfer_package_made", by=by, at=made.at, case_id=made.case_id, row=made)
    return made


def may_receipt(user: User, transfer: Transfer) -> None:
    """The same, once something has been made for them."""
    may_hand_out(user, transfer)
    if not transfer.packages.exists():
        raise Refused(
            "Nothing has been made for the other panel yet", clause=CLAUSE,
            until="Make the sealed package, and hand it over in a secure way.",
        )  # fmt: skip


@act
def write_receipt(
    transfer: Transfer, *, by: User, name: str, accepted_date: date | None, words: str,
    version: int | None = None,
) -> None:  # fmt: skip
    """A named receiver has accepted the case. The police lead then agrees that it leaves."""
    transfer = locked_transfer(transfer, version)
    may_receipt(by, transfer)
    if accepted_date is None or accepted_date > today():
        raise Refused("The day on which it was accepted is missing or still to come", clause=CLAUSE)
    transfer.accepted_by_name = needs(
        name, why="Nobody is named there who accepted the case", clause=CLAUSE
    )
    transfer.accepted_date = accepted_date
    said = needs(words, why="Nothing says how the other panel accepted", clause=CLAUSE)
    transfers.answered(transfer, accepted=True, answer=said, by=by)
    give(
        "agree_transfer_out", by=by, case=transfer.case, role=Role.POLICE_LEAD, limit="next_step",
        object_id=transfer.pk, clause=CLAUSE,
        why="A panel elsewhere has accepted this case: agree that it ends here, or do not.",
    )  # fmt: skip


def may_agree_out(user: User, transfer: Transfer) -> None:
    """The police lead, who is not who asked, once a named receiver has accepted."""
    case = transfer.case
    if Role.POLICE_LEAD not in user.roles_in(case.area):
        raise Refused(
            "This is not yours to decide", clause=CLAUSE,
            until=f"It is decided by the police Prevent lead of {case.area.name}.",
        )  # fmt: skip
    if transfer.closed_at or not transfer.accepted or transfer.to_area_id is not None:
        raise Refused(
            "No panel elsewhere has accepted this case", clause=CLAUSE,
            until="The chair writes down who accepted it there, and when.",
        )  # fmt: skip
    if user.pk in (transfer.by_id, transfer.answered_by_id):
        raise Refused("You asked for this yourself", clause=CLAUSE, until="Another decides.")


@act
def agree_out(
    transfer: Transfer, *, by: User, agrees: bool, why: str, version: int | None = None
) -> bool:
    """Agree that the case ends here, transferred out; or not: then it stays."""
    transfer = locked_transfer(transfer, version)
    may_agree_out(by, transfer)
    said = needs(why, why="Nothing says why you decide so", clause=CLAUSE)
    case = transfer.case
    if not agrees:
        transfers.close(transfer, Outcome.STAYS, why=said, by=by)
        return False
    may_be_transferred(case)
    may_end(case)
    pieces.lock_all(case)
    transfers.close(transfer, Outcome.MOVED, why=said, by=by)
    stopped = pieces.end_all(case, why=PieceTurn.Why.CASE_ENDED, by=by)
    why = f"Taken over by {transfer.accepted_by_name}, {transfer.outside}. {said}"
    move(case, Stage.TRANSFERRED_OUT, act="transfer_out", by=by, why=why)
    ended.tell(case, stopped, by=by)
    return True
