"""Who is invited to a meeting, who came, and what papers they see (2.5.9, 2.10.6)."""

from waymark.audit.events import record
from waymark.cases.models import Grant
from waymark.cases.ways import CHAIRS, POLICE
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Organisation, Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.panels.models import AgendaItem, Attendance, Meeting

CLAUSE = "2.5.9"
INVITES = {*CHAIRS, Role.COORDINATOR}
ALWAYS = (
    Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER,
)  # fmt: skip
PAPERS = (Part.CASE, Part.NAME, Part.ASSESSMENT, Part.PLAN, Part.PANEL)
SEE_ANYWAY = {*CHAIRS, *POLICE}  # by their post, while the case is open to the area


def papers_of(meeting: Meeting) -> str:
    """What a grant that a meeting gives says of why it was given."""
    return f"Papers of panel meeting {meeting.reference}"


def may_invite(user: User, meeting: Meeting) -> None:
    if not user.roles_in(meeting.area) & INVITES:
        raise Refused(
            "Inviting people is not yours to do", clause=CLAUSE,
            until=f"It is done by the chair, the vice-chair or the co-ordinator of {meeting.area}.",
        )  # fmt: skip
    if meeting.state not in (Meeting.State.PLANNED, Meeting.State.OPEN):
        raise Refused("This meeting has ended", clause=CLAUSE)


@act
def invite(
    meeting: Meeting, *, by: User, capacity: str, member: bool = False, user: User | None = None,
    organisation: Organisation | None = None, item: AgendaItem | None = None,
) -> Attendance:  # fmt: skip
    """Invite somebody to a meeting, or to one case of it; a body, where nobody has an account."""
    may_invite(by, meeting)
    body = user.organisation if user else organisation
    if body is None or not capacity.strip():
        raise Refused("It is not said who is invited, and as what", clause=CLAUSE)
    if user and meeting.attendances.filter(user=user, item__in=[None, item]).exists():
        raise Refused(f"{user.name} is invited already", clause=CLAUSE)
    made = _invite(meeting, body, user, capacity.strip(), by=by, member=member, item=item)
    show_papers(meeting, _items(meeting), [made], by=by)
    return made


@act
def attended(invited: Attendance, *, by: User, came: bool, reason: str = "") -> None:
    """Record that somebody invited came, or did not and why."""
    may_invite(by, invited.meeting)
    if not came and not reason.strip():
        raise Refused(
            f"Nothing says why {invited.user or invited.organisation} did not come", clause=CLAUSE
        )
    invited.came, invited.reason = came, "" if came else reason.strip()
    invited.save(update_fields=["came", "reason"])
    record("attendance_recorded", by=by, at=now(), row=invited, came=came)


def invite_members(meeting: Meeting, *, by: User) -> None:
    """Those who always belong to the area's panel are invited with the call."""
    for role in ALWAYS:
        for user in people_in(role, meeting.area):
            if not meeting.attendances.filter(user=user, item=None).exists():
                _invite(meeting, user.organisation, user, role.label, by=by, member=True)


def show_papers(
    meeting: Meeting, items: list[AgendaItem], invited: list[Attendance], *, by: User
) -> None:
    """Whoever is invited sees the papers, plan and minutes, until the minutes are signed."""
    for item in sorted(items, key=lambda each: each.case_id):
        for each in invited:
            user = each.user
            if user is None or user == by or each.item_id not in (None, item.pk):
                continue
            if not user.roles_in(meeting.area) & SEE_ANYWAY:
                _show(item, user, papers_of(meeting), by=by)


def end_papers(meeting: Meeting, *, by: User) -> None:
    """The minutes are signed: what the meeting showed is shown no more."""
    shown = Grant.objects.filter(why=papers_of(meeting), until_at=None)
    for grant in shown.order_by("case_id", "id"):
        grant.until_at = now()
        grant.save(update_fields=["until_at"])
        record("grant_ended", by=by, at=grant.until_at, case_id=grant.case_id, row=grant)


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.all())


def _show(item: AgendaItem, user: User, why: str, *, by: User) -> None:
    for part in PAPERS:
        grant = Grant.objects.create(
            case_id=item.case_id, part=part, user=user, why=why, given_by=by, from_at=now()
        )
        record("grant_made", by=by, at=grant.from_at, case_id=item.case_id, row=grant)


def _invite(
    meeting: Meeting, organisation: Organisation, user: User | None, capacity: str, *, by: User,
    member: bool, item: AgendaItem | None = None,
) -> Attendance:  # fmt: skip
    made = Attendance.objects.create(
        meeting=meeting, area=meeting.area, item=item, user=user, organisation=organisation,
        capacity=capacity, member=member, invited_by=by, invited_at=now(),
    )  # fmt: skip
    record("invited", by=by, at=made.invited_at, row=made, meeting=meeting.pk)
    return made
