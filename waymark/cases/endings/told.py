"""Telling the person: what they were told and what they replied, or why not yet (R34)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Told
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

CLAUSE = "2.1.8"


def last_told(case: Case) -> Told | None:
    return case.told.select_related("by").last()


@act
def tell(
    case: Case, *, by: User, words: str, by_whom: str, promised: str = "",
    promised_date: date | None = None, version: int | None = None,
) -> Told:  # fmt: skip
    """Record what the person was told, by whom, and their reply.

    `promised`: something promised to them, such as a call, by `promised_date`: it is a task.
    """
    case = locked(case, version=version)
    may_write(by, case)
    said = needs(words, why="Nothing says what the person was told", clause=CLAUSE)
    who = needs(by_whom, why="Nobody is named who told the person", clause=CLAUSE)
    made = _keep(case, by=by, told=True, words=said, by_whom=who, look_again=None)
    if promised.strip():
        day = needs_day_to_come(promised_date, what="the date of what was promised", clause=CLAUSE)
        give(
            "keep_promise", by=by, case=case, user=by, role=post_of(by, case), due=day,
            object_id=made.pk, clause=CLAUSE, why="Do what the person was promised.",
        )  # fmt: skip
    return made


@act
def not_told(
    case: Case, *, by: User, why: str, look_again_date: date | None = None,
    version: int | None = None,
) -> Told:  # fmt: skip
    """Record why the person is not told yet, and when that is looked at again."""
    case = locked(case, version=version)
    may_write(by, case)
    said = needs(
        why, why="Nothing says why the person is not told", clause=CLAUSE,
        until="Say why telling them now would do harm or is not possible.",
    )  # fmt: skip
    day = look_again_date or due_date(now(), in_force().limit("not_told_review"))
    needs_day_to_come(day, what="the date to look at this again", clause=CLAUSE)
    return _keep(case, by=by, told=False, words=said, by_whom="", look_again=day)


def _keep(
    case: Case, *, by: User, told: bool, words: str, by_whom: str, look_again: date | None
) -> Told:
    made = Told.objects.create(
        case=case, told=told, words=words, by_whom=by_whom, look_again_date=look_again, by=by,
        at=now(),
    )  # fmt: skip
    record("told" if told else "not_told", by=by, at=made.at, case_id=case.pk, row=made)
    finish_those(waiting_of(case, "look_at_telling"), by=by, outcome="looked_at")
    if look_again:
        give(
            "look_at_telling", by=by, case=case, role=post_of(by, case), due=look_again,
            object_id=made.pk, clause=CLAUSE, why="Look again at why the person is not told.",
        )  # fmt: skip
    return made
