"""What partners are asked, what they answer, and what the police make of it."""

from waymark.sharing.models.answered import ItemAnswered, OwnRecord, Reply, SaidBeyond
from waymark.sharing.models.asked import (
    AskedFor,
    ItemAsked,
    MovedDate,
    PassedOn,
    Request,
    RequestQuerySet,
    WithoutAnswer,
)
from waymark.sharing.models.weighed import Contradiction, Mark

__all__ = [
    "AskedFor",
    "Contradiction",
    "ItemAnswered",
    "ItemAsked",
    "Mark",
    "MovedDate",
    "OwnRecord",
    "PassedOn",
    "Reply",
    "Request",
    "RequestQuerySet",
    "SaidBeyond",
    "WithoutAnswer",
]
