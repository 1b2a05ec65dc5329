"""Two answers to one question that do not fit: said, and what is done about it (R16)."""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.sharing.models import Contradiction, ItemAnswered
from waymark.sharing.weighing import may_weigh

State = Contradiction.State
CLAUSE = "2.3.5"


@act
def contradicts(
    case: Case,
    *,
    by: User,
    answers: Iterable[ItemAnswered],
    words: str,
    done: str,
    version: int | None = None,
) -> Contradiction:
    """Say that two answers to one question contradict each other, how, and what is done."""
    case = locked(case, version=version)
    may_weigh(by, case)
    one, other = _two(case, list(answers))
    before = _said_of(case, one, other)
    if before:
        raise Refused(
            "It is said already that these two do not fit", clause=CLAUSE,
            until="Follow what was said of them.",
        )  # fmt: skip
    return _write(case, one, other, State.OPEN, words, done, by=by)


@act
def follow(
    before: Contradiction, *, by: User, state: str, done: str, version: int | None = None
) -> Contradiction:
    """Say what became of a contradiction: it is settled, or still open. What was said stays."""
    case = locked(before.case, version=version)
    may_weigh(by, case)
    if Contradiction.objects.filter(follows=before).exists():
        raise Refused(
            "Somebody has followed this already", clause=CLAUSE,
            until="Read what they wrote, then follow that.",
        )  # fmt: skip
    if state not in State.values:
        raise Refused("It is not said whether this is settled", clause=CLAUSE)
    return _write(case, before.one, before.other, state, before.words, done, by=by, follows=before)


def _two(case: Case, answers: list[ItemAnswered]) -> tuple[ItemAnswered, ItemAnswered]:
    if len({one.pk for one in answers}) != 2:
        raise Refused(
            "Two answers contradict each other, not one or three", clause=CLAUSE,
            until="Choose two. Say it of each pair apart.",
        )  # fmt: skip
    one, other = sorted(answers, key=lambda answer: answer.pk)
    if {one.case_id, other.case_id} != {case.pk} or one.item.words != other.item.words:
        raise Refused("These are not answers to one question", clause=CLAUSE)
    return one, other


def _write(
    case: Case, one: ItemAnswered, other: ItemAnswered, state: str, words: str, done: str,
    *, by: User, follows: Contradiction | None = None,
) -> Contradiction:  # fmt: skip
    made = Contradiction.objects.create(
        case=case, follows=follows, one=one, other=other, state=state, by=by, at=now(),
        words=needs(words, why="Nothing says what does not fit", clause=CLAUSE),
        done=needs(done, why="Nothing says what is done about it", clause=CLAUSE),
    )  # fmt: skip
    record("contradiction_said", by=by, at=made.at, case_id=case.pk, row=made, state=state)
    return made


def _said_of(case: Case, one: ItemAnswered, other: ItemAnswered) -> bool:
    return case.contradictions.filter(one=one, other=other).exists()


@dataclass(frozen=True)
class Contradicted:
    """A contradiction as it stands, and between which organisations."""

    question: str
    between: str
    stands: Contradiction


def standing(case: Case) -> list[Contradicted]:
    """Each contradiction of a case as it was last followed, the oldest first."""
    last = case.contradictions.filter(followed_by=None).select_related(
        "by", "one__item", "one__reply__request__organisation",
        "other__reply__request__organisation",
    )  # fmt: skip
    return [_told(one) for one in last.order_by("at", "pk")]


def _told(stands: Contradiction) -> Contradicted:
    two = (one.reply.request.organisation.name for one in (stands.one, stands.other))
    return Contradicted(stands.one.item.words, " and ".join(sorted(two)), stands)


def found(key: int, case: Case) -> Contradiction | None:
    rows = case.contradictions.select_related("case__area", "one__item", "other__item")
    return rows.filter(pk=key).first()
