"""A message that no mail server took for 72 hours is somebody's task: an administrator's (F6)."""

from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Duty
from waymark.database.clock import today
from waymark.directory import notices
from waymark.directory.models import Appointment, Role, User
from waymark.directory.notice import Notice
from waymark.directory.notices import CLAUSE
from waymark.directory.permission import act

TASK = "mail_not_sent"


@act
def tell(notice: Notice, *, by: Duty) -> Task | None:
    """Ask one administrator by name, of the receiver's organisation if there is one, to look at
    what was given up; none where somebody has that task already."""
    if notice.why in notices.NOT_NEEDED or Task.objects.waiting().filter(kind=TASK).exists():
        return None
    return give(
        TASK, by=by, role=Role.ADMINISTRATOR, user=_whom(notice.user), due=today(), clause=CLAUSE,
        why="An e-mail could not be delivered, and is not tried any more: find out why.",
    )  # fmt: skip


def _whom(receiver: User) -> User | None:
    held = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR).values("user")
    found = User.objects.filter(pk__in=held, is_active=True).exclude(pk=receiver.pk)
    others = list(found.order_by("name", "pk"))
    near = [one for one in others if one.organisation_id == receiver.organisation_id]
    return next(iter([*near, *others]), None)


@act
def send_again(*, by: User) -> int:
    """Try everything that was given up once more, and whoever was asked to look has done so."""
    count = notices.send_again(by=by)
    finish_those(list(Task.objects.waiting().filter(kind=TASK)), by=by, outcome="sent_again")
    return count
