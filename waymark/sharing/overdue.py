"""An answer that is a day late goes to the chair, once: nothing is lost by silence (2.9.3)."""

from django.db.models import Exists, OuterRef, Q

from waymark.audit.events import record_each
from waymark.cases.models import Task
from waymark.database.actor import Duty
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.policy.days import due_date
from waymark.policy.pack import in_force
from waymark.sharing.waiting import FOR_AN_ANSWER

MOST = 1000  # in one run; the next takes the others


def tell_the_chairs(*, by: Duty) -> int:
    """Give the chair of the area a task for each request whose date has passed unanswered.

    For the duty `tell_of_overdue_replies`, which sees only what waits: no request and no case.
    Returns how many. The number of queries is the same however many there are.
    """
    moment = now()
    due = due_date(moment, in_force().limit("overdue_reply"))
    made = [
        Task(
            case_id=late.case_id, kind="reply_overdue", role=Role.CHAIR, area_id=late.area_id,
            object_id=late.object_id, clause="2.9.3", made_at=moment, due_date=due,
            why="An answer is overdue: see what keeps it, move its date, or let the police go on.",
        )
        for late in _late()
    ]  # fmt: skip
    Task.objects.bulk_create(made)
    record_each("task_given", by=by, at=moment, rows=made, task="reply_overdue", due=due)
    return len(made)


def _late() -> list[Task]:
    """What waits past its date, where the chair was not told since, and nothing went on without."""
    waiting = Task.objects.waiting().filter(kind__in=FOR_AN_ANSWER, due_date__lt=today())
    same = Task.objects.filter(case=OuterRef("case"), object_id=OuterRef("object_id"))
    told = Q(kind="reply_overdue", made_at__date__gt=OuterRef("due_date"))
    gone_on = Q(kind="chase_reply")
    untold = waiting.filter(~Exists(same.filter(told | gone_on)))
    return list(untold.order_by("case_id", "pk")[:MOST])
