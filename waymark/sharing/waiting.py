"""What waits for the answer to a request, and for whom."""

from waymark.cases.models import Case, Task
from waymark.directory.models import Area
from waymark.sharing.models import Request

FOR_AN_ANSWER = ("answer_request", "fetch_reply")
UNTIL_ANSWERED = (*FOR_AN_ANSWER, "reply_overdue")


def waiting_on(request: Request, *kinds: str) -> list[Task]:
    """What waits on this request, as far as who asks may see it."""
    found = Task.objects.waiting().filter(kind__in=kinds, object_id=request.pk)
    return list(found.order_by("pk"))


def area_of(request: Request) -> Area | None:
    """The area that it is asked for: from its task, since who is asked does not see the case."""
    given = Task.objects.filter(kind__in=FOR_AN_ANSWER, object_id=request.pk)
    last = given.select_related("area").order_by("made_at", "pk").last()
    return last.area if last else None


def case_of(request: Request) -> Case:
    """As much of the case as a task is given on: who is asked reads no more of it."""
    return Case(pk=request.case_id, area=area_of(request))
