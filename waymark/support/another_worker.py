"""The person asks for somebody else to give a piece of support: it is seen to, and answered."""

from waymark.audit.events import record
from waymark.cases.endings import told
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those
from waymark.cases.words import needs
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support import briefs, pieces
from waymark.support.consent import consents
from waymark.support.models import Piece, PieceTurn
from waymark.support.ordered import drop_sessions, waiting

CLAUSE = "2.8.6"
KIND = "name_another"


def may_see_to(user: User, piece: Piece) -> None:
    may_write_while_open(user, piece.case)
    if not waiting(piece, KIND):
        raise Refused("The person has not asked for somebody else here", clause=CLAUSE)


@act
def see_to(
    piece: Piece, *, by: User, worker: User | None, words: str, told_by: str,
    version: int | None = None,
) -> None:  # fmt: skip
    """Let `worker` give it from now on, or nobody else, and write down what the person was told."""
    case = locked(piece.case, version=version)
    pieces.lock_all(case)
    piece = pieces.locked_piece(piece)
    piece.case = case
    may_see_to(by, piece)
    said = needs(words, why="Nothing says what the person was told", clause=CLAUSE,
                 until="Say who gives it now, or why nobody else can.")  # fmt: skip
    finish_those(waiting(piece, KIND), by=by, outcome="named" if worker else "not_possible")
    if worker is not None:
        _given_by(worker, piece, case, by=by)
    told.tell(case, by=by, words=said, by_whom=told_by)


def _given_by(worker: User, piece: Piece, case: Case, *, by: User) -> None:
    if worker not in briefs.workers_for(piece):
        raise Refused(f"{worker.name} does not give support for {piece.provider}", clause=CLAUSE)
    under_way = piece.state in (Piece.State.OFFERED, Piece.State.RUNNING)
    if under_way and not consents.is_in_force(case):
        raise Refused("Consent is not in force", clause="2.10.4")
    if piece.state != Piece.State.PLANNED:
        pieces.show_no_more(piece, by=by)
    piece.provider_user = worker
    piece.save(update_fields=["provider_user"])
    record("piece_changed", by=by, at=now(), case_id=case.pk, row=piece)
    if under_way:
        drop_sessions(piece, by=by)
        pieces.offer_again(piece, case, why=PieceTurn.Why.WORKER_NAMED, by=by)
    if piece.state != Piece.State.PLANNED:
        pieces.show(piece, by=by)
