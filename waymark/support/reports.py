"""What the lead of a piece says of it: how it is arranged, and progress on its aim (2.9.4).

Who leads a piece sees it, and not the case.
"""

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece, PieceReport
from waymark.support.ordered import ask_for_progress
from waymark.support.pieces import locked_piece

CLAUSE = "2.9.4"
Kind = PieceReport.Kind
ARRANGED = tuple(kind for kind in Kind if kind not in (Kind.PROGRESS, Kind.SILENCE))


def may_arrange(user: User, piece: Piece) -> None:
    """Its lead, until it ends."""
    if user.pk != piece.lead_id:
        raise Refused(
            "This is for whoever leads this support to say", clause=CLAUSE,
            until=f"It is led by {piece.lead.name}.",
        )  # fmt: skip
    if piece.state == Piece.State.ENDED:
        raise Refused("This support has ended", clause=CLAUSE)


@act
def arrange(
    piece: Piece, *, by: User, kind: str, words: str, hours: int | None = None
) -> PieceReport:  # fmt: skip
    """Say how far a piece is arranged: a provider found, a worker named, funding, hours."""
    piece = locked_piece(piece)
    may_arrange(by, piece)
    if kind not in ARRANGED:
        raise Refused("It is not said what is arranged", clause=CLAUSE)
    if (kind == Kind.HOURS_AGREED) != bool(hours):
        raise Refused(
            "Hours are entered where hours are agreed, and only there", clause=CLAUSE,
            until="Enter how many hours are agreed in all.",
        )  # fmt: skip
    return keep(piece, Kind(kind), words, by=by, hours=hours)


def may_report(user: User, piece: Piece) -> None:
    """Its lead, while it runs."""
    may_arrange(user, piece)
    if piece.state != Piece.State.RUNNING:
        raise Refused("This support does not run now", clause=CLAUSE)


@act
def report(piece: Piece, *, by: User, words: str) -> PieceReport:
    """Progress on the aim; the next report is asked for by the pack's limit from now."""
    piece = locked_piece(piece)
    may_report(by, piece)
    made = keep(piece, Kind.PROGRESS, words, by=by)
    due = Task.objects.waiting().of(by).filter(kind="progress_due", object_id=piece.pk)
    finish_those(list(due), by=by, outcome="reported")
    ask_for_progress(piece, by=by)
    return made


def keep(
    piece: Piece, kind: PieceReport.Kind, words: str, *, by: User, hours: int | None = None
) -> PieceReport:
    """Write down what is said of a locked piece."""
    made = PieceReport.objects.create(
        case_id=piece.case_id, piece=piece, kind=kind, hours=hours, by=by,
        organisation=by.organisation, at=now(),
        words=needs(words, why="Nothing is written", clause=CLAUSE),
    )  # fmt: skip
    record("piece_reported", by=by, at=made.at, case_id=piece.case_id, row=made, report=kind)
    return made
