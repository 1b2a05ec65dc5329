"""What partners told, each thing apart, with what the police made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from waymark.cases.models import Case
from waymark.sharing.models import ItemAnswered, Mark, Reply, Request, SaidBeyond

BEYOND = "Beyond the questions"
MARKED = Mark.objects.select_related("who", "by")


@dataclass(frozen=True)
class ToldHere:
    """One answer that stands, or what was said beyond the questions; `mark`: the last, if any."""

    organisation: str
    question: str
    row: ItemAnswered | SaidBeyond
    mark: Mark | None


def asked_on(case: Case) -> QuerySet[Request]:
    """What was asked on a case, who has it and that it was answered, the first asked first."""
    found = case.requests.select_related("organisation", "asked_of", "by").prefetch_related(
        "replies", "passings__to", "passings__by", "moved_dates__by"
    )
    return found.order_by("at", "pk")


def with_answers(case: Case) -> list[Request]:
    """The same, with what was answered and the marks of it."""
    marks = (Prefetch(f"replies__{what}__marks", MARKED) for what in ("items", "said"))
    more = asked_on(case).prefetch_related("items", "replies__items__item", "replies__said", *marks)
    return list(more)


def told(requests: Iterable[Request]) -> list[ToldHere]:
    """All that can be marked: an answer that a later one follows is left out."""
    return [one for request in requests for one in (*_answered(request), *_beyond(request))]


def _answered(request: Request) -> list[ToldHere]:
    stands: dict[int, ItemAnswered] = {}
    for reply in request.replies.all():
        stands |= {answer.item_id: answer for answer in reply.items.all()}
    name = request.organisation.name
    return [ToldHere(name, one.item.words, one, mark_of(one)) for one in stands.values()]


def _beyond(request: Request) -> list[ToldHere]:
    name = request.organisation.name
    said = (said_by(reply) for reply in request.replies.all())
    return [ToldHere(name, BEYOND, one, mark_of(one)) for one in said if one]


def said_by(reply: Reply) -> SaidBeyond | None:
    """What a reply says beyond the questions, as far as the reader may see it."""
    return getattr(reply, "said", None)


def mark_of(row: ItemAnswered | SaidBeyond) -> Mark | None:
    """The mark that stands."""
    return next(reversed(row.marks.all()), None)


def not_marked(case: Case) -> list[ToldHere]:
    """What was told in this round of checks, and nobody has marked."""
    round_of = set(case.requests.of_this_round().values_list("pk", flat=True))
    asked = [one for one in with_answers(case) if one.pk in round_of]
    return [one for one in told(asked) if one.mark is None]
