"""What partners answer: here, or by a route as secure and written down by the police (2.7.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from waymark.audit.events import record
from waymark.cases.tasks import finish_those
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.cases.written.documents import NOTHING, Enclosed, hang
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused, act
from waymark.sharing.models import ItemAnswered, ItemAsked, Reply, Request, SaidBeyond
from waymark.sharing.waiting import UNTIL_ANSWERED, waiting_on

State, CameBy = Reply.State, Reply.CameBy
GIVES = (State.INFORMATION, State.PART)
CLAUSE = "2.7.9"


@dataclass(frozen=True)
class Answer:
    """What is answered to one item asked: the words, their source, and the day they are of."""

    item: ItemAsked
    words: str
    source: str
    happened_date: date | None = None


@dataclass(frozen=True)
class Answering:
    """A whole reply. `words`: why it is declined, or anything beyond the items. `enclosed`: files.

    `held_back`: whether something is kept back; None: it was not said, which is refused (R16).
    """

    state: str
    held_back: bool | None
    held_back_decided_by: str = ""
    words: str = ""
    items: Sequence[Answer] = ()
    enclosed: Enclosed = NOTHING


@dataclass(frozen=True)
class Route:
    """How a reply came that was not given here."""

    came_by: str
    given_by: str
    original_kept: str = ""
    read_back: bool = False


def may_answer(user: User, request: Request) -> None:
    """A contact of the organisation that was asked, also late: that is seen, not barred."""
    if user.organisation_id == request.organisation_id and Role.PARTNER in user.roles_in():
        return
    raise Refused(
        "This request is answered by the organisation that was asked", clause="2.9.3",
        until="The police or the co-ordinator write down what comes by telephone or secure e-mail.",
    )  # fmt: skip


def may_enter(user: User, request: Request) -> None:
    """The police of the case's area; and the co-ordinator, who reads no answer afterwards."""
    if not user.roles_in(request.case.area) & {*POLICE, Role.COORDINATOR}:
        raise Refused(
            "Writing down a partner’s answer is not yours to do", clause=CLAUSE,
            until="The police Prevent officer or the co-ordinator writes it down.",
        )  # fmt: skip


@act
def answer(
    request: Request, *, by: User, answering: Answering, version: int | None = None
) -> Reply:
    """Answer for one's organisation. An earlier answer stays; this one follows it."""
    request = locked(request, version=version)
    may_answer(by, request)
    return _keep(request, answering, Route(CameBy.HERE, by.name), by=by)


@act
def enter_reply(
    request: Request, *, by: User, answering: Answering, route: Route, version: int | None = None
) -> Reply:
    """Write down an answer that came by secure e-mail or telephone, and from whom."""
    request = locked(request, version=version)
    may_enter(by, request)
    if route.came_by not in (CameBy.SECURE_EMAIL, CameBy.TELEPHONE):
        raise Refused(
            "It is not said by which secure route the answer came", clause=CLAUSE,
            until="Choose secure e-mail or telephone.",
        )  # fmt: skip
    needs(route.given_by, why="Nobody is named who gave the answer", clause=CLAUSE)
    if route.came_by == CameBy.SECURE_EMAIL:
        needs(route.original_kept, why="Nothing says where the e-mail is kept", clause=CLAUSE)
    elif not route.read_back:
        raise Refused(
            "The answer was not read back to whoever gave it", clause=CLAUSE,
            until="Read it back, then write it down.",
        )  # fmt: skip
    made = _keep(request, answering, route, by=by)
    if request.answered_at and by.roles_in(request.case.area) & set(POLICE):  # who reads it
        finish_those(waiting_on(request, "chase_reply"), by=by, outcome="answered")
    return made


def locked(request: Request, *, version: int | None = None) -> Request:
    """The request as it is now, locked. Raises Changed where it was answered meanwhile."""
    asked = Request.objects.select_for_update(of=("self",)).filter(pk=request.pk)
    # whoever had to wait for the row asks again: what shows it to them may have moved meanwhile
    now_it_is = asked.first() or asked.get()
    if version is not None and now_it_is.version != version:
        raise Changed("This request was answered while you had the page open.")
    return now_it_is


def _keep(request: Request, answering: Answering, route: Route, *, by: User) -> Reply:
    _may_stand(request, answering)
    made = Reply.objects.create(
        case_id=request.case_id, request=request, state=answering.state, by=by, at=now(),
        held_back=bool(answering.held_back),
        held_back_decided_by=answering.held_back_decided_by.strip(), came_by=route.came_by,
        given_by=route.given_by.strip(), original_kept=route.original_kept.strip(),
        read_back=route.read_back,
    )  # fmt: skip
    record(
        "partner_replied", by=by, at=made.at, case_id=request.case_id, row=made,
        state=made.state, request=request.pk,
    )  # fmt: skip
    if words := answering.words.strip():
        said = SaidBeyond.objects.create(case_id=made.case_id, reply=made, words=words)
        record("said_beyond", by=by, at=made.at, case_id=made.case_id, row=said)
    for one in answering.items:
        _keep_item(made, one, by=by)
    hang(
        answering.enclosed, case_id=made.case_id, part=Part.REQUEST, object_id=request.pk, by=by,
        at=made.at,
    )  # fmt: skip
    _is_answered(request, made, by=by)
    return made


def _keep_item(reply: Reply, one: Answer, *, by: User) -> None:
    row = ItemAnswered.objects.create(
        case_id=reply.case_id, reply=reply, item=one.item, words=one.words.strip(),
        source=one.source.strip(), happened_date=one.happened_date,
    )  # fmt: skip
    record("item_answered", by=by, at=reply.at, case_id=reply.case_id, row=row)


def _is_answered(request: Request, reply: Reply, *, by: User) -> None:
    """The request is answered from its first whole reply on; a part leaves the rest to come."""
    if request.answered_at is None and reply.state != State.PART:
        request.answered_at = reply.at
    request.version += 1
    request.save(update_fields=["answered_at", "version"])
    record("request_changed", by=by, at=reply.at, case_id=request.case_id, row=request)
    if request.answered_at:
        finish_those(waiting_on(request, *UNTIL_ANSWERED), by=by, outcome="answered")


def _may_stand(request: Request, answering: Answering) -> None:
    """The state is said, what is held back and by whom, and each item has words and a source."""
    if answering.state not in State.values:
        raise Refused("It is not said what the answer is", clause="2.9.3", until="Choose one.")
    if answering.held_back is None:
        raise Refused(
            "It is not said whether anything is held back", clause="2.9.3",
            until="Say whether it is, and who decided so; not what it is.",
        )  # fmt: skip
    if answering.held_back:
        needs(
            answering.held_back_decided_by, why="Nobody is named who decided to hold back",
            clause="2.9.3",
        )  # fmt: skip
    if answering.state == State.DECLINED:
        needs(
            answering.words, why="An answer that gives nothing needs its words", clause="2.9.3",
            until="Say why it is declined.",
        )  # fmt: skip
    _may_stand_items(request, answering)


def _may_stand_items(request: Request, answering: Answering) -> None:
    if answering.state in GIVES and not answering.items:
        raise Refused("No question is answered", clause="2.9.3", until="Answer at least one.")
    if answering.state not in GIVES and answering.items:
        raise Refused(
            "Questions are answered, and the answer says that nothing is given", clause="2.9.3",
            until="Choose that information is given.",
        )  # fmt: skip
    asked = set(request.items.values_list("pk", flat=True))
    for one in answering.items:
        if one.item.pk not in asked:
            raise Refused("An answer is to a question of another request", clause="2.9.3")
        needs(one.words, why=f"Question {one.item.position} has no answer", clause="2.9.3")
        needs(
            one.source, why=f"The answer to question {one.item.position} names no source",
            clause="2.3.5", until="Say where it comes from.",
        )  # fmt: skip


def latest_of(request: Request) -> Reply | None:
    """The reply that stands: the last, whatever came before it."""
    return request.replies.prefetch_related("items__item").order_by(F("at").asc(), "pk").last()
