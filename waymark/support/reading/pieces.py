"""One's own pieces of support, read without the case that they belong to."""

from dataclasses import dataclass

from waymark.cases.models import Case
from waymark.directory.models import User
from waymark.support.models import Piece, Session
from waymark.support.sessions import Count, count


@dataclass(frozen=True)
class Mine:
    piece: Piece
    count: Count


def mine(user: User) -> list[Mine]:
    """What the reader leads or gives, the earliest first."""
    pieces = Piece.objects.of(user).select_related("lead", "provider", "provider_user")
    return [Mine(piece, count(piece)) for piece in pieces.prefetch_related("sessions")]


def found(key: int, *, by: User) -> Piece | None:
    """A piece that `by` leads or gives, or None: then it does not exist for them."""
    pieces = Piece.objects.of(by).filter(pk=key)
    return pieces.select_related("lead", "provider", "provider_user", "area").first()


def case_behind(key: int, *, by: User) -> Case | None:
    """The case of a piece, for those who may know of the case by another way."""
    piece = Piece.objects.filter(pk=key).first()
    if piece is None:
        return None
    return Case.objects.visible_to(by).filter(pk=piece.case_id).first()


def held_so_far(piece: Piece) -> list[Session]:
    return list(piece.sessions.select_related("by").order_by("-happened_date", "-at"))
