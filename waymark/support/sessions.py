"""Sessions: ordered is not held. Held exists only by the provider's own dated entry (R18)."""

from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish, finish_those
from waymark.cases.words import needs
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece, Reconciliation, Session
from waymark.support.ordered import first_started, waiting
from waymark.support.pieces import GOES_ON, gives, locked_piece
from waymark.support.providers import may_give

CLAUSE = "2.9.4"
SILENCE = ("silent_support", "silence_unanswered")


@dataclass(frozen=True)
class Count:
    """Of one piece: how many sessions were ordered, held, and entered as not held."""

    piece: Piece
    ordered: int
    held: int
    missed: int

    @property
    def silent(self) -> int:
        """Sessions that nobody has said anything of."""
        return max(0, self.ordered - self.held - self.missed)


def count(piece: Piece) -> Count:
    states = list(piece.sessions.values_list("state", flat=True))
    held = states.count(Session.State.HELD)
    return Count(piece, piece.sessions_ordered, held, len(states) - held)


def may_log_session(user: User, piece: Piece) -> None:
    """Who gives a support that runs: never without consent in force (2.10.4, 1.1.4)."""
    if not gives(user, piece):
        raise Refused("Sessions are entered by who gives the support", clause=CLAUSE)
    if piece.state != Piece.State.RUNNING:
        until = {
            Piece.State.OFFERED: "Accept the written brief first.",
            Piece.State.HELD: GOES_ON,
        }
        raise Refused(
            "This support does not run now",
            clause="2.10.4",
            until=until.get(Piece.State(piece.state), ""),
        )
    may_give(piece)


def days_entered(piece: Piece) -> set[date]:
    """The days on which a session of this piece is written down already."""
    return set(piece.sessions.values_list("happened_date", flat=True))


@dataclass(frozen=True)
class More:
    """What else a provider says: why it was missed and by whom, what was offered to help the
    person take part, progress on the aim, and the day that is agreed for the next."""

    missed_why: str = ""
    offered: str = ""
    progress: str = ""
    next_date: date | None = None


@act
def log(
    piece: Piece, *, by: User, state: str, happened_date: date, words: str,
    another: bool = False, more: More | None = None,
) -> Session:  # fmt: skip
    """Enter that a session was held, or was not and why.

    `another`: it is not the one that is written down of the same day already.
    """
    more = more or More()
    piece = locked_piece(piece)
    may_log_session(by, piece)
    if state not in Session.State.values:
        raise Refused("It is not said whether the session was held", clause=CLAUSE)
    if happened_date > today():
        raise Refused(
            "A session cannot be entered before it was held", clause=CLAUSE,
            until="Enter today’s date or an earlier one.",
        )  # fmt: skip
    if happened_date < first_started(piece):
        raise Refused("That was before this support started", clause="2.10.4")
    if happened_date in days_entered(piece) and not another:
        raise Refused(
            f"A session on {happened_date.day} {happened_date:%B %Y} is written down already",
            clause=CLAUSE, until="Say whether this is another session of that day.",
        )  # fmt: skip
    _check_more(state, more)
    made = Session.objects.create(
        case_id=piece.case_id, piece=piece, state=state, happened_date=happened_date,
        missed_why=more.missed_why, offered=more.offered.strip(), next_date=more.next_date,
        progress=more.progress.strip(),
        words=needs(words, why="Nothing says how the session went", clause=CLAUSE), by=by,
        organisation=by.organisation, at=now(),
    )  # fmt: skip
    record("session_entered", by=by, at=made.at, case_id=piece.case_id, row=made, state=state)
    if due := waiting(piece, "log_session"):
        finish(due[0], by=by, outcome=state)
    for kind in SILENCE:
        finish_those(waiting(piece, kind), by=by, outcome="heard")
    return made


def _check_more(state: str, more: More) -> None:
    """Nobody "did not engage" before they were offered what they need to take part (R31)."""
    if state == Session.State.HELD and more.missed_why:
        raise Refused("A session that was held was not missed", clause=CLAUSE)
    if more.missed_why == Session.Missed.DID_NOT_ENGAGE:
        needs(
            more.offered, clause="2.8.8",
            why="“Did not engage” can be said only once the person was offered what they need to"
            " take part",
            until="Name what was offered: an interpreter, another place or time, more time, breaks,"
            " somebody they trust beside them.",
        )  # fmt: skip
    if more.next_date and more.next_date < today():
        raise Refused("The day agreed for the next session has passed", clause=CLAUSE)


def unreconciled(case: Case) -> list[Piece]:
    """The pieces of which fewer sessions were entered than ordered, and nobody said why."""
    return [piece for piece in _offered(case) if not _is_reconciled(piece)]


def silent(case: Case) -> list[Piece]:
    """The pieces with a session that is overdue: the panel hears of them (R18)."""
    late = case.tasks.waiting().filter(kind="log_session", due_date__lt=today())
    return list(case.pieces.filter(pk__in=late.values("object_id")))


@act
def reconcile(piece: Piece, *, by: User, words: str, version: int | None = None) -> Reconciliation:
    """Say in words why fewer sessions were entered than ordered."""
    case = locked(piece.case, version=version)
    may_write_while_open(by, case)
    counted = count(piece)
    said = needs(
        words, why="Nothing says why sessions that were ordered were not entered", clause=CLAUSE
    )
    made = Reconciliation.objects.create(
        case=case, piece=piece, ordered=counted.ordered, entered=counted.held + counted.missed,
        words=said, by=by, at=now(),
    )  # fmt: skip
    record("sessions_reconciled", by=by, at=made.at, case_id=case.pk, row=made)
    return made


def _offered(case: Case) -> list[Piece]:
    """Pieces of the agreed plan that were ever offered to a provider."""
    plan = case.plans.filter(agreed_at__isnull=False).last()
    return list(case.pieces.filter(plan=plan).exclude(state=Piece.State.PLANNED)) if plan else []


def _is_reconciled(piece: Piece) -> bool:
    counted, last = count(piece), piece.reconciliations.last()
    entered = counted.held + counted.missed
    return not counted.silent or (last is not None and last.entered == entered)
