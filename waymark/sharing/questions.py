"""Asking an organisation for what is still not known of a case, in one act (2.7.8)."""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.known import unknown
from waymark.cases.known.gathering import last_gathering
from waymark.cases.models import Case, OpenQuestion
from waymark.cases.stages import locked
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.sharing import requests
from waymark.sharing.models import AskedFor, Request

CLAUSE = "2.7.8"
PURPOSE = (
    "Your answer helps to decide whether this person needs support, and of what kind. Please tell"
    " no more than is asked."
)


@dataclass(frozen=True)
class Open:
    """A question that is open, and the request made for it last, where one was."""

    question: OpenQuestion
    request: Request | None


def may_ask_for(user: User, question: OpenQuestion) -> None:
    """The police, where partners may be asked: an organisation that owes no answer yet."""
    case = question.case
    requests.may_ask(user, case)
    unknown.may_end(user, question)
    if question.organisation is None:
        raise Refused(
            f"{question.who} is not in the directory, and cannot be asked here", clause=CLAUSE,
            until="Ask them yourself, and write down what they say.",
        )  # fmt: skip
    owed = case.requests.still_open()
    if owed.filter(organisation=question.organisation).exists():
        raise Refused(
            f"{question.organisation.name} has a request that it has not answered", clause=CLAUSE,
            until="Read its answer first, then ask again.",
        )  # fmt: skip
    if last_gathering(case) is None:
        raise Refused(
            "Nothing is gathered yet that partners could find the person with", clause="2.7.3",
            until="Finish information gathering first.",
        )  # fmt: skip


@act
def ask_for(question: OpenQuestion, *, by: User, version: int | None = None) -> Request:
    """Ask the organisation that might know, in a request of its own, by the usual date."""
    case = locked(question.case, version=version)
    may_ask_for(by, question)
    body, gathered = question.organisation, last_gathering(case)
    assert body is not None and gathered is not None
    asking = requests.Asking(gathered.to_check_with, PURPOSE, [question.words])
    made = requests.ask(case, by=by, asking=asking, organisations={body: None})[0]
    row = AskedFor.objects.create(case=case, question=question, request=made, by=by, at=now())
    record(
        "asked_for_question", by=by, at=row.at, case_id=case.pk, row=row, question=question.pk,
        request=made.pk,
    )  # fmt: skip
    return made


def with_requests(case: Case, questions: Iterable[OpenQuestion]) -> list[Open]:
    """Each question with the request made for it last, where the reader may see that."""
    rows = AskedFor.objects.filter(case=case).select_related("request__organisation")
    last = {row.question_id: row.request for row in rows.order_by("at", "pk")}
    return [Open(one, last.get(one.pk)) for one in questions]
