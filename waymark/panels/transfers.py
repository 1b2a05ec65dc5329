"""A case goes to another panel: both chairs decide, and consent is asked anew (2.6.1, 2.6.2)."""

from waymark.audit.events import record
from waymark.cases import supervisors, transfers
from waymark.cases.holders import hold_from_now, offer, withdraw
from waymark.cases.models import Case, Stage, Transfer
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.transfers import CLAUSE, Asked, Outcome, waiting_transfer
from waymark.cases.ways import PLACES
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.endings import ends
from waymark.panels.meeting import departures
from waymark.panels.meeting.meetings import may_chair
from waymark.panels.models import AgendaItem
from waymark.support import pieces
from waymark.support.consent import consents
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
    transfer = locked_transfer(transfer, version)
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
    departures.write(case, transfer, by=by)
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
    supervisors.leave_behind(case, by=by)
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
    transfer = locked_transfer(transfer, version)
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
    transfer = locked_transfer(transfer, version)
    may_stay(by, transfer)
    said = needs(why, why="Nothing says why the case stays here", clause=CLAUSE)
    transfers.close(transfer, Outcome.STAYS, why=said, by=by)


def locked_transfer(transfer: Transfer, version: int | None) -> Transfer:
    """The transfer as it is now, its case locked."""
    case = locked(transfer.case, version=version)
    now_it_is = case.transfers.select_related("by", "from_area", "to_area").get(pk=transfer.pk)
    now_it_is.case = case
    return now_it_is
