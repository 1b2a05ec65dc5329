"""Who must be there for a panel to decide on a case (2.1.3): seats of the policy pack."""

from waymark.cases.models import Case
from waymark.cases.models.case import LedBy
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.panels.models import AgendaItem, Attendance
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.policy.work import Seat

CLAUSE = "2.1.3"
SOCIAL_CARE = frozenset(LedBy.values)


def present(item: AgendaItem) -> list[Attendance]:
    """Those who came to the meeting, or to this case of it; who has an interest in it leaves."""
    came = item.meeting.attendances.filter(came=True).select_related("user", "organisation")
    left = set(item.declarations.values_list("attendance_id", flat=True))
    return [each for each in came if each.item_id in (None, item.pk) and each.pk not in left]


def members_present(item: AgendaItem) -> list[Attendance]:
    """Those of them who decide."""
    return [each for each in present(item) if each.member]


def empty_seats(item: AgendaItem) -> list[Seat]:
    """The seats of the quorum that nobody present fills, for this case."""
    held = [_roles(each, item.case) for each in members_present(item)]
    return [
        seat
        for seat in in_force().quorum
        if not any(roles & _wanted(seat, item.case) for roles in held)
    ]


def may_decide_with(item: AgendaItem) -> None:
    """Chair and police always, and social care for the person's age: else nothing is decided."""
    if missing := empty_seats(item):
        names = "; ".join(seat.name for seat in missing)
        raise Refused(
            f"The panel cannot decide, because nobody is there for: {names}",
            clause=CLAUSE,
            until="Record who came, or adjourn to a date when they can come.",
        )


def _roles(each: Attendance, case: Case) -> frozenset[str]:
    """The posts that somebody present holds, or the kind of body that they speak for."""
    held = each.user.roles_in(case.area) if each.user else frozenset()
    return held | {each.organisation.kind}


def _wanted(seat: Seat, case: Case) -> frozenset[str]:
    """The posts that fill a seat. Of adults' and children's social care, the one for the age."""
    roles = frozenset(seat.roles)
    if not roles & SOCIAL_CARE:
        return roles
    if is_adult(case.person):
        return frozenset({Role.ADULT_LEAD, "adult_social_care"})
    return frozenset({Role.FAMILIES_LEAD, "children_social_care"})
