"""The tables of support: the plan and its pieces, who provides, who answers for consent."""

from waymark.support.models.answerers import Answerer, AnswererApart, HelpOffered
from waymark.support.models.person_words import PersonSaid, PlanGiven
from waymark.support.models.pieces import Piece, PieceQuerySet, PieceTurn, Reconciliation, Session
from waymark.support.models.plans import Need, NeedDisposal, Plan
from waymark.support.models.providers import ProviderCheck

__all__ = [
    "Answerer",
    "AnswererApart",
    "HelpOffered",
    "Need",
    "NeedDisposal",
    "PersonSaid",
    "Piece",
    "PieceQuerySet",
    "PieceTurn",
    "Plan",
    "PlanGiven",
    "ProviderCheck",
    "Reconciliation",
    "Session",
]
