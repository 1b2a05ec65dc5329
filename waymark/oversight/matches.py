"""Somebody is referred whose case is not there for whoever screens them: those who work on that
case are told, and the screener sees what they would see of nobody (S30)."""

from django.db import connection

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now
from waymark.directory.models import Area, Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.oversight.models import HiddenMatch

TELL_OF_MATCHES = Duty("tell_of_matches")
CLAUSE = "2.5.6"
TASK = "read_match"
OUTCOMES = {
    "same": "It is the same person: I see to what follows",
    "different": "They are different people",
    "cannot_tell": "It cannot be told",
}
WHY = "A referral came in that may be about the same person. Whoever screens it does not see this."


@act
def tell(*, by: Actor) -> int:
    """Give a task for each match that nobody was told of; of how many. Run twice, it comes to
    the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, user_id, role, area_id FROM matches_to_tell()")
        rows = cursor.fetchall()
    return sum(_tell(*row, by=by) for row in rows)


def _tell(key: int, user_id: int, role: str, area_id: int, *, by: Actor) -> bool:
    match = HiddenMatch.objects.select_for_update().get(pk=key)
    user = User.objects.get(pk=user_id)
    give(
        TASK, by=by, case_id=match.hidden_case_id, area=Area.objects.get(pk=area_id), user=user,
        role=Role(role), subject_id=match.subject_id, object_id=match.pk, limit=TASK,
        clause=CLAUSE, why=WHY,
    )  # fmt: skip
    match.told_at = now()
    match.save(update_fields=["told_at"])
    notify(user, TASK, by=by, path="/")
    return True


def task_of(key: int, *, by: User) -> Task | None:
    """What waits for `by` because of that match."""
    found = Task.objects.waiting().filter(kind=TASK, object_id=key, user=by)
    return found.select_related("case").first()


def may_read(user: User, task: Task) -> None:
    """Whoever was told."""
    if task.kind != TASK or task.user_id != user.pk or task.done_at:
        raise Refused("This does not wait for you", clause=CLAUSE)


@act
def read(task: Task, *, by: User, outcome: str) -> None:
    """Say what came of reading it, as one of `OUTCOMES`."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    may_read(by, task)
    if outcome not in OUTCOMES:
        raise Refused("It is not said whether they are the same person", clause=CLAUSE)
    finish_those([task], by=by, outcome=outcome)
    record("match_read", by=by, at=now(), case_id=task.case_id, subject=task.subject_id,
           outcome=outcome)  # fmt: skip
