"""The register of a meeting: of everybody invited at once, who came and why others did not."""

from collections.abc import Sequence
from dataclasses import dataclass

from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.panels.meeting import attendance
from waymark.panels.models import Attendance, Meeting


@dataclass(frozen=True)
class Came:
    """What is said of one who was invited. `reason`: of an absence.

    `report`: what they wrote about the one case for which they were invited.
    """

    attendance_id: int
    came: bool
    reason: str = ""
    report: str = ""


@act
def take(meeting: Meeting, *, by: User, said: Sequence[Came]) -> None:
    """Record all that is said of attendance, or nothing (2.5.9)."""
    attendance.may_invite(by, meeting)
    invited = {each.pk: each for each in in_order(meeting)}
    for one in said:
        each = invited.get(one.attendance_id)
        if each is None:
            continue
        if one.report.strip() or (each.came, each.reason) != (one.came, one.reason.strip()):
            each.meeting = meeting
            attendance.attended(each, by=by, came=one.came, reason=one.reason, report=one.report)


def in_order(meeting: Meeting) -> list[Attendance]:
    """Everybody invited, members first."""
    found = meeting.attendances.select_related(
        "user", "organisation", "item__case", "deputy_for__user"
    )
    return list(found.order_by("-member", "invited_at", "id"))
