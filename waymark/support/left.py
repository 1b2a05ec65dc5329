"""Whoever gave a piece of support has left: it stops until the chair names another (R40)."""

from waymark.audit.events import record
from waymark.cases.tasks import give
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.directory.models import Role
from waymark.support.models import Piece, PieceTurn
from waymark.support.ordered import case_of, drop_sessions
from waymark.support.pieces import turn

State = Piece.State


def no_worker_any_more(piece: Piece, *, by: Actor) -> None:
    """Of a piece of a locked case. One that nobody has been offered yet is for its provider."""
    if piece.state in (State.OFFERED, State.RUNNING):
        turn(piece, State.HELD, why=PieceTurn.Why.BRIEF_DECLINED, by=by)
        drop_sessions(piece, by=by)
        give(
            "brief_declined", by=by, case=case_of(piece), role=Role.CHAIR, limit="support_start",
            object_id=piece.pk, clause="2.8.6",
            why=f"Who gave support {piece.reference} has left: name somebody, or let the panel"
            " decide.",
        )  # fmt: skip
        return
    piece.provider_user = None
    piece.save(update_fields=["provider_user"])
    record("piece_changed", by=by, at=now(), case_id=piece.case_id, row=piece)
