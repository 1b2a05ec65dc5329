"""A case goes to another panel: both chairs decide, and consent is asked anew (2.6.1, 2.6.2)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases import transfers
from waymark.cases.ending import may_end
from waymark.cases.holders import hold_from_now, offer, withdraw
from waymark.cases.models import Case, Stage, Transfer, TransferPackage
from waymark.cases.stages import locked, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.transfers import CLAUSE, Asked, Outcome, waiting_transfer
from waymark.cases.ways import PLACES
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.panels import ends
from waymark.panels.meetings import may_chair
from waymark.panels.models import AgendaItem
from waymark.support import consents, ended, pieces
from waymark.support.models import PieceTurn


def may_be_transferred(case: Case) -> None:
    """An open case that its area knows of, unless something of it is being decided."""
    if not case.is_open:
        raise Refused("This case has ended", clause=CLAUSE)
    if case.opened_to_area_at is None:
        raise Refused(
            "This case is not opened to its area yet", clause=CLAUSE,
            until="The police re-route it to another area, with a reason.",
        )  # fmt: skip
    if case.stage == Stage.POLICE_HELD:
        raise Refused(
            "The police hold this case", clause=CLAUSE, until="It moves once they let it go on."
        )
    if case.stage == Stage.EXIT_RECOMMENDED or ends.current(case):
        raise Refused(
            "An end of this case waits to be endorsed", clause=CLAUSE,
            until="The chair and the police lead decide on it first.",
        )  # fmt: skip
    if case.restricted:
        raise Refused(
            "This case is restricted to named people", clause=CLAUSE,
            until="It moves once it is restricted no more: the other panel would not see it.",
        )  # fmt: skip


def may_ask(user: User, case: Case) -> None:
    """The chair of the panel that the case would leave."""
    may_chair(user, case.area)
    may_be_transferred(case)
    if waiting_transfer(case):
        raise Refused(
            "A transfer of this case is asked already", clause=CLAUSE,
            until="It is answered first, or you say that the case stays here.",
        )  # fmt: skip


@act
def ask(case: Case, *, by: User, asked: Asked, version: int | None = None) -> Transfer:
    """Ask another panel to take a case over. Until it accepts, the case stays where it is."""
    case = locked(case, version=version)
    may_ask(by, case)
    return transfers.keep(case, transfers.whole(asked, case), by=by)


def may_accept(user: User, transfer: Transfer) -> None:
    """The chair of the other panel, while the case can move."""
    transfers.may_answer(user, transfer)
    may_be_transferred(transfer.case)


@act
def accept(transfer: Transfer, *, by: User, why: str, version: int | None = None) -> None:
    """Take the case over: from this instant `by` and their area hold it, and nobody else does."""
    transfer = _locked(transfer, version)
    may_accept(by, transfer)
    said = needs(why, why="Nothing says why you accept the case", clause=CLAUSE)
    case, left, to = transfer.case, transfer.from_area, transfer.to_area
    assert to is not None
    case.area, case.version = to, case.version + 1
    case.save(update_fields=["area", "version"])  # first: now whoever accepts sees all of it
    pieces.lock_all(case)
    record("case_transferred", by=by, at=now(), case_id=case.pk, row=case, area=to.pk)
    finish_those(waiting_of(case, "chase_transfer"), by=by, outcome="accepted")
    transfers.answered(transfer, accepted=True, answer=said, by=by, closes=True)
    _hand_over(case, left, by=by)
    _ask_anew(case, by=by)
    if transfer.until_date:
        give(
            "transfer_back", by=by, case=case, role=Role.CHAIR, due=transfer.until_date,
            object_id=transfer.pk, clause=transfers.LASTS,
            why=f"The move was to last until now: ask {left.name} to take the case back.",
        )  # fmt: skip


def _hand_over(case: Case, left: Area, *, by: User) -> None:
    """Who holds it, what waits, who was shown it, and where it was to be heard."""
    withdraw(case, by=by)
    hold_from_now(case, by=by, role=Role.CHAIR)
    transfers.take_tasks_along(case, left, by=by)
    transfers.end_left_behind(case, by=by)
    place = PLACES.get(Stage(case.stage))
    at_review = case.stage == Stage.LEAD_REVIEW
    holder = Role(case.led_by) if at_review else (place.holder if place else None)
    if holder:
        offer(case, to=holder, by=by)
    for item in AgendaItem.objects.filter(case=case, heard_at=None, carried_to=None):
        item.heard_at = now()
        item.save(update_fields=["heard_at"])
        record("item_left", by=by, at=item.heard_at, case_id=case.pk, row=item)


def _ask_anew(case: Case, *, by: User) -> None:
    """What was answered elsewhere opens nothing here: support is held until it is answered."""
    if not consents.has_support(case):
        return
    stopped = pieces.hold_all(case, why=PieceTurn.Why.CONSENT_ENDED, by=by)
    if not waiting_of(case, "ask_consent"):
        give(
            "ask_consent", by=by, case=case, role=Role.CHAIR, limit="consent", clause="2.10.4",
            why=f"Ask for consent anew, here: support is held until then ({len(stopped)}).",
        )  # fmt: skip


@act
def refuse(transfer: Transfer, *, by: User, why: str, version: int | None = None) -> None:
    """Refuse the case: it stays where it is, and whoever asked still has to see to it."""
    transfer = _locked(transfer, version)
    transfers.may_answer(by, transfer)
    said = needs(why, why="Nothing says why you refuse the case", clause=CLAUSE)
    transfers.answered(transfer, accepted=False, answer=said, by=by)
    transfers.end_shown(transfer.case, by=by)


def may_stay(user: User, transfer: Transfer) -> None:
    """The chair who holds the case, while it has not moved."""
    may_chair(user, transfer.case.area)
    if transfer.closed_at:
        raise Refused("This transfer has come to its outcome", clause=CLAUSE)


@act
def stay(transfer: Transfer, *, by: User, why: str, version: int | None = None) -> None:
    """The case stays where it is: refused, not answered, or no longer asked."""
    transfer = _locked(transfer, version)
    may_stay(by, transfer)
    said = needs(why, why="Nothing says why the case stays here", clause=CLAUSE)
    transfers.close(transfer, Outcome.STAYS, why=said, by=by)


# ---- to a panel that does not work with this product


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
    transfer = _locked(transfer, None)
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
    transfer = _locked(transfer, version)
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
    transfer = _locked(transfer, version)
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


def _locked(transfer: Transfer, version: int | None) -> Transfer:
    """The transfer as it is now, its case locked."""
    case = locked(transfer.case, version=version)
    now_it_is = case.transfers.select_related("by", "from_area", "to_area").get(pk=transfer.pk)
    now_it_is.case = case
    return now_it_is
