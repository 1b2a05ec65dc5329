"""“I know this person”: whoever says so sees the case no more, until those told say otherwise."""

from waymark.audit.events import record
from waymark.cases.access.handing_on import hand_on
from waymark.cases.access.seers import first_to_decide
from waymark.cases.models import Case, Exclusion
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "1.3.3"
Kind = Exclusion.Kind


def may_declare(user: User, case: Case) -> None:
    """Anybody who sees the case; somebody else has to be left who decides on it."""
    first_to_decide(case, but=(user.pk,))


@act
def declare_knows(case: Case, *, by: User, words: str) -> None:
    """`by` knows the person. The case is hidden from them at once, and their work on it goes on
    with others; the chair is told, or the vice-chair, or the police lead.

    Writing it down is their last write on the case.
    """
    case = locked(case)
    may_declare(by, case)
    said = needs(words, why="Nothing says how you know the person", clause=CLAUSE,
                 until="Say it in a few words.")  # fmt: skip
    hand_on(case, by, by=by)
    moment = now()
    role, told = first_to_decide(case, but=(by.pk,))
    made = Exclusion(
        case=case, user=by, kind=Kind.DECLARED, why=said, set_by=by, proposed_at=moment, told=told,
        from_at=moment,
    )  # fmt: skip
    give(
        "read_knows", by=by, case=case, role=role, user=told, object_id=made.pk,
        limit="decide_sight", clause=CLAUSE,
        why="A colleague knows the person, and sees the case no more. Read what they said.",
    )  # fmt: skip
    made.save(force_insert=True)
    record("knows_declared", by=by, at=moment, case_id=case.pk, row=made, user=by.pk)


def may_end(user: User, made: Exclusion) -> None:
    """Whoever was told, or holds a post that would be: never the one who said it."""
    if made.kind != Kind.DECLARED or made.until_at is not None:
        raise Refused("This is not kept from anybody any more", clause=CLAUSE)
    if user.pk == made.user_id or user.pk != made.told_id:
        told = made.told.name if made.told else "the chair"
        raise Refused("This is not yours to decide", clause=CLAUSE,
                      until=f"It is decided by {told}, who was told of it.")  # fmt: skip


@act
def read(made: Exclusion, *, by: User, sees_it: bool, words: str) -> None:
    """What somebody said has been read: they go on not seeing the case, or see it again."""
    locked(made.case)
    made = Exclusion.objects.select_for_update(of=("self",)).select_related("told").get(pk=made.pk)
    may_end(by, made)
    said = needs(words, why="Nothing says why", clause=CLAUSE)
    moment = now()
    made.end_why = said
    if sees_it:
        made.until_at, made.ended_by = moment, by
    made.save(update_fields=["end_why", "until_at", "ended_by"])
    kind = "exclusion_ended" if sees_it else "knows_read"
    record(kind, by=by, at=moment, case_id=made.case_id, row=made, user=made.user_id)
    waiting = waiting_of(made.case, "read_knows", object_id=made.pk)
    finish_those(waiting, by=by, outcome="sees_again" if sees_it else "kept_out")
