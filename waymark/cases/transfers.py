"""A transfer as it is asked, answered and closed: rows, grants and tasks. The move is panels’."""

from dataclasses import dataclass
from datetime import date, datetime

from waymark.audit.events import record
from waymark.cases.models import Case, Grant, Task, Transfer
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs, needs_day_to_come
from waymark.cases.writers import WRITERS
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Area, Role, User, people_in
from waymark.directory.permission import Refused

CLAUSE, LASTS = "2.6.1", "2.6.2"
SHOWN_BY = "A transfer to their area is asked of them"
Outcome = Transfer.Outcome
OF_A_TRANSFER = ("answer_transfer", "chase_transfer", "agree_transfer_out")


@dataclass(frozen=True)
class Asked:
    """What is asked. `until_date`: of a move that is to end. `about`: what the other chair reads.

    `to`, or a panel `outside` with the `receiver` there, by name and post.
    """

    why: str
    about: str
    goes_along: str
    to: Area | None = None
    outside: str = ""
    receiver: str = ""
    until_date: date | None = None


def waiting_transfer(case: Case) -> Transfer | None:
    """The transfer that has not come to its outcome."""
    found = case.transfers.filter(closed_at=None)
    return found.select_related("by", "answered_by", "from_area", "to_area").first()


def came_at(case: Case) -> datetime | None:
    """Since when the case is in this area, where it came by a transfer."""
    moved = case.transfers.filter(outcome=Outcome.MOVED, to_area_id=case.area_id)
    return moved.order_by("closed_at").values_list("closed_at", flat=True).last()


def to_come_back(case: Case) -> Transfer | None:
    """The move that brought the case here, where it is not to last."""
    last = case.transfers.filter(outcome=Outcome.MOVED).select_related("from_area").last()
    here = last is not None and last.to_area_id == case.area_id
    return last if here and last and last.until_date else None


def whole(asked: Asked, case: Case) -> Asked:
    """What is asked, with nothing missing. Raises Refused with what is."""
    if (asked.to is None) == (not asked.outside.strip()):
        raise Refused("It is not said to which panel the case goes", clause=CLAUSE)
    if asked.to is not None and asked.to.pk == case.area_id:
        raise Refused(f"The case is in {asked.to.name} already", clause=CLAUSE)
    until = asked.until_date
    return Asked(
        to=asked.to, outside=asked.outside.strip(),
        receiver="" if asked.to else needs(
            asked.receiver, why="Nobody is named there who receives the case", clause=CLAUSE
        ),
        why=needs(asked.why, why="Nothing says why the case moves", clause=CLAUSE),
        about=needs(
            asked.about, why="Nothing tells the other chair what they decide about", clause=CLAUSE
        ),
        goes_along=needs(
            asked.goes_along, why="Nothing says what goes along with the case", clause=CLAUSE
        ),
        until_date=until and needs_day_to_come(until, what="the day it comes back", clause=LASTS),
    )  # fmt: skip


def keep(case: Case, asked: Asked, *, by: User) -> Transfer:
    """Keep what is asked of a locked case, and ask it: the sender has a date to chase it by."""
    made = Transfer.objects.create(
        case=case, from_area=case.area, to_area=asked.to, outside=asked.outside, by=by,
        receiver=asked.receiver, why=asked.why, about=asked.about, goes_along=asked.goes_along,
        until_date=asked.until_date, at=now(),
    )  # fmt: skip
    record("transfer_asked", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "chase_transfer", by=by, case=case, role=Role.CHAIR, limit="transfer_acceptance",
        object_id=made.pk, clause=CLAUSE,
        why="Chase the other panel: until it accepts, this case is yours.",
    )  # fmt: skip
    if asked.to is not None:
        _show(made, case, asked.to, by=by)
    finish_those(waiting_of(case, "transfer_back"), by=by, outcome="asked")
    return made


def _show(made: Transfer, case: Case, to: Area, *, by: User) -> None:
    """Those who chair the other panel may know that the case is there; not whose it is."""
    for user in sorted({*people_in(Role.CHAIR, to), *people_in(Role.VICE_CHAIR, to)} - {by},
                       key=lambda each: each.pk):  # fmt: skip
        grant = Grant.objects.create(
            case=case, part=Part.CASE, user=user, given_by=by, from_at=made.at, why=SHOWN_BY
        )
        record("grant_made", by=by, at=made.at, case_id=case.pk, row=grant)
    give(
        "answer_transfer", by=by, case=case, area=to, role=Role.CHAIR,
        limit="transfer_acceptance", object_id=made.pk, clause=CLAUSE,
        why="Another panel asks you to take a case over: accept it, or refuse with a reason.",
    )  # fmt: skip


def may_answer(user: User, transfer: Transfer) -> None:
    """Who chairs the panel that it is asked of, and is not who asked."""
    to = transfer.to_area
    if transfer.closed_at or transfer.answered_at:
        raise Refused("This transfer has been answered already", clause=CLAUSE)
    if to is None or not user.roles_in(to) & set(CHAIRS):
        where = to.name if to else "the other panel"
        raise Refused(
            "This is not yours to answer", clause=CLAUSE,
            until=f"The chair or the vice-chair of {where} answers.",
        )  # fmt: skip
    if user.pk == transfer.by_id:
        raise Refused(
            "You asked for this transfer yourself", clause=CLAUSE,
            until=f"Somebody else who chairs the panel of {to.name} answers: both panels decide.",
        )  # fmt: skip


def answered(
    transfer: Transfer, *, accepted: bool, answer: str, by: User, closes: bool = False
) -> None:
    """Keep the answer. An acceptance between two areas of the product `closes` it: it moves."""
    transfer.accepted, transfer.answer = accepted, answer
    transfer.answered_by, transfer.answered_at = by, now()
    if closes:
        transfer.outcome, transfer.closed_by = Outcome.MOVED, by
        transfer.closed_at = transfer.answered_at
    transfer.save(update_fields=[
        "accepted", "answer", "accepted_by_name", "accepted_date", "answered_by", "answered_at",
        "outcome", "closed_by", "closed_at",
    ])  # fmt: skip
    kind = "transfer_accepted" if accepted else "transfer_refused"
    record(kind, by=by, at=transfer.answered_at, case_id=transfer.case_id, row=transfer)
    finish_those(waiting_of(transfer.case, "answer_transfer"), by=by, outcome=kind)


def close(transfer: Transfer, outcome: Transfer.Outcome, *, why: str, by: User) -> None:
    """The transfer has come to its outcome: nothing of it waits, and nobody is shown it more."""
    case = transfer.case
    transfer.outcome, transfer.closed_why = outcome, why
    transfer.closed_by, transfer.closed_at = by, now()
    for kind in OF_A_TRANSFER:
        finish_those(waiting_of(case, kind), by=by, outcome=outcome)
    end_shown(case, by=by)
    transfer.save(update_fields=["outcome", "closed_why", "closed_by", "closed_at"])
    record("transfer_closed", by=by, at=transfer.closed_at, case_id=case.pk, row=transfer)


def end_shown(case: Case, *, by: User) -> None:
    """Whom the transfer let know of the case, know of it no more. One’s own sight goes last."""
    shown = Grant.objects.filter(case=case, why=SHOWN_BY, until_at=None).order_by("pk")
    for grant in sorted(shown, key=lambda each: each.user_id == by.pk):
        _end(grant, by=by)


def end_left_behind(case: Case, *, by: User) -> None:
    """What the leaving area’s people were shown of the case; each piece of support goes on."""
    kept = (Part.REQUEST, Part.PLAN, Part.WORK)
    for grant in Grant.objects.filter(case=case, until_at=None).order_by("pk"):
        if grant.object_id is None or Part(grant.part) not in kept:
            _end(grant, by=by)


def _end(grant: Grant, *, by: User) -> None:
    moment = now()
    Grant.objects.filter(pk=grant.pk).update(until_at=moment)
    grant.until_at = moment
    record("grant_ended", by=by, at=moment, case_id=grant.case_id, row=grant)


def take_tasks_along(case: Case, left: Area, *, by: User) -> None:
    """What waits goes with the case, to the post there; its date stays (R38)."""
    moment = now()
    for task in case.tasks.waiting().filter(area=left).select_related("user"):
        task.area = case.area
        if task.user and task.role in WRITERS and not task.user.roles_in(case.area):
            task.user = None
        task.save(update_fields=["area", "user"])
        record("task_rerouted", by=by, at=moment, case_id=case.pk, row=task)


def task_of(transfer: Transfer) -> Task | None:
    return transfer.case.tasks.waiting().filter(kind="chase_transfer").first()
