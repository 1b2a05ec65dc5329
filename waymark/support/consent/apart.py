"""A parent or guardian who is implicated or excluded is never the only one who answers."""

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support import pieces
from waymark.support.consent import consents, withdrawals
from waymark.support.consent.answers import CLAUSE
from waymark.support.models import Answerer, AnswererApart


def may_set_apart(user: User, answerer: Answerer) -> None:
    may_write_while_open(user, answerer.case)
    if answerer.kind != "parent" or answerer.until_at is not None:
        raise Refused("Only a parent or guardian who answers is set apart", clause=CLAUSE)
    if AnswererApart.objects.filter(answerer=answerer).exists():
        raise Refused(f"{answerer.name} is set apart already", clause=CLAUSE)


@act
def set_apart(
    answerer: Answerer, *, by: User, why: str, version: int | None = None
) -> AnswererApart:  # fmt: skip
    """Their yes opens nothing from now on; where support stood on it alone, it stops at once."""
    case: Case = locked(answerer.case, version=version)
    pieces.lock_all(case)
    answerer.case = case
    may_set_apart(by, answerer)
    was_given = consents.is_in_force(case)
    made = AnswererApart.objects.create(
        case=case, answerer=answerer, by=by, at=now(),
        why=needs(
            why, why="Nothing says why they cannot answer alone", clause=CLAUSE,
            until="Say what implicates them, or what excludes them.",
        ),
    )  # fmt: skip
    record("answerer_set_apart", by=by, at=made.at, case_id=case.pk, row=made)
    if was_given and not consents.is_in_force(case):
        withdrawals.end_support(case, by=by)
    return made
