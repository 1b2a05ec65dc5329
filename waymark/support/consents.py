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
from waymark.cases.tasks import give
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.people.models import is_adult
from waymark.policy.pack import in_force
from waymark.support import pieces
from waymark.support.models import Answerer, PieceTurn
from waymark.support.plans import agreed

Said, Kind = SupportConsent.State, SupportConsent.Answerer
CLAUSE = "2.10.4"
ENDS_SUPPORT = (Said.WITHDRAWN, Said.CAPACITY_LACKING)
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
    own, parents = _latest(case)
    if is_adult(case.person):
        return State(own) if own else State.NOT_ASKED
    return _of_a_child(own, parents)


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


def _latest(case: Case) -> tuple[str | None, list[str]]:
    """The latest answer of the person, and of each parent or guardian who may still answer."""
    plan = agreed(case)
    rows = case.consents.all()
    if plan is not None:
        rows = rows.filter(at__gte=plan.agreed_at)
    by_answerer = {(row.answerer, row.answerer_name): row.state for row in rows}
    may = case.answerers.filter(until_at=None).values_list("kind", "name")
    own = [by_answerer.get(each) for each in may if each[0] == Kind.PERSON]
    parents = [by_answerer[each] for each in may if each[0] == Kind.PARENT and each in by_answerer]
    return (own[0] if own else None), parents


def may_answer(user: User, case: Case) -> None:
    """Whoever writes on the case, while consent to an agreed plan is sought."""
    if case.stage != Stage.SEEKING_CONSENT:
        raise Refused(
            f"Consent is not asked while the case stands at “{case.get_stage_display()}”",
            clause=CLAUSE,
            until="It is asked once the panel has agreed a plan.",
        )
    may_write(user, case)
    plan = agreed(case)
    chairs = {Role.CHAIR, Role.VICE_CHAIR}
    if plan and plan.asker_id != user.pk and not user.roles_in(case.area) & chairs:
        raise Refused(
            "This is not yours to write down", clause=CLAUSE,
            until=f"The plan names who asks: {plan.asker.name}. The chair can write it down too.",
        )  # fmt: skip


@act
def answer(
    case: Case, *, by: User, kind: str, name: str = "", authority: str, state: str, how: str,
    answered_date: date, version: int | None = None,
) -> State:  # fmt: skip
    """Write down what somebody who may answer said of the agreed plan.

    `kind`: the person, or a parent or guardian by `name`. When all who answer have, the case is
    supported (given), or goes back to the panel.
    """
    case = locked(case, version=version)
    pieces.lock_all(case)
    may_answer(by, case)
    if state not in (Said.GIVEN, Said.REFUSED, Said.CAPACITY_LACKING):
        raise Refused("It is not said what the answer was", clause=CLAUSE)
    accept_where_offered(case, by=by)
    plan = agreed(case)
    assert plan is not None and plan.agreed_at is not None
    _keep(
        _answerer(case, kind, name, authority, by=by), state, how, answered_date,
        case=case, by=by, since=day_of(plan.agreed_at),
    )  # fmt: skip
    stands = state_of(case)
    if stands is State.GIVEN:
        move(case, Stage.SUPPORTED, act="answer_consent", by=by, why="Consent is given")
        pieces.offer_all(plan, by=by)
    elif stands is not State.NOT_ASKED:
        why = f"Consent is {NAMES[stands]}"
        move(case, Stage.PANEL, act="answer_consent", by=by, why=why)
    return stands


@act
def close_unanswered(case: Case, *, by: User, why: str, version: int | None = None) -> None:
    """No answer came by the date of the plan: the panel considers the case again."""
    case = locked(case, version=version)
    may_answer(by, case)
    plan = agreed(case)
    if plan and plan.ask_by_date >= today():
        day = plan.ask_by_date
        raise Refused(
            "There is still time to answer", clause=CLAUSE,
            until=f"The plan allows until {day.day} {day:%B %Y}.",
        )  # fmt: skip
    said = needs(why, why="Nothing says how an answer was sought", clause=CLAUSE)
    move(case, Stage.PANEL, act="answer_consent", by=by, why=f"No answer by the date. {said}")


def may_withdraw(user: User, case: Case) -> None:
    """Anybody who writes on the case, as soon as they learn of it, wherever consent stands."""
    may_write(user, case)
    if not case.is_open or not is_in_force(case):
        raise Refused(
            f"There is no consent in force to withdraw: it is {NAMES[state_of(case)]}",
            clause="1.1.4",
        )


@act
def withdraw(
    case: Case, *, by: User, kind: str, name: str = "", authority: str, how: str,
    answered_date: date, state: str = Said.WITHDRAWN, version: int | None = None,
) -> None:  # fmt: skip
    """Consent is withdrawn, or can no longer be given: in this transaction all support is held.

    From a case that is supported or recommended for exit the panel considers it again.
    """
    case = locked(case, version=version)
    pieces.lock_all(case)
    may_withdraw(by, case)
    if state not in ENDS_SUPPORT:
        raise Refused("It is not said how consent ended", clause="1.1.4")
    who = _answerer(case, kind, name, authority, by=by)
    _keep(who, state, how, answered_date, case=case, by=by)
    stopped = pieces.hold_all(case, why=PieceTurn.Why.CONSENT_ENDED, by=by)
    _leave(case, by=by)
    give(
        "consent_withdrawn", by=by, case=case, role=Role.CHAIR, due=today(), clause="1.1.4",
        why=f"Consent has ended, and support is stopped ({len(stopped)}): see to it."
        if stopped
        else "Consent has ended before any support began: see that none begins.",
    )  # fmt: skip


def _leave(case: Case, *, by: User) -> None:
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


def _answerer(case: Case, kind: str, name: str, authority: str, *, by: User) -> Answerer:
    """The one who answers, as known already, or a new row for them."""
    if kind not in Kind.values:
        raise Refused("It is not said who answered", clause=CLAUSE)
    named = Kind.PERSON.label if kind == Kind.PERSON else " ".join(name.split())
    needs(named, why="The parent or guardian who answered is not named", clause=CLAUSE)
    known = case.answerers.filter(kind=kind, name__iexact=named, until_at=None).first()
    if known is not None:
        return known
    said = needs(
        authority, why="Nothing says how we know that they may answer", clause=CLAUSE,
        until="Say by what authority they answer.",
    )  # fmt: skip
    made = Answerer.objects.create(
        case=case, kind=kind, name=named, authority=said, by=by, at=now()
    )
    record("answerer_named", by=by, at=made.at, case_id=case.pk, row=made)
    return made


def _keep(
    who: Answerer, state: str, how: str, day: date, *, case: Case, by: User,
    since: date | None = None,
) -> None:  # fmt: skip
    if day > today() or (since and day < since):
        raise Refused(
            "The date of the answer is still to come, or before the plan was agreed",
            clause=CLAUSE,
        )
    made = SupportConsent.objects.create(
        case=case, answerer=who.kind, answerer_name=who.name, authority=who.authority,
        state=state, notice=in_force().consent.notice.edition, answered_date=day, by=by,
        how=needs(how, why="Nothing says how they were asked and what they said", clause=CLAUSE),
        at=now(),
    )  # fmt: skip
    record("consent_answered", by=by, at=made.at, case_id=case.pk, row=made, state=state)
