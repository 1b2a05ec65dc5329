"""The police say what became of each answer: used, not relevant, or to be checked (2.7.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import POLICE
from waymark.cases.words import needs, needs_day_to_come
from waymark.cases.writers import people_who_write, post_of
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.sharing.models import ItemAnswered, Mark, SaidBeyond
from waymark.sharing.told import ToldHere

State = Mark.State
CLAUSE = "2.7.9"
CHOSEN = (State.USED, State.NOT_RELEVANT, State.TO_CHECK)


@dataclass(frozen=True)
class Marking:
    """What becomes of one answer. To be checked: `words` say what, and `who` checks by when."""

    row: ItemAnswered | SaidBeyond
    state: str
    words: str = ""
    who: User | None = None
    by_date: date | None = None


def may_weigh(user: User, case: Case) -> None:
    """The police of the case's area, while the case goes on."""
    if not user.roles_in(case.area) & set(POLICE):
        raise Refused(
            "Weighing what partners answered is not yours to do", clause=CLAUSE,
            until="Tell the police Prevent officer what you make of it.",
        )  # fmt: skip
    if not case.is_open:
        raise Refused("This case has ended", clause="2.8.9")


@act
def mark(
    case: Case, *, by: User, markings: Sequence[Marking], version: int | None = None
) -> list[Mark]:
    """Mark several answers in one go. An earlier mark stays; this one follows it."""
    case = locked(case, version=version)
    may_weigh(by, case)
    if not markings:
        raise Refused("No answer is marked", clause=CLAUSE, until="Mark at least one, or go back.")
    return [_mark(case, one, by=by) for one in markings]


def _mark(case: Case, one: Marking, *, by: User) -> Mark:
    _may_stand(case, one)
    to_check = one.state == State.TO_CHECK
    earlier = _earlier(one.row)
    made = Mark.objects.create(
        case=case, **_of(one.row), state=one.state, words=one.words.strip(),
        who=one.who if to_check else None, by_date=one.by_date if to_check else None,
        by=by, at=now(),
    )  # fmt: skip
    record("answer_marked", by=by, at=made.at, case_id=case.pk, row=made, state=made.state)
    checked = case.tasks.waiting().filter(kind="check_answer", object_id__in=earlier)
    finish_those(list(checked), by=by, outcome=made.state)
    if made.who:
        give(
            "check_answer", by=by, case=case, user=made.who, role=post_of(made.who, case),
            due=made.by_date, object_id=made.pk, clause=CLAUSE,
            why="Check what a partner answered.",
        )  # fmt: skip
    return made


def _may_stand(case: Case, one: Marking) -> None:
    if one.row.case_id != case.pk:
        raise Refused("This was answered about another case", clause=CLAUSE)
    if one.state not in CHOSEN:
        raise Refused("It is not said what becomes of an answer", clause=CLAUSE)
    if one.state != State.TO_CHECK:
        return
    needs(one.words, why="Nothing says what is to be checked", clause=CLAUSE)
    needs_day_to_come(one.by_date, what="the date to check it by", clause=CLAUSE)
    if one.who is None or one.who not in people_who_write(case):
        raise Refused(
            "Nobody who works on this case is named to check it", clause=CLAUSE,
            until="Choose who checks it.",
        )  # fmt: skip


def leave_unmarked(case: Case, told: Sequence[ToldHere], words: str, *, by: User) -> None:
    """The checks are finished without a mark on these: it is said of each, with the reason."""
    for one in told:
        made = Mark.objects.create(
            case=case, **_of(one.row), state=State.LEFT, words=words, by=by, at=now()
        )
        record("answer_marked", by=by, at=made.at, case_id=case.pk, row=made, state=made.state)


def _of(row: ItemAnswered | SaidBeyond) -> dict[str, ItemAnswered | SaidBeyond]:
    return {"item" if isinstance(row, ItemAnswered) else "said": row}


def _earlier(row: ItemAnswered | SaidBeyond) -> list[int]:
    return list(row.marks.order_by("at", "pk").values_list("pk", flat=True))
