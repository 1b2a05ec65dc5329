"""Who must be there for a panel to decide on a case (2.1.3): seats of the policy pack."""

from waymark.cases.models import Case, Exclusion
from waymark.cases.models.case import LedBy
from waymark.database.clock import now
from waymark.directory.models import Area, Organisation, Role
from waymark.directory.permission import Refused
from waymark.panels.models import AgendaItem, Attendance
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.policy.work import Seat

CLAUSE = "2.1.3"
SOCIAL_CARE = frozenset(LedBy.values)
OF_A_BODY = {"chair": "council", "police": "police"}


def present(item: AgendaItem) -> list[Attendance]:
    """Those who came to the meeting, or to this case of it; who has an interest in it leaves."""
    came = item.meeting.attendances.filter(came=True)
    came = came.select_related("user", "organisation", "deputy_for__user")
    came = came.prefetch_related("organisation__services")
    left = set(item.declarations.values_list("attendance_id", flat=True))
    there = [each for each in came if each.item_id in (None, item.pk) and each.pk not in left]
    return [each for each in there if sits_on(each.user_id, item.case)]


def sits_on(user_id: int | None, case: Case) -> bool:
    """Whether somebody there takes part in this case: not who must not see it, and of one that is
    restricted, only who is named on it."""
    if Exclusion.objects.in_force(now()).filter(case=case, user=user_id).exists():
        return False
    return not case.restricted or case.named_people.now().filter(user=user_id).exists()


def members_present(item: AgendaItem) -> list[Attendance]:
    """Those of them who decide."""
    return [each for each in present(item) if each.member]


def empty_seats(item: AgendaItem) -> list[Seat]:
    """The seats of the quorum that nobody present fills, for this case."""
    members = members_present(item)
    return [
        seat
        for seat in in_force().quorum
        if not any(_fills(each, seat, item.case) for each in members)
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


def _fills(each: Attendance, seat: Seat, case: Case) -> bool:
    """Whether somebody present fills a seat; what the Act asks of a seat holds in any pack.

    The council has the chair, and the police are the force of where the person lives (s.37).
    """
    if not _roles(each, case) & _wanted(seat, case):
        return False
    if seat.code in OF_A_BODY and each.organisation.kind != OF_A_BODY[seat.code]:
        return False
    return seat.code != "police" or _serves(each.organisation, case.area)


def _serves(body: Organisation, area: Area) -> bool:
    """Whether a body works in an area: one that names none works in all."""
    served = {service.area_id for service in body.services.all()}
    return not served or area.pk in served


def _roles(each: Attendance, case: Case) -> frozenset[str]:
    """The posts that somebody present holds, or stands in for; or the kind of their body."""
    people = [each.user, each.deputy_for.user if each.deputy_for else None]
    held = frozenset().union(*(user.roles_in(case.area) for user in people if user))
    return held | {each.organisation.kind}


def is_an_adults(case: Case) -> bool:
    """Whose lead leads it tells those too who see no birth date, such as the co-ordinator."""
    return case.led_by == LedBy.ADULT_LEAD if case.led_by else is_adult(case.person)


def _wanted(seat: Seat, case: Case) -> frozenset[str]:
    """The posts that fill a seat. Of adults' and children's social care, the one for the age."""
    roles = frozenset(seat.roles)
    if not roles & SOCIAL_CARE:
        return roles
    if is_an_adults(case):
        return frozenset({Role.ADULT_LEAD, "adult_social_care"})
    return frozenset({Role.FAMILIES_LEAD, "children_social_care"})
