"""Conflict with other police work, checked again before a panel where the policy pack asks it."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, ConflictAnswer, ConflictCheck, RiskAssessment
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs_day_to_come
from waymark.cases.writers import is_police
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.7.10"
TASK = "check_conflict"
Conflict = RiskAssessment.Conflict


def may_check_conflict(user: User, case: Case) -> None:
    """The police, while the case is open."""
    if not is_police(user, case):
        raise Refused(
            "Checking for conflict is for the police", clause=CLAUSE,
            until="It is done by the police Prevent officer or the police lead.",
        )  # fmt: skip
    if not case.is_open:
        raise Refused("This case has ended", clause=CLAUSE)


@act
def check_conflict(
    case: Case,
    *,
    by: User,
    conflict: str,
    check_again_date: date | None = None,
    version: int | None = None,
) -> ConflictAnswer:
    """Record that conflict was checked; what was found is read by the police only.

    It holds no case by itself: where there is conflict, the page leads on to the hold.
    """
    case = locked(case, version=version)
    may_check_conflict(by, case)
    if conflict not in Conflict.values:
        raise Refused("It is not said whether there is conflict", clause=CLAUSE)
    day = None
    if conflict == Conflict.TO_BE_CHECKED:
        day = needs_day_to_come(
            check_again_date, what="the date to check conflict again", clause=CLAUSE
        )
    made = _keep(case, by=by, conflict=conflict, day=day)
    finish_those(waiting_of(case, TASK), by=by, outcome="checked")
    if day:
        ask_for_check(case, by=by, due=day)
    return made


def ask_for_check(case: Case, *, by: User, due: date) -> None:
    """One task for the police, unless one waits already."""
    if not waiting_of(case, TASK):
        give(
            TASK, by=by, case=case, role=Role.POLICE_OFFICER, due=due, clause=CLAUSE,
            why="Check again for conflict with other police work.",
        )  # fmt: skip


def _keep(case: Case, *, by: User, conflict: str, day: date | None) -> ConflictAnswer:
    check = ConflictCheck.objects.create(case=case, by=by, at=now())
    record("conflict_checked", by=by, at=check.at, case_id=case.pk, row=check)
    answer = ConflictAnswer.objects.create(
        case=case, check_made=check, conflict=conflict, check_again_date=day
    )
    record("conflict_answered", by=by, at=check.at, case_id=case.pk, row=answer)
    return answer
