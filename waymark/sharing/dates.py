"""Another date to answer by: the chair or the co-ordinator sets it, and both sides see why."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.tasks import finish_those
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.lateness import day_in_words
from waymark.sharing.models import MovedDate, Request
from waymark.sharing.replies import locked
from waymark.sharing.requests import wait_for_answer, wait_to_read
from waymark.sharing.waiting import FOR_AN_ANSWER, waiting_on

CLAUSE = "2.9.3"


def may_move_date(user: User, request: Request) -> None:
    """Chair, vice-chair or co-ordinator, while the answer is awaited."""
    if not user.roles_in(request.case.area) & {*CHAIRS, Role.COORDINATOR}:
        raise Refused(
            "Moving the date of a request is not yours to do", clause=CLAUSE,
            until="Ask the chair or the co-ordinator of the panel.",
        )  # fmt: skip
    if not request.case.is_open:
        raise Refused("This case has ended: nothing more is awaited", clause="2.8.9")
    if request.answered_at:
        raise Refused("This request is answered: its date no longer matters", clause=CLAUSE)
    if request.closed_at:
        raise Refused(
            "The checks went on without this answer", clause=CLAUSE,
            until="The police chase it. What comes late is read all the same.",
        )  # fmt: skip


@act
def move_date(
    request: Request, *, by: User, due_date: date, why: str, version: int | None = None
) -> MovedDate:
    """Set another date to answer by. What waited until the old one is closed, and waits anew."""
    request = locked(request, version=version)
    may_move_date(by, request)
    day = needs_day_to_come(due_date, what="the date to answer by", clause=CLAUSE)
    if day == request.due_date:
        raise Refused(
            f"The answer is already due on {day_in_words(day)}", clause=CLAUSE,
            until="Enter another date.",
        )  # fmt: skip
    said = needs(why, why="Nothing says why the date moves", clause=CLAUSE)
    made = MovedDate.objects.create(
        case_id=request.case_id, request=request, was_date=request.due_date, due_date=day,
        why=said, by=by, at=now(),
    )  # fmt: skip
    record("date_moved", by=by, at=made.at, case_id=made.case_id, row=made, due=day)
    request.due_date = day
    request.version += 1
    request.save(update_fields=["due_date", "version"])
    record("request_changed", by=by, at=made.at, case_id=made.case_id, row=request)
    _wait_anew(request, by=by)
    return made


def _wait_anew(request: Request, *, by: User) -> None:
    """A task's date is fixed when it is made: the old ones are closed, new ones follow."""
    to_read = waiting_on(request, "read_answer")
    over = [*waiting_on(request, *FOR_AN_ANSWER, "reply_overdue"), *to_read]
    finish_those(over, by=by, outcome="date_moved")
    wait_for_answer(request, request.case, by=by, note="Its date was moved.")
    if to_read:
        wait_to_read(request, by=by)
