"""Files that nothing has checked within a day: a person is told, and the file goes on waiting."""

from datetime import timedelta

from waymark.cases.models import Case, Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Duty
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.directory.permission import act
from waymark.files.models import File
from waymark.files.quarantine import LONGEST

KIND = "file_unchecked"
CLAUSE = "2.11.1"


def late() -> list[File]:
    """Those that have waited longer than a day, and nobody was told of."""
    told = Task.objects.filter(kind=KIND).values("object_id")
    return list(File.objects.waiting().filter(at__lte=now() - LONGEST).exclude(pk__in=told))


@act
def tell(file: File, *, by: Duty) -> None:
    """The police lead of the case's area learns that a file still waits."""
    give(
        KIND, by=by, case=Case.objects.select_related("area").get(pk=file.case_id),
        role=Role.POLICE_LEAD, due=today() + timedelta(days=1), object_id=file.pk, clause=CLAUSE,
        why=f"File {file.shown_name} could not be checked for a day: tell your IT team",
    )  # fmt: skip


@act
def was_checked(file: File, *, by: Duty) -> None:
    """What waited for the check is done."""
    waiting = Task.objects.waiting().filter(kind=KIND, object_id=file.pk)
    finish_those(list(waiting), by=by, outcome=file.state)
