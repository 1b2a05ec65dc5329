"""The tables of support: the plan and its pieces, who provides, who answers for consent."""

from waymark.support.models.answerers import Answerer
from waymark.support.models.pieces import Piece, PieceQuerySet, PieceTurn, Reconciliation, Session
from waymark.support.models.plans import Need, NeedDisposal, Plan
from waymark.support.models.providers import ProviderCheck

__all__ = [
    "Answerer",
    "Need",
    "NeedDisposal",
    "Piece",
    "PieceQuerySet",
    "PieceTurn",
    "Plan",
    "ProviderCheck",
    "Reconciliation",
    "Session",
]
