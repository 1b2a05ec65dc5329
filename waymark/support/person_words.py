"""The person’s own words: on the assessment, the plan, the panel, and each piece of support."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.support import pieces, plans
from waymark.support.models import PersonSaid, Piece, PieceTurn, Plan, PlanGiven
from waymark.support.ordered import waiting

Of = PersonSaid.Of
CLAUSE = "2.8.4"
OF_A_PIECE = (Of.NOT_THIS, Of.SOMEBODY_ELSE)


def may_write_words(user: User, case: Case) -> None:
    may_write_while_open(user, case)


@act
def say(
    case: Case, *, by: User, of: str, heard_by: str, happened_date: date, words: str = "",
    not_yet_why: str = "", version: int | None = None,
) -> PersonSaid:  # fmt: skip
    """Write down what the person says, who heard it, and when; or why there are no words yet."""
    case = locked(case, version=version)
    may_write_words(by, case)
    if of not in Of.values or of in OF_A_PIECE:
        raise Refused("It is not said what the words are about", clause=CLAUSE)
    plan = plans.latest(case) if of == Of.PLAN else None
    return _keep(
        case, by=by, of=of, plan=plan, words=words, not_yet_why=not_yet_why, heard_by=heard_by,
        happened_date=happened_date,
    )  # fmt: skip


def may_wish(user: User, piece: Piece) -> None:
    """Of a piece that has not ended; whoever writes on the case takes the wish down."""
    may_write_words(user, piece.case)
    if piece.state == Piece.State.ENDED:
        raise Refused("This support has ended", clause="2.8.6")


@act
def wish(
    piece: Piece, *, by: User, of: str, words: str, heard_by: str, happened_date: date,
    version: int | None = None,
) -> PersonSaid:  # fmt: skip
    """The person does not want this piece: it ends, and the plan goes on. Or they ask for somebody
    else to give it: the lead of the case sees to that."""
    case = locked(piece.case, version=version)
    piece = pieces.locked_piece(piece)
    piece.case = case
    may_wish(by, piece)
    if of not in OF_A_PIECE:
        raise Refused("It is not said what the person wishes", clause="1.1.4")
    made = _keep(
        case, by=by, of=of, piece=piece, plan=piece.plan, words=words, not_yet_why="",
        heard_by=heard_by, happened_date=happened_date,
    )  # fmt: skip
    if of == Of.NOT_THIS:
        _end(piece, by=by)
    else:
        give(
            "name_another", by=by, case=case, role=Role(case.led_by or Role.CHAIR),
            limit="support_start", object_id=piece.pk, clause="2.8.6",
            why=f"Support {piece.reference}: the person asks for somebody else to give it.",
        )  # fmt: skip
    return made


def _end(piece: Piece, *, by: User) -> None:
    was_offered = piece.state != Piece.State.PLANNED
    pieces.turn(piece, Piece.State.ENDED, why=PieceTurn.Why.CONSENT_ENDED, by=by,
                words="The person does not want this support")  # fmt: skip
    for kind in (*pieces.OF_A_PIECE, "name_another"):
        finish_those(waiting(piece, kind), by=by, outcome="not_wanted")
    for user in pieces.people(piece) if was_offered else ():
        give(
            "support_ended", by=by, case=piece.case, user=user, role=Role.PROVIDER, due=today(),
            object_id=piece.pk, clause="1.1.4",
            why=f"Support {piece.reference} has ended: do not go on with it. Thank you.",
        )  # fmt: skip
    pieces.show_no_more(piece, by=by)


def may_give_plan(user: User, plan: Plan) -> None:
    may_write_words(user, plan.case)
    if not plan.is_agreed:
        raise Refused(
            "This version of the plan is not agreed", clause="2.8.6",
            until="The person is given it once the panel has agreed it.",
        )  # fmt: skip


@act
def give_plan(
    plan: Plan, *, by: User, how: str, given_by: str, given_date: date, words: str = "",
    version: int | None = None,
) -> PlanGiven:  # fmt: skip
    """The person was given the agreed plan in plain words: how, when, and by whom."""
    plan.case = case = locked(plan.case, version=version)
    may_give_plan(by, plan)
    if how not in PlanGiven.How.values:
        raise Refused("It is not said how the person was given the plan", clause=CLAUSE)
    made = PlanGiven.objects.create(
        case=case, plan=plan, how=how, words=words.strip(), by=by, at=now(),
        given_by=needs(given_by, why="Nobody is named who gave it to them", clause=CLAUSE),
        given_date=_not_to_come(given_date),
    )  # fmt: skip
    record("plan_given", by=by, at=made.at, case_id=case.pk, row=made, number=plan.number)
    return made


def _keep(
    case: Case, *, by: User, of: str, words: str, not_yet_why: str, heard_by: str,
    happened_date: date, plan: Plan | None = None, piece: Piece | None = None,
) -> PersonSaid:  # fmt: skip
    needs(
        words + not_yet_why, why="Nothing says what the person said", clause=CLAUSE,
        until="Write down their words, or why there are none yet.",
    )  # fmt: skip
    made = PersonSaid.objects.create(
        case=case, of=of, plan=plan, piece=piece, words=words.strip(),
        not_yet_why=not_yet_why.strip(), happened_date=_not_to_come(happened_date), by=by,
        heard_by=needs(heard_by, why="Nobody is named who heard it", clause=CLAUSE), at=now(),
    )  # fmt: skip
    record("person_said", by=by, at=made.at, case_id=case.pk, row=made, of=of)
    return made


def _not_to_come(day: date) -> date:
    if day > today():
        raise Refused("That day is still to come", clause=CLAUSE)
    return day
