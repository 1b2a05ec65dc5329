"""Requests and answers as they are read: by the organisation asked, and beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from waymark.cases.lead_review import last_review
from waymark.cases.models import Case, ToAsk
from waymark.directory.contacts import who_may_be_asked
from waymark.directory.models import Organisation, Role, User, people_in
from waymark.sharing.contradictions import Contradicted, standing
from waymark.sharing.models import ItemAnswered, Mark, Reply, Request, WithoutAnswer
from waymark.sharing.told import mark_of, said_by, with_answers
from waymark.sharing.waiting import waiting_on

GIVES = (Reply.State.INFORMATION, Reply.State.PART)


@dataclass(frozen=True)
class ToBeAsked:
    """An organisation that can be asked. `named_why`: the lead's words, where the lead named it.

    `contact`: who is asked there; nobody where none has an account. `asked_before`: it has been
    asked on this case, and has answered.
    """

    body: Organisation
    named_why: str
    contact: User | None
    asked_before: bool


@dataclass(frozen=True)
class Side:
    """What one organisation answered to one question; no `answer`: it said nothing to it."""

    organisation: str
    answer: ItemAnswered | None
    state: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Asked:
    """One question, and beside each other what each organisation that was asked it answered.

    `key`: that of the question as it was asked first. `contradictions`: what does not fit.
    """

    words: str
    sides: list[Side]
    key: int
    contradictions: list[Contradicted]

    @property
    def answers(self) -> list[Side]:
        return [one for one in self.sides if one.answer]


def asked_of(user: User) -> list[Request]:
    """What the reader's organisation is asked, the earliest due first."""
    if Role.PARTNER not in user.roles_in():
        return []
    return list(Request.objects.of(user))


def found(key: int, *, by: User) -> Request | None:
    """A request that `by` may see, or None: then it does not exist for them."""
    rows = Request.objects.select_related("organisation", "by", "asked_of").prefetch_related(
        "items", "passings__to", "passings__was_with", "passings__by", "moved_dates__by"
    )
    return rows.filter(pk=key).first()


def references_of(keys: list[int]) -> dict[int, str]:
    """The reference of each of these requests that the reader may see."""
    return dict(Request.objects.filter(pk__in=keys).values_list("pk", "reference"))


def case_behind(request: Request, *, by: User) -> Case | None:
    """The case of a request, for those who may know of it; never for the organisation asked."""
    cases = Case.objects.visible_to(by).filter(pk=request.case_id)
    return cases.select_related("area").first()


def replies_to(request: Request) -> list[Reply]:
    """The first one first; a later one follows, none is changed."""
    rows = request.replies.select_related("by")
    return list(rows.prefetch_related("items__item", "said"))


def requests_of(case: Case, *, now_only: bool = False) -> list[Request]:
    """What was asked on a case, each with its replies, the first asked first.

    `now_only`: in the round of partner checks that goes on.
    """
    if not now_only:
        return with_answers(case)
    round_of = set(case.requests.of_this_round().values_list("pk", flat=True))
    return [one for one in with_answers(case) if one.pk in round_of]


def state_of(request: Request, on: date) -> tuple[str, str]:
    """Where a request stands in words, and the kind of its tag."""
    replies = list(request.replies.all())
    if request.answered_at and replies:
        last = replies[-1]
        gave = last.state != Reply.State.DECLINED
        return last.get_state_display(), "done" if gave else "plain"
    if request.is_late(on):
        return "Overdue", "danger"
    return ("Part is answered", "soon") if replies else ("Not answered", "active")


def beside(case: Case, requests: Iterable[Request]) -> list[Asked]:
    """Each question once, with the answers beside each other, and what does not fit (R16)."""
    requests = list(requests)
    questions: dict[str, int] = {}
    for one in requests:
        for item in one.items.all():
            questions.setdefault(item.words, item.pk)
    contradicted = standing(case) if questions else []
    return [
        Asked(
            words,
            [_side(one, words) for one in requests if _was_asked(one, words)],
            key,
            [each for each in contradicted if each.question == words],
        )
        for words, key in questions.items()
    ]


def _was_asked(request: Request, words: str) -> bool:
    return any(item.words == words for item in request.items.all())


def _side(request: Request, words: str) -> Side:
    answer: ItemAnswered | None = None
    replies = list(request.replies.all())
    for reply in replies:
        for item in reply.items.all():
            answer = item if item.item.words == words else answer
    state = replies[-1].get_state_display() if replies else "Not answered yet"
    if replies and replies[-1].state in GIVES:
        state = "Nothing was said to this question"
    return Side(request.organisation.name, answer, state, mark_of(answer) if answer else None)


def question_of(case: Case, key: int) -> Asked | None:
    """One question of a case, by the key of its asking."""
    return next((one for one in beside(case, requests_of(case)) if one.key == key), None)


def named_and_not_asked(case: Case) -> list[ToAsk]:
    """Whom the Prevent lead named, and nobody has asked yet."""
    if (review := last_review(case)) is None:
        return []
    asked = set(case.requests.values_list("organisation", flat=True))
    named = review.to_ask.select_related("organisation").order_by("organisation__name")
    return [one for one in named if one.organisation_id not in asked]


def answered_in_part(case: Case) -> dict[int, Request]:
    """Those asked in this round that have answered, and not all of it yet, by organisation."""
    return {
        one.organisation_id: one
        for one in requests_of(case, now_only=True)
        if one.answered_at is None and one.replies.all()
    }


def beyond(requests: Iterable[Request]) -> list[tuple[str, Reply, Mark | None]]:
    """Each organisation that said something beyond the questions, or holds something back."""
    return [
        (one.organisation.name, reply, mark_of(said) if (said := said_by(reply)) else None)
        for one in requests
        for reply in one.replies.all()
        if reply.words or reply.held_back
    ]


def to_be_asked(case: Case) -> list[ToBeAsked]:
    """The organisations of the area whose answer is not awaited; whom the lead named first."""
    named = {one.organisation_id: one.why for one in named_and_not_asked(case)}
    asked = set(case.requests.values_list("organisation", flat=True))
    awaited = set(case.requests.still_open().values_list("organisation", flat=True))
    contacts: dict[int, User] = {}
    for user in people_in(Role.PARTNER, case.area):
        contacts.setdefault(user.organisation_id, user)
    found = [
        ToBeAsked(one, named.get(one.pk, ""), contacts.get(one.pk), one.pk in asked)
        for one in who_may_be_asked(case.area)
        if one.pk not in awaited
    ]
    return sorted(found, key=lambda one: (not one.named_why, one.body.name))


def waits_to_be_read(request: Request) -> bool:
    """Whether an answer came late, or was asked for after the checks, and nobody has read it."""
    return bool(request.answered_at and waiting_on(request, "chase_reply", "read_answer"))


def gone_without(case: Case) -> list[WithoutAnswer]:
    """Whose answer was missing when checks were finished, and what was done without it."""
    return list(case.without_answer.select_related("organisation", "by").order_by("at", "pk"))
