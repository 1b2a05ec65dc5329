"""What evidence can be taken from: what the case holds already is linked, not typed again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waymark.cases.models import Case
from waymark.cases.written.documents import of_case
from waymark.database.clock import day_of
from waymark.referrals.of_case import extracts_of
from waymark.sharing.models import Reply
from waymark.sharing.reading import requests_of
from waymark.sharing.told import said_by

LONGEST = 200  # of a source in words


@dataclass(frozen=True)
class Source:
    """A record of the case that evidence can be taken from. `key`: its kind and its row's key.

    `named`: who says so, in words; `words`: what it says; `on`: of which day, where one is said.
    """

    key: str
    named: str
    words: str
    on: date | None

    @property
    def column(self) -> str:
        return self.key.partition("-")[0]

    @property
    def row(self) -> int:
        return int(self.key.partition("-")[2])


def sources_of(case: Case) -> list[Source]:
    """What of the referral, the partners' replies and the entries the reader may see."""
    return [*_referred(case), *_replied(case), *_entered(case), *_enclosed(case)]


def _referred(case: Case) -> Iterator[Source]:
    for one in extracts_of(case):
        yield Source(f"extract-{one.pk}", "The referral", one.words, day_of(one.at))


def _replied(case: Case) -> Iterator[Source]:
    for request in requests_of(case):
        for reply in request.replies.all():
            yield from _of_reply(request.organisation.name, reply)


def _of_reply(organisation: str, reply: Reply) -> Iterator[Source]:
    for item in reply.items.all():
        named = f"{organisation}: {item.source}"[:LONGEST]
        on = item.happened_date or day_of(reply.at)
        yield Source(f"answer-{item.pk}", named, item.words, on)
    if said := said_by(reply):
        named = f"{organisation}: {reply.given_by}"[:LONGEST]
        yield Source(f"said-{said.pk}", named, said.words, day_of(reply.at))


def _entered(case: Case) -> Iterator[Source]:
    for one in case.entries.select_related("by").order_by("happened_date", "pk"):
        named = f"{one.told_by}, written down by {one.by.name}"[:LONGEST]
        yield Source(f"entry-{one.pk}", named, one.words, one.happened_date)


def _enclosed(case: Case) -> Iterator[Source]:
    """A document says what it is; what it shows is for whoever reads it to say."""
    for one in reversed(of_case(case)):
        named = f"Document {one.file.shown_name}, {one.organisation.name}"[:LONGEST]
        yield Source(f"document-{one.pk}", named, one.title, day_of(one.at))
