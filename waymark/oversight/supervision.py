"""Writing down a talk about a case: by its supervisor, with a date for the next (2.11.2, R39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.supervisors import CLAUSE, supervisor_of
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.cases.writers import post_of
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.oversight.models import Supervision
from waymark.policy.days import due_date
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force

ISSUES = "2.11.3"


@dataclass(frozen=True)
class Talk:
    """`issues`: codes of the pack's, as many as were taken up."""

    with_user: User
    held_date: date
    words: str
    next_date: date
    issues: Sequence[str] = ()


def may_write_down(user: User, case: Case) -> None:
    """Whoever supervises the case now."""
    supervisor = supervisor_of(case)
    if supervisor is None:
        raise Refused(
            "Nobody supervises this case yet", clause=CLAUSE,
            until="The police lead or the chair names a supervisor first.",
        )  # fmt: skip
    if supervisor.user_id != user.pk:
        raise Refused(
            "Writing down supervision of this case is not yours to do", clause=CLAUSE,
            until=f"Its supervisor does: {supervisor.user.name}.",
        )  # fmt: skip


def latest_next(held_date: date) -> date:
    """The last day on which the next talk can be; of a talk that is long past, soon from now."""
    pack = in_force()
    soon = due_date(today(), pack.limit("first_supervision"))
    return max(due_date(held_date, pack.limit("supervision")), soon)


@act
def write_down(case: Case, *, by: User, talk: Talk, version: int | None = None) -> Supervision:
    """Keep what was talked over; the next is due on the day that was agreed."""
    case = locked(case, version=version)
    may_write_down(by, case)
    _check(talk, by)
    made = Supervision.objects.create(
        case=case, by=by, with_user=talk.with_user, held_date=talk.held_date,
        issues=list(talk.issues), next_date=talk.next_date, at=now(), edition=in_force().code,
        words=needs(talk.words, why="Nothing is written about the case", clause=CLAUSE),
    )  # fmt: skip
    record("supervised", by=by, at=made.at, case_id=case.pk, row=made, held=made.held_date)
    finish_those(waiting_of(case, "supervise"), by=by, outcome="supervised")
    give(
        "supervise", by=by, case=case, role=post_of(by, case), user=by, clause=CLAUSE,
        due=made.next_date, why="Talk the case over with whoever holds it, and write it down.",
    )  # fmt: skip
    return made


def _check(talk: Talk, by: User) -> None:
    if talk.with_user == by:
        raise Refused("Nobody supervises themselves", clause=CLAUSE,
                      until="Choose whom you talked with.")  # fmt: skip
    if talk.held_date > today():
        raise Refused("The day of the talk is still to come", clause=CLAUSE,
                      until="Enter today’s date or an earlier one.")  # fmt: skip
    for code in talk.issues:
        in_force().supervision_issue(code)
    last = latest_next(talk.held_date)
    if not today() < talk.next_date <= last:
        raise Refused(
            "The next talk is too late, or has passed already", clause=CLAUSE,
            until=f"Enter a day after today, {day_in_words(last)} at the latest.",
        )  # fmt: skip
