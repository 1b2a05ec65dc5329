"""Deputies at a meeting: whom somebody invited would send, and who lets them come."""

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.panels.meeting import attendance
from waymark.panels.meeting.calendar_entries import address
from waymark.panels.meeting.invitations import CLAUSE, TASK
from waymark.panels.models import Attendance, InvitationAnswer


def found(key: int, *, by: User) -> InvitationAnswer | None:
    """An answer that asks for a deputy, as far as `by` may see it."""
    asked = InvitationAnswer.objects.filter(pk=key, kind=InvitationAnswer.Kind.DEPUTY)
    return asked.select_related(
        "attendance__user", "attendance__organisation", "attendance__meeting__area",
        "attendance__item", "meeting__area", "deputy__organisation",
    ).first()  # fmt: skip


def may_name_deputy(user: User, asked: InvitationAnswer) -> None:
    """Whoever invites, once, while it is the last word of whom it is from."""
    attendance.may_invite(user, asked.meeting)
    if asked.attendance.answers.last() != asked:
        raise Refused(
            "Whoever asked for a deputy has answered again since", clause=CLAUSE,
            until="Go by the later answer.",
        )  # fmt: skip
    if asked.attendance.deputies.exists():
        raise Refused("A deputy is invited already", clause=CLAUSE)


@act
def name_deputy(asked: InvitationAnswer, *, by: User, yes: bool) -> Attendance | None:
    """Invite the deputy in the other's place and seat, or say that they do not come."""
    attendance.may_invite(by, asked.meeting)
    made = None
    if yes:
        may_name_deputy(by, asked)
        assert asked.deputy is not None
        made = attendance.stand_in(asked.attendance, asked.deputy, by=by)
    waiting = Task.objects.waiting().filter(kind=TASK, object_id=asked.pk)
    finish_those(list(waiting), by=by, outcome="invited" if yes else "not_invited")
    record("deputy_decided", by=by, at=now(), row=asked, invited=yes)
    if asked.by != by:
        notify(asked.by, "deputy", by=by, path=address(asked.meeting))
    return made
