"""Asking partners what they know, by a date that both sides see (2.7.8, 2.9.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Grant
from waymark.cases.positions import may_be_shared
from waymark.cases.stages import locked, may_act
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.database.keys import random_reference
from waymark.database.record import Part
from waymark.directory.models import Organisation, Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force
from waymark.sharing.models import ItemAsked, Request

CLAUSE = "2.7.8"


@dataclass(frozen=True)
class Asking:
    """What is asked. `about`: what a partner needs to find the person in its systems.

    `due_date`: by when; the pack's limit where none is set (2.9.3).
    """

    about: str
    words: str
    items: Sequence[str]
    due_date: date | None = None


def may_ask(user: User, case: Case) -> None:
    """The police, while partners are checked, and once the position on sharing stands."""
    may_act(user, case, "finish_checks")
    may_be_shared(case)


@act
def ask(
    case: Case,
    *,
    by: User,
    asking: Asking,
    organisations: Mapping[Organisation, User | None],
    version: int | None = None,
) -> list[Request]:
    """Ask several organisations the same, each in a request of its own.

    Each is given with the person there who is asked, or None for whoever is its contact.
    """
    case = locked(case, version=version)
    may_ask(by, case)
    accept_where_offered(case, by=by)
    if not organisations:
        raise Refused("No partner is chosen to be asked", clause=CLAUSE, until="Choose one.")
    said = _whole(asking)
    made = [_request(case, body, who, said, by=by) for body, who in organisations.items()]
    _look_at_answers(case, by=by)
    return made


def _look_at_answers(case: Case, *, by: User) -> None:
    """Partners are asked: from now on what waits is to look at their answers."""
    finish_those(waiting_of(case, "ask_partners"), by=by, outcome="asked")
    if not waiting_of(case, "partner_checks"):
        give(
            "partner_checks", by=by, case=case, role=Role.POLICE_OFFICER, limit="partner_checks",
            clause="2.7.9", why="Look at what partners answer, and finish the checks.",
        )  # fmt: skip


def usual_date() -> date:
    """The day to answer by where the asker sets no other (2.9.3)."""
    return due_date(now(), in_force().limit("partner_reply"))


def contacts_of(organisation: Organisation, case: Case) -> list[User]:
    """The people with an account who answer for an organisation in the case's area, by name."""
    found = people_in(Role.PARTNER, case.area)
    return [user for user in found if user.organisation_id == organisation.pk]


def _whole(asking: Asking) -> Asking:
    """`asking` without empty items, and with its date. Raises Refused where it asks nothing."""
    items = [item.strip() for item in asking.items if item.strip()]
    if not items:
        raise Refused("Nothing is asked", clause=CLAUSE, until="Write at least one question.")
    day = asking.due_date or usual_date()
    return Asking(
        about=needs(
            asking.about, why="Nothing tells partners whom to look for", clause="2.7.3",
            until="Write what they need to check their systems.",
        ),
        words=needs(
            asking.words, why="Nothing says what the answers are for", clause="1.3.3",
            until="Say why they are asked and why so much is needed.",
        ),
        items=items,
        due_date=needs_day_to_come(day, what="the date to answer by", clause="2.9.3"),
    )  # fmt: skip


def _request(
    case: Case, body: Organisation, who: User | None, asking: Asking, *, by: User
) -> Request:
    _may_be_asked(case, body, who)
    contact = who or next(iter(contacts_of(body, case)), None)
    assert asking.due_date is not None
    made = Request.objects.create(
        case=case, organisation=body, asked_of=contact, reference=random_reference(),
        about=asking.about, words=asking.words, due_date=asking.due_date, by=by, at=now(),
        edition=in_force().code,
    )  # fmt: skip
    record(
        "partner_asked", by=by, at=made.at, case_id=case.pk, row=made, organisation=body.pk,
        due=made.due_date,
    )  # fmt: skip
    for position, words in enumerate(asking.items, start=1):
        item = ItemAsked.objects.create(case=case, request=made, position=position, words=words)
        record("item_asked", by=by, at=made.at, case_id=case.pk, row=item)
    if contact:
        _let_see(made, by=by)
    _wait(made, by=by)
    return made


def _may_be_asked(case: Case, body: Organisation, who: User | None) -> None:
    if case.requests.of_this_round().filter(organisation=body).exists():
        raise Refused(
            f"{body.name} has been asked already", clause=CLAUSE,
            until="Read its answer, or finish the checks first.",
        )  # fmt: skip
    if who is not None and who not in contacts_of(body, case):
        raise Refused(
            f"{who.name} does not answer for {body.name}", clause=CLAUSE,
            until="Choose one of its contacts.",
        )  # fmt: skip


def _let_see(made: Request, *, by: User) -> None:
    """The organisation's contacts see this request and its replies, and not the case."""
    grant = Grant.objects.create(
        case=made.case, part=Part.REQUEST, object_id=made.pk, organisation=made.organisation,
        role=Role.PARTNER, why="A request for information", given_by=by, from_at=made.at,
    )  # fmt: skip
    record("granted", by=by, at=made.at, case_id=made.case_id, row=grant, part=Part.REQUEST)


def _wait(made: Request, *, by: User) -> None:
    """The answer is its contact's task; without an account there, the police ask and write."""
    contact = made.asked_of
    give(
        "answer_request" if contact else "fetch_reply", by=by, case=made.case, user=contact,
        role=Role.PARTNER if contact else Role.POLICE_OFFICER, due=made.due_date,
        object_id=made.pk, clause="2.9.3",
        why="Answer a request for information." if contact
        else "Ask an organisation where nobody answers here, and write down its answer.",
    )  # fmt: skip
