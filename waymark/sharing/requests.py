"""Asking partners what they know, by a date that both sides see (2.7.8, 2.9.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from waymark.audit.events import record
from waymark.cases.endings.under_review import decided_since_the_end, is_under_review
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Grant, Stage
from waymark.cases.positions import may_be_shared
from waymark.cases.posts import people_on
from waymark.cases.stages import locked, may_act
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import POLICE
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.database.keys import random_reference
from waymark.database.record import Part
from waymark.directory.models import Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date, working_day_from
from waymark.policy.pack import in_force
from waymark.sharing.models import ItemAsked, Request

CLAUSE = "2.7.8"


# partner checks, and where a panel may still ask what is not known
LATER = (
    Stage.SECOND_RISK, Stage.PANEL, Stage.SEEKING_CONSENT, Stage.SUPPORTED, Stage.EXIT_RECOMMENDED,
)  # fmt: skip


@dataclass(frozen=True)
class Own:
    """What one organisation is asked besides. `words`: in place of those for all (1.3.3)."""

    items: Sequence[str] = ()
    words: str = ""


@dataclass(frozen=True)
class Asking:
    """What is asked. `about`: what a partner needs to find the person in its systems.

    `items` and `words` are for all; `own`: what one of them is asked besides, or in other words.
    `due_date`: by when; the pack's limit where none is set (2.9.3).
    """

    about: str
    words: str
    items: Sequence[str]
    due_date: date | None = None
    own: Mapping[Organisation, Own] = field(default_factory=dict)


def may_ask(user: User, case: Case) -> None:
    """The police: while partners are checked, or later on; once the position on sharing stands."""
    if case.stage == Stage.PARTNER_CHECKS:
        may_act(user, case, "finish_checks")
    elif case.stage not in LATER and not is_under_review(case):
        raise Refused(
            f"Partners are not asked while the case stands at “{case.get_stage_display()}”",
            clause=CLAUSE,
            until="They are asked at partner checks, from the second risk assessment on, and for"
            " a review after the end.",
        )
    elif not user.roles_in(case.area) & set(POLICE):
        raise Refused(
            "Asking partners is not yours to do", clause=CLAUSE,
            until="Tell the police Prevent officer what is still not known.",
        )  # fmt: skip
    decided_since_the_end(case)
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
    """Ask several organisations, each in a request of its own, with its own questions and words.

    Each is given with the person there who is asked, or None for whoever is its contact.
    """
    case = locked(case, version=version)
    may_ask(by, case)
    accept_where_offered(case, by=by)
    if not organisations:
        raise Refused("No partner is chosen to be asked", clause=CLAUSE, until="Choose one.")
    said = {body: _whole(asking, body) for body in organisations}
    made = [_request(case, body, who, said[body], by=by) for body, who in organisations.items()]
    _look_at_answers(case, made, by=by)
    return made


def _look_at_answers(case: Case, made: Sequence[Request], *, by: User) -> None:
    """Partners are asked: from now on what waits is to look at their answers."""
    if case.stage != Stage.PARTNER_CHECKS:
        for request in made:
            wait_to_read(request, by=by)
        return
    finish_those(waiting_of(case, "ask_partners"), by=by, outcome="asked")
    if not waiting_of(case, "partner_checks"):
        give(
            "partner_checks", by=by, case=case, role=Role.POLICE_OFFICER, limit="partner_checks",
            clause="2.7.9", why="Look at what partners answer, and finish the checks.",
        )  # fmt: skip


def wait_to_read(request: Request, *, by: User) -> None:
    """What is asked after partner checks is read by itself, the working day after its date."""
    give(
        "read_answer", by=by, case=request.case, role=Role.POLICE_OFFICER, clause="2.9.3",
        due=working_day_from(request.due_date + timedelta(days=1)), object_id=request.pk,
        why="Read what an organisation answers, and close its request.",
    )  # fmt: skip


def usual_date() -> date:
    """The day to answer by where the asker sets no other (2.9.3)."""
    return due_date(now(), in_force().limit("partner_reply"))


def contacts_of(organisation: Organisation, case: Case) -> list[User]:
    """The people with an account who answer for an organisation in the case's area, by name."""
    found = people_on(case, Role.PARTNER)
    return [user for user in found if user.organisation_id == organisation.pk]


def _whole(asking: Asking, body: Organisation) -> Asking:
    """What `body` is asked, with its date. Raises Refused where it is asked nothing."""
    own = asking.own.get(body, Own())
    items = [item.strip() for item in (*asking.items, *own.items) if item.strip()]
    if not items:
        raise Refused(
            f"Nothing is asked of {body.name}", clause=CLAUSE,
            until="Write at least one question.",
        )  # fmt: skip
    return Asking(
        about=needs(
            asking.about, why="Nothing tells partners whom to look for", clause="2.7.3",
            until="Write what they need to check their systems.",
        ),
        words=needs(
            own.words.strip() or asking.words, why="Nothing says what the answers are for",
            clause="1.3.3", until="Say why they are asked and why so much is needed.",
        ),
        items=list(dict.fromkeys(items)),
        due_date=needs_day_to_come(
            asking.due_date or usual_date(), what="the date to answer by", clause="2.9.3"
        ),
    )  # fmt: skip


def _request(
    case: Case, body: Organisation, who: User | None, asking: Asking, *, by: User
) -> Request:
    _may_be_asked(case, body, who)
    contact = who or next(iter(contacts_of(body, case)), None)
    assert asking.due_date is not None
    made = Request.objects.create(
        case=case, organisation=body, asked_of=contact, reference=random_reference(),
        about=asking.about, words=asking.words, due_date=asking.due_date, stage=case.stage,
        by=by, at=now(), edition=in_force().code,
    )  # fmt: skip
    record(
        "partner_asked", by=by, at=made.at, case_id=case.pk, row=made, organisation=body.pk,
        due=made.due_date,
    )  # fmt: skip
    for position, words in enumerate(asking.items, start=1):
        item = ItemAsked.objects.create(case=case, request=made, position=position, words=words)
        record("item_asked", by=by, at=made.at, case_id=case.pk, row=item)
    if contact:
        let_see(made, by=by)
    wait_for_answer(made, case, by=by)
    return made


def _may_be_asked(case: Case, body: Organisation, who: User | None) -> None:
    if case.requests.still_open().filter(organisation=body).exists():
        raise Refused(
            f"{body.name} has been asked already, and has not answered", clause=CLAUSE,
            until="Wait for its answer, or ring it and write the answer down. Then ask more.",
        )  # fmt: skip
    if who is not None and who not in contacts_of(body, case):
        raise Refused(
            f"{who.name} does not answer for {body.name}", clause=CLAUSE,
            until="Choose one of its contacts.",
        )  # fmt: skip


def let_see(made: Request, *, by: User) -> None:
    """The organisation's contacts see this request and its replies, and not the case."""
    moment = now()
    grant = Grant.objects.create(
        case_id=made.case_id, part=Part.REQUEST, object_id=made.pk, role=Role.PARTNER,
        organisation=made.organisation, why="A request for information", given_by=by,
        from_at=moment,
    )  # fmt: skip
    record("granted", by=by, at=moment, case_id=made.case_id, row=grant, part=Part.REQUEST)


def wait_for_answer(made: Request, case: Case, *, by: User, note: str = "") -> None:
    """The answer is the task of who is asked; without an account there, the police fetch it.

    `case`: as much of it as who acts may know. `note`: why this task follows another.
    """
    contact = made.asked_of
    what = (
        "Answer a request for information."
        if contact
        else "Ask whoever has a request and no account here, and write down the answer."
    )
    give(
        "answer_request" if contact else "fetch_reply", by=by, case=case, user=contact,
        role=Role.PARTNER if contact else Role.POLICE_OFFICER, due=made.due_date,
        object_id=made.pk, clause="2.9.3", why=f"{what} {note}".strip(),
    )  # fmt: skip
