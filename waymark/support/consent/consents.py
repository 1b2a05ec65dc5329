"""Consent to support: nothing starts without it, a withdrawal stops all (1.1.4, 2.10.4).

18 and over: the person answers. Under 18, or age unknown: a parent or guardian answers, and the
child is asked too; a child who can decide and says no closes what a parent opened.
"""

from datetime import date
from enum import StrEnum, auto

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage, SupportConsent
from waymark.cases.stages import locked, move
from waymark.cases.tasks import finish_those, waiting_of
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.actor import Actor
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act, permits
from waymark.people.age import eighteenth, is_adult
from waymark.support import pieces
from waymark.support.consent.answers import (
    CLAUSE,
    answerer,
    ask_to_help,
    asked_since,
    check,
    keep,
    last_asked,
)
from waymark.support.models import PieceTurn
from waymark.support.plans import agreed

Said, Kind = SupportConsent.State, SupportConsent.Answerer
SAYS_NO = (Said.REFUSED, Said.WITHDRAWN)
LEAVES = (Stage.SUPPORTED, Stage.EXIT_RECOMMENDED)


class State(StrEnum):
    """Where consent to the plan in force stands. Only GIVEN opens anything."""

    NOT_ASKED = auto()
    GIVEN = auto()
    REFUSED = auto()
    WITHDRAWN = auto()
    CONFLICT = auto()
    CAPACITY_LACKING = auto()


NAMES = {
    State.NOT_ASKED: "not yet asked of everybody who answers",
    State.GIVEN: "given",
    State.REFUSED: "refused",
    State.WITHDRAWN: "withdrawn",
    State.CONFLICT: "in conflict: two who may answer disagree",
    State.CAPACITY_LACKING: "not possible: the person cannot decide this now",
}


def state_of(case: Case) -> State:
    """What the latest answers of those who may answer come to, for the plan in force."""
    if not (rows := _answers(case)):
        return State.NOT_ASKED
    if is_adult(case.person):
        own = _own_as_an_adult(case, rows)
        return State(own) if own else State.NOT_ASKED
    return _of_a_child(*_latest(case, rows))


def is_in_force(case: Case) -> bool:
    return state_of(case) is State.GIVEN


def _of_a_child(own: str | None, parents: list[str]) -> State:
    said = {*parents, own}
    if Said.WITHDRAWN in said:
        return State.WITHDRAWN
    if Said.REFUSED in said:
        return State.CONFLICT if Said.GIVEN in said else State.REFUSED
    if Said.GIVEN in parents:  # a child who cannot decide this does not close what they opened
        return State.GIVEN if own else State.NOT_ASKED
    return State.CAPACITY_LACKING if Said.CAPACITY_LACKING in said else State.NOT_ASKED


def _answers(case: Case) -> list[SupportConsent]:
    """What was answered about the plan in force, the earliest first."""
    said = list(case.consents.all())
    since = asked_since(case) if said else None
    return [one for one in said if since is None or one.at >= since]


def _own_as_an_adult(case: Case, rows: list[SupportConsent]) -> str | None:
    """The person's latest answer since they are 18, or for then. A child's no stands; a yes not."""
    since, day = eighteenth(case.person), today()
    own = [
        row.state
        for row in rows
        if row.answerer == Kind.PERSON
        and (
            row.holds_from_date <= day
            if row.holds_from_date
            else row.state in SAYS_NO or (since is not None and row.answered_date >= since)
        )
    ]
    return own[-1] if own else None


def _latest(case: Case, rows: list[SupportConsent]) -> tuple[str | None, list[str]]:
    """The latest answer of a child, and of each parent or guardian who may still answer."""
    now_said = [row for row in rows if row.holds_from_date is None]
    by_answerer = {(row.answerer, row.answerer_name): row.state for row in now_said}
    may = case.answerers.filter(until_at=None).values_list("kind", "name", "apart")
    own = [by_answerer.get((kind, name)) for kind, name, _ in may if kind == Kind.PERSON]
    parents = [
        by_answerer[kind, name]
        for kind, name, apart in may
        if kind == Kind.PARENT and (kind, name) in by_answerer
        # a no of somebody set apart is heard; their yes opens nothing
        if apart is None or by_answerer[kind, name] != Said.GIVEN
    ]
    return (own[0] if own else None), parents


def has_support(case: Case) -> bool:
    """Whether support goes on or could, with consent, where the case stands."""
    return Stage(case.held_from or case.stage) in LEAVES


def is_asked_anew(case: Case) -> bool:
    """Whether support was agreed, and somebody else answers now because of the person's age."""
    return has_support(case) and state_of(case) is State.NOT_ASKED


def may_answer(user: User, case: Case) -> None:
    """Whoever asks, while consent is sought: to a plan, or anew because of the person's age."""
    if is_asked_anew(case):
        may_ask(user, case)
    else:
        may_close(user, case)


def may_close(user: User, case: Case) -> None:
    """Whoever asks, while consent to an agreed plan is sought."""
    if case.stage != Stage.SEEKING_CONSENT:
        raise Refused(
            f"Consent is not asked while the case stands at “{case.get_stage_display()}”",
            clause=CLAUSE,
            until="It is asked once the panel has agreed a plan.",
        )
    may_ask(user, case)


def may_ask(user: User, case: Case) -> None:
    """The one whom the plan names, the chair, or the lead who took the case over from them."""
    may_write(user, case)
    plan = agreed(case)
    if plan is None or plan.asker_id == user.pk:
        return
    posts = {Role.CHAIR, Role.VICE_CHAIR}
    if not permits(may_write, plan.asker, case):
        posts.add(Role(case.led_by))
    if not user.roles_in(case.area) & posts:
        raise Refused(
            "This is not yours to write down", clause=CLAUSE,
            until=f"The plan names who asks: {plan.asker.name}. The chair can write it down too.",
        )  # fmt: skip


@act
def answer(
    case: Case, *, by: User, kind: str, name: str = "", authority: str, state: str, how: str,
    answered_date: date, evidence: str = "", capacity_steps: str = "",
    version: int | None = None,
) -> State:  # fmt: skip
    """Write down what somebody who may answer said of the agreed plan.

    `kind`: the person, or a parent or guardian by `name`, with the `evidence` of their authority.
    When all who answer have, the case is supported (given), or goes back to the panel.
    `capacity_steps`: what was done to help somebody decide whose capacity is in doubt (2.4.6).
    """
    case = locked(case, version=version)
    pieces.lock_all(case)
    may_answer(by, case)
    if state not in (Said.GIVEN, Said.REFUSED, Said.CAPACITY_LACKING):
        raise Refused("It is not said what the answer was", clause=CLAUSE)
    accept_where_offered(case, by=by)
    plan = agreed(case)
    assert plan is not None and plan.agreed_at is not None
    who = answerer(case, kind, name, authority, by=by, evidence=evidence)
    check(who, state, last_asked(case), capacity_steps)
    keep(
        who, state, how, answered_date, case=case, by=by,
        since=day_of(asked_since(case) or plan.agreed_at), capacity_steps=capacity_steps,
    )  # fmt: skip
    stands = state_of(case)
    if case.stage != Stage.SEEKING_CONSENT:
        _answered_anew(case, stands, by=by)
    elif stands is State.GIVEN:
        move(case, Stage.SUPPORTED, act="answer_consent", by=by, why="Consent is given")
        pieces.offer_all(plan, by=by)
    elif stands is not State.NOT_ASKED:
        why = f"Consent is {NAMES[stands]}"
        move(case, Stage.PANEL, act="answer_consent", by=by, why=why)
        ask_to_help(case, by=by)
    return stands


def _answered_anew(case: Case, stands: State, *, by: User) -> None:
    """A yes lets the same plan go on, without a panel; whatever else is answered does not."""
    if stands is State.NOT_ASKED:
        return
    finish_those(waiting_of(case, "ask_consent"), by=by, outcome=stands)
    if stands is State.GIVEN:
        finish_those(waiting_of(case, "consent_withdrawn"), by=by, outcome="given")
        given = PieceTurn.Why.CONSENT_GIVEN
        for reason in (PieceTurn.Why.AGE, PieceTurn.Why.CONSENT_ENDED):  # or of a transfer
            pieces.go_on(case, held_for=reason, why=given, by=by)
    else:
        leave(case, by=by)
        ask_to_help(case, by=by)


@act
def close_unanswered(case: Case, *, by: User, why: str, version: int | None = None) -> None:
    """No answer came by the date of the plan: the panel considers the case again."""
    case = locked(case, version=version)
    may_close(by, case)
    plan = agreed(case)
    if plan and plan.ask_by_date >= today():
        day = plan.ask_by_date
        raise Refused(
            "There is still time to answer", clause=CLAUSE,
            until=f"The plan allows until {day.day} {day:%B %Y}.",
        )  # fmt: skip
    said = needs(why, why="Nothing says how an answer was sought", clause=CLAUSE)
    move(case, Stage.PANEL, act="answer_consent", by=by, why=f"No answer by the date. {said}")


def leave(case: Case, *, by: Actor) -> None:
    """To the panel; a case that the police hold goes there when they release it."""
    why = "Consent is no longer in force"
    if case.stage in LEAVES:
        move(case, Stage.PANEL, act="withdraw_consent", by=by, why=why)
    elif case.stage == Stage.SEEKING_CONSENT:
        move(case, Stage.PANEL, act="answer_consent", by=by, why=why)
    elif case.stage == Stage.POLICE_HELD and case.held_from in LEAVES:
        case.held_from, case.version = Stage.PANEL, case.version + 1
        case.save(update_fields=["held_from", "version"])
        record("case_changed", by=by, at=now(), case_id=case.pk, row=case)
