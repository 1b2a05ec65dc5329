"""What people are told of checking: that a file still waits after a day, or was refused."""

from datetime import timedelta

from waymark.cases.models import Case, Task
from waymark.cases.tasks import finish, finish_those, give
from waymark.database.actor import Duty
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.files.models import File
from waymark.files.quarantine import LONGEST
from waymark.files.reasons import SENTENCES, Why

KIND, REFUSED = "file_unchecked", "file_refused"
CLAUSE = "2.11.1"


def late() -> list[File]:
    """Those that have waited longer than a day, and nobody was told of."""
    told = Task.objects.filter(kind=KIND).values("object_id")
    waiting = File.objects.waiting().filter(at__lte=now() - LONGEST, referral_id=None)
    return list(waiting.exclude(pk__in=told))


@act
def tell(file: File, *, by: Duty) -> None:
    """The police lead of the case's area learns that a file still waits."""
    give(
        KIND, by=by, case=_case_of(file),
        role=Role.POLICE_LEAD, due=today() + timedelta(days=1), object_id=file.pk, clause=CLAUSE,
        why=f"File {file.shown_name} could not be checked for a day: tell your IT team",
    )  # fmt: skip


@act
def was_checked(file: File, *, by: Duty) -> None:
    """What waited for the check is done. Whoever added a refused file is told why."""
    waiting = Task.objects.waiting().filter(kind=KIND, object_id=file.pk)
    finish_those(list(waiting), by=by, outcome=file.state)
    if file.state == File.State.REFUSED and file.by:
        give(
            REFUSED, by=by, case=_case_of(file),
            role=Role(min(file.by.roles_in(), default=Role.POLICE_OFFICER)), user=file.by,
            due=today() + timedelta(days=1), object_id=file.pk, clause=CLAUSE,
            why=f"File {file.shown_name}, which you added, {SENTENCES[Why(file.why)]}",
        )  # fmt: skip


def _case_of(file: File) -> Case:
    return Case.objects.select_related("area").get(pk=file.case_id or 0)


def refusal_told(key: int, *, to: User) -> Task | None:
    """What waits for whoever added the file, or None: it needs no sight of the case any more."""
    return Task.objects.waiting().filter(kind=REFUSED, object_id=key, user=to).first()


@act
def read_refusal(task: Task, *, by: User) -> None:
    """Whoever added the file has read why it was refused."""
    if task.user_id != by.pk or task.done_at:
        raise Refused("This waits for somebody else, or is done", clause=CLAUSE)
    finish(task, by=by, outcome="read")
