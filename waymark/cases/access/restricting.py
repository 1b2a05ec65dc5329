"""Restricted cases: the police lead alone says so, at once; two people lift it (S24)."""

from collections.abc import Iterable

from waymark.audit.events import record
from waymark.cases.access.by_hand import is_kept_out
from waymark.cases.access.handing_on import hand_on
from waymark.cases.access.naming import NEEDED, end_names, name_one, named_on
from waymark.cases.access.seers import CLAUSE, DECIDE, holders_of, may_decide, may_lead
from waymark.cases.holders import holder_of
from waymark.cases.models import Case, Lifting, Restriction
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User, people_in
from waymark.directory.permission import Refused, act

Kind = Restriction.Kind


def may_restrict(user: User, case: Case) -> None:
    """The police lead, of a case that is like others."""
    may_lead(user, case)
    if case.restricted:
        raise Refused("This case is restricted already", clause=CLAUSE)


@act
def restrict(
    case: Case, *, by: User, kind: str, why: str, others: Iterable[User] = (),
    chair_is_the_reason: bool = False,
) -> Restriction:  # fmt: skip
    """From now on the case is there for named people only: `by`, who holds it, and `others`.

    The chair, or the vice-chair where the chair is the reason, is named too, and says in words
    whether they agree. A chair who is the reason hands on what they do on it, and is not named.
    """
    case = locked(case)
    may_restrict(by, case)
    said = needs(why, why="Nothing says why this case is for named people", clause=CLAUSE)
    if kind not in Kind:
        raise Refused("It is not said of which kind the reason is", clause=CLAUSE)
    put_to = Role.VICE_CHAIR if chair_is_the_reason else Role.CHAIR
    chairs = [one for one in people_in(put_to, case.area) if not is_kept_out(case, one)]
    people = {*others, *chairs}
    if chair_is_the_reason:
        _let_go_of(case, people_in(Role.CHAIR, case.area), people, by=by)
    if len(people | {by, holder_of(case).user}) < NEEDED:
        raise Refused("A restricted case is for two named people or more", clause=CLAUSE,
                      until="Choose somebody else who works on it.")  # fmt: skip
    return begin(case, by=by, kind=kind, why=said, people=people, put_to=put_to)


def _let_go_of(case: Case, chairs: list[User], named: set[User], *, by: User) -> None:
    for chair in chairs:
        if chair in named or chair == by:
            raise Refused("The chair is the reason, and cannot be named on this case",
                          clause=CLAUSE, until="Choose somebody else who works on it.")  # fmt: skip
        hand_on(case, chair, by=by)


def begin_as_referred(case: Case, *, by: User) -> Restriction:
    """A case is restricted from its beginning on, where its referral was for police leads only.

    They are named, and nobody else yet: the chair may be the reason. One of them says who is.
    """
    leads = [one for one in people_in(Role.POLICE_LEAD, case.area) if not is_kept_out(case, one)]
    give(
        "name_people", by=by, case=case, role=Role.POLICE_LEAD, limit="decide_sight",
        clause=CLAUSE, why="This case is restricted from receipt. Name who works on it.",
    )  # fmt: skip
    return begin(
        case, by=by, kind=Kind.SAID_WHEN_REFERRED, people=leads, put_to=Role.CHAIR,
        why="Whoever referred the person said that somebody who deals with this may be concerned.",
    )  # fmt: skip


def begin(
    case: Case, *, by: User, kind: str, why: str, people: Iterable[User], put_to: Role
) -> Restriction:
    """The same of a locked case as a part of another act."""
    holder = holder_of(case).user
    named = sorted({by, holder, *people}, key=lambda one: (one != by, one.name, one.pk))
    made = Restriction.objects.create(case=case, kind=kind, why=why, by=by, at=now(), put_to=put_to)
    record("restriction_set", by=by, at=made.at, case_id=case.pk, row=made, reason=kind)
    for user in named:
        name_one(case, user, why=why, by=by, moment=made.at)
    _mark(case, restricted=True, by=by)
    _leave_no_work_behind(case, by=by)
    give(
        "agree_restriction", by=by, case=case, role=put_to, object_id=made.pk, clause=CLAUSE,
        limit="decide_sight", why="This case is restricted to named people. Say whether you agree.",
    )  # fmt: skip
    return made


def _mark(case: Case, *, restricted: bool, by: User) -> None:
    case.restricted, case.version = restricted, case.version + 1
    case.save(update_fields=["restricted", "version"])
    kind = "case_restricted" if restricted else "case_unrestricted"
    record(kind, by=by, at=now(), case_id=case.pk, row=case)


def _leave_no_work_behind(case: Case, *, by: User) -> None:
    """What waits for somebody by name who is not named on the case goes to the post."""
    named = {one.user_id for one in named_on(case)}
    waiting = case.tasks.waiting().exclude(user=None).exclude(user__in=named)
    for user in User.objects.filter(pk__in=waiting.values("user")).order_by("pk"):
        hand_on(case, user, by=by)


def restriction_of(case: Case) -> Restriction | None:
    """Why the case is restricted, if it is."""
    found = case.restrictions.filter(lifted_at=None)
    return found.select_related("by", "answered_by").first()


def may_agree(user: User, case: Case) -> None:
    """The chair or the vice-chair, whichever of them is named."""
    made = restriction_of(case)
    if made is None or not made.waits:
        raise Refused("This does not wait for an answer", clause=CLAUSE)
    if not user.roles_in(case.area) & set(CHAIRS) or made.by_id == user.pk:
        raise Refused("This is not yours to decide", clause=CLAUSE,
                      until=f"It is put to: {Role(made.put_to).label}.")  # fmt: skip


@act
def agree(case: Case, *, by: User, agrees: bool, words: str) -> None:
    """Say in words whether the case is rightly restricted. Where not, the police lead is asked to
    lift it; it holds until they agree."""
    case = locked(case)
    may_agree(by, case)
    made = restriction_of(case)
    assert made is not None
    said = needs(words, why="Nothing says why", clause=CLAUSE)
    made.answered_by, made.answered_at, made.agreed, made.answer = by, now(), agrees, said
    made.save(update_fields=["answered_by", "answered_at", "agreed", "answer"])
    record("restriction_answered", by=by, at=made.answered_at, case_id=case.pk, row=made,
           agreed=agrees)  # fmt: skip
    finish_those(waiting_of(case, "agree_restriction"), by=by, outcome="answered")
    if not agrees and lifting_of(case) is None:
        _ask_to_lift(case, said, by=by)


def lifting_of(case: Case) -> Lifting | None:
    """What waits for a second person."""
    return case.liftings.filter(answered_at=None).select_related("by").first()


def may_ask_to_lift(user: User, case: Case) -> None:
    """The police lead, chair or vice-chair of a restricted case."""
    may_decide(user, case)
    if not case.restricted:
        raise Refused("This case is not restricted", clause=CLAUSE)
    if lifting_of(case):
        raise Refused("Somebody has asked for this already", clause=CLAUSE)


@act
def ask_to_lift(case: Case, *, by: User, why: str) -> Lifting:
    """Ask that the case be like others again: it stays restricted until a second person agrees."""
    case = locked(case)
    may_ask_to_lift(by, case)
    return _ask_to_lift(case, needs(why, why="Nothing says why", clause=CLAUSE), by=by)


def _ask_to_lift(case: Case, why: str, *, by: User) -> Lifting:
    made = Lifting.objects.create(case=case, why=why, by=by, at=now())
    record("lifting_asked", by=by, at=made.at, case_id=case.pk, row=made)
    lead = Role.POLICE_LEAD in by.roles_in(case.area)
    give(
        "lift_restriction", by=by, case=case, object_id=made.pk, clause=CLAUSE,
        role=_chair_on(case) if lead else Role.POLICE_LEAD, limit="decide_sight",
        why="This case is to be restricted no more. Agree, or say why not.",
    )  # fmt: skip
    return made


def _chair_on(case: Case) -> Role:
    return Role.CHAIR if holders_of(case, Role.CHAIR) else Role.VICE_CHAIR


def may_lift(user: User, case: Case) -> None:
    """Another person: police lead and chair or vice-chair between the two of them."""
    made = lifting_of(case)
    if made is None:
        raise Refused("Nobody has asked for this case to be like others", clause=CLAUSE)
    may_decide(user, case)
    roles = [one.roles_in(case.area) & set(DECIDE) for one in (made.by, user)]
    leads = [Role.POLICE_LEAD in each for each in roles]
    if (
        made.by_id == user.pk
        or not any(leads)
        or not any(each - {Role.POLICE_LEAD} for each in roles)
    ):
        raise Refused("This takes two people", clause=CLAUSE,
                      until="The police lead, and the chair or the vice-chair.")  # fmt: skip


@act
def lift(case: Case, *, by: User, agrees: bool, words: str = "") -> None:
    """The second person agrees that the case is like others again, or says why not.

    The case's own row comes before those who were named: else nobody could write it.
    """
    case = locked(case)
    may_lift(by, case)
    made, restriction = lifting_of(case), restriction_of(case)
    assert made is not None and restriction is not None
    said = words.strip() if agrees else needs(words, why="Nothing says why not", clause=CLAUSE)
    made.answered_by, made.answered_at, made.agreed, made.answer = by, now(), agrees, said
    made.save(update_fields=["answered_by", "answered_at", "agreed", "answer"])
    record("lifting_answered", by=by, at=made.answered_at, case_id=case.pk, row=made, agreed=agrees)
    finish_those(waiting_of(case, "lift_restriction"), by=by, outcome="answered")
    if not agrees:
        return
    finish_those(waiting_of(case, "agree_restriction"), by=by, outcome="lifted")
    restriction.lifted_at = made.answered_at
    restriction.save(update_fields=["lifted_at"])
    record("restriction_lifted", by=by, at=made.answered_at, case_id=case.pk, row=restriction)
    _mark(case, restricted=False, by=by)
    end_names(case, why="The case is not restricted any more", by=by)
