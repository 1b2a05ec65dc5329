"""The tables of support: the plan and its pieces, who provides, who answers for consent."""

from waymark.support.models.answerers import Answerer
from waymark.support.models.pieces import (
    Piece,
    PieceQuerySet,
    PieceReport,
    PieceTurn,
    Reconciliation,
    Session,
)
from waymark.support.models.plans import Need, NeedDisposal, Plan
from waymark.support.models.providers import Established, ProviderCheck, Suspension

__all__ = [
    "Answerer",
    "Established",
    "Need",
    "NeedDisposal",
    "Piece",
    "PieceQuerySet",
    "PieceReport",
    "PieceTurn",
    "Plan",
    "ProviderCheck",
    "Reconciliation",
    "Session",
    "Suspension",
]
