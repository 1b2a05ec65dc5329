"""Who must not see a case: a relative, a neighbour, a former partner. Two set it, two end it (S25).

What a police lead, chair or vice-chair proposes hides at once: between the proposal and its
confirmation the harm of one look is greater than that of a colleague waiting two days. What an
officer proposes hides once it is confirmed, so that nobody alone can shut a leader out of a case.
"""

from waymark.audit.events import record
from waymark.cases.access.handing_on import hand_on
from waymark.cases.access.seers import DECIDE, first_to_decide, may_decide
from waymark.cases.models import Case, Exclusion
from waymark.cases.reading.parts import sees_part
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "1.3.3"
Kind = Exclusion.Kind
TASK = "decide_exclusion"


def may_propose(user: User, case: Case) -> None:
    """Whoever sees who may see the case."""
    if not sees_part(user, case, Part.SIGHT):
        raise Refused("This is not yours to propose", clause=CLAUSE,
                      until="Tell the police Prevent lead or the chair.")  # fmt: skip


@act
def propose(case: Case, *, by: User, who: User, kind: str, why: str) -> Exclusion:
    """Propose that `who` must not see the case. They are not told of it, now or later."""
    case = locked(case)
    may_propose(by, case)
    said = needs(why, why="Nothing says why they must not see it", clause=CLAUSE)
    if who.pk == by.pk or kind not in set(Kind) - {Kind.DECLARED}:
        raise Refused("Somebody proposes it of somebody else, with the reason", clause=CLAUSE,
                      until="Of yourself, say that you know the person.")  # fmt: skip
    if Exclusion.objects.filter(case=case, user=who, until_at=None).exists():
        raise Refused(f"This is proposed of {who.name} already, or holds", clause=CLAUSE)
    role, other = first_to_decide(case, but=(by.pk, who.pk))
    moment = now()
    hides = bool(by.roles_in(case.area) & set(DECIDE))
    made = Exclusion.objects.create(
        case=case, user=who, kind=kind, why=said, set_by=by, proposed_at=moment, told=other,
        from_at=moment if hides else None,
    )  # fmt: skip
    record("exclusion_proposed", by=by, at=moment, case_id=case.pk, row=made, user=who.pk)
    if hides:
        hand_on(case, who, by=by)
    give(
        TASK, by=by, case=case, role=role, user=other, object_id=made.pk, limit="decide_sight",
        clause=CLAUSE, why="Somebody is to be kept from this case. Agree, or say why not.",
    )  # fmt: skip
    return made


def may_answer(user: User, made: Exclusion) -> None:
    """Another of those who decide: not who proposed it, nor whom it is about."""
    may_decide(user, made.case)
    if made.until_at is not None or made.kind == Kind.DECLARED:
        raise Refused("This does not wait for an answer", clause=CLAUSE)
    if made.end_asked_by is None and made.confirmed_at is not None:
        raise Refused("This has been confirmed already", clause=CLAUSE)
    if user.pk in (made.end_asked_by_id or made.set_by_id, made.user_id):
        raise Refused("You proposed this yourself", clause=CLAUSE,
                      until="Another person decides on it.")  # fmt: skip


@act
def answer(made: Exclusion, *, by: User, agrees: bool, words: str = "") -> Exclusion:
    """Agree with what waits: that somebody is kept out, or that it ends; or say why not."""
    case, made = _locked(made)
    may_answer(by, made)
    if not agrees:
        needs(words, why="Nothing says why not", clause=CLAUSE)
    if made.end_asked_by_id:
        _answer_end(made, agrees, by=by)
    elif agrees:
        _confirm(case, made, by=by)
    else:
        made.end_why, made.until_at, made.ended_by = words.strip(), now(), by
        made.save(update_fields=["end_why", "until_at", "ended_by"])
        record("exclusion_refused", by=by, at=now(), case_id=case.pk, row=made, user=made.user_id)
    waiting = waiting_of(case, TASK, object_id=made.pk)
    finish_those(waiting, by=by, outcome="agreed" if agrees else "refused")
    return made


def _confirm(case: Case, made: Exclusion, *, by: User) -> None:
    moment = now()
    hides_now = made.from_at is None
    made.confirmed_by, made.confirmed_at = by, moment
    made.from_at = made.from_at or moment
    made.save(update_fields=["confirmed_by", "confirmed_at", "from_at"])
    record("exclusion_confirmed", by=by, at=moment, case_id=case.pk, row=made, user=made.user_id)
    if hides_now:
        hand_on(case, made.user, by=by)


def _answer_end(made: Exclusion, agrees: bool, *, by: User) -> None:
    moment = now()
    if agrees:
        made.until_at, made.ended_by = moment, by
    else:
        made.end_asked_by = made.end_asked_at = None
    made.save(update_fields=["until_at", "ended_by", "end_asked_by", "end_asked_at"])
    kind = "exclusion_ended" if agrees else "exclusion_end_refused"
    record(kind, by=by, at=moment, case_id=made.case_id, row=made, user=made.user_id)


def may_ask_to_end(user: User, made: Exclusion) -> None:
    """One of those who decide, of what holds; another of them agrees."""
    may_decide(user, made.case)
    if made.until_at is not None or made.confirmed_at is None or made.end_asked_by_id:
        raise Refused("This does not hold, or somebody asked to end it already", clause=CLAUSE)


@act
def ask_to_end(made: Exclusion, *, by: User, why: str) -> None:
    """Ask that somebody be kept from the case no more: it holds until another agrees."""
    case, made = _locked(made)
    may_ask_to_end(by, made)
    made.end_why = needs(why, why="Nothing says why it should end", clause=CLAUSE)
    role, other = first_to_decide(case, but=(by.pk, made.user_id))
    made.end_asked_by, made.end_asked_at, made.told = by, now(), other
    made.save(update_fields=["end_why", "end_asked_by", "end_asked_at", "told"])
    record("exclusion_end_asked", by=by, at=made.end_asked_at, case_id=case.pk, row=made,
           user=made.user_id)  # fmt: skip
    give(
        TASK, by=by, case=case, role=role, user=other, object_id=made.pk, limit="decide_sight",
        clause=CLAUSE, why="Somebody is to see this case again. Agree, or say why not.",
    )  # fmt: skip


def _locked(made: Exclusion) -> tuple[Case, Exclusion]:
    """The case, locked, and what is kept in it as it is now."""
    case = locked(made.case)
    found = Exclusion.objects.select_for_update(of=("self",)).select_related("user")
    made = found.get(pk=made.pk)
    made.case = case
    return case, made
