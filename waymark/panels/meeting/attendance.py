"""Who is invited to a meeting, who came, and what papers they see (2.5.9, 2.10.6)."""

from collections.abc import Iterator
from datetime import datetime, time

from waymark.audit.events import record, record_each
from waymark.cases.models import Grant
from waymark.cases.ways import CHAIRS, POLICE
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Organisation, Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.panels.meeting import invitations
from waymark.panels.meeting.invited import may_be_invited
from waymark.panels.models import AgendaItem, Attendance, Meeting, Report
from waymark.policy.days import LONDON, working_days_before
from waymark.policy.pack import in_force

CLAUSE = "2.5.9"
INVITES = {*CHAIRS, Role.COORDINATOR}
ALWAYS = (
    Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER,
)  # fmt: skip
PAPERS = (Part.CASE, Part.NAME, Part.ASSESSMENT, Part.PLAN, Part.PANEL)
SEE_ANYWAY = {*CHAIRS, *POLICE}  # by their post, while the case is open to the area
Kind = Attendance.Kind
SENT_A_REPORT = "Sent a report"


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
    organisation: Organisation | None = None, item: AgendaItem | None = None, kind: str = "",
) -> Attendance:  # fmt: skip
    """Invite somebody to a meeting, or to one case of it; a body, where nobody has an account.

    `kind`: as what, of `Attendance.Kind`; read out of `capacity` where it is left out.
    """
    may_invite(by, meeting)
    body = user.organisation if user else organisation
    if body is None or not capacity.strip():
        raise Refused("It is not said who is invited, and as what", clause=CLAUSE)
    if user and meeting.attendances.filter(user=user, item__in=[None, item]).exists():
        raise Refused(f"{user.name} is invited already", clause=CLAUSE)
    kind = kind or (Kind.MEMBER if member else _kind_in(capacity))
    may_be_invited(meeting, kind, capacity, user=user, body=body, item=item)
    made = _invite(
        meeting, body, user, capacity.strip(), by=by, member=kind == Kind.MEMBER, item=item,
        kind=kind,
    )  # fmt: skip
    show_papers(meeting, _items(meeting), [made], by=by)
    return made


def _kind_in(capacity: str) -> Kind:
    return Kind.REFERRER if "referrer" in capacity.lower() else Kind.OTHER


def stand_in(invited: Attendance, deputy: User, *, by: User) -> Attendance:
    """Invite a deputy in somebody's place, with their seat and their papers."""
    meeting = invited.meeting
    if meeting.attendances.filter(user=deputy, item__in=[None, invited.item]).exists():
        raise Refused(f"{deputy.name} is invited already", clause=CLAUSE)
    made = _invite(
        meeting, deputy.organisation, deputy, f"{invited.capacity}, deputy"[:120], by=by,
        member=invited.member, item=invited.item, kind=invited.kind, deputy_for=invited,
    )  # fmt: skip
    show_papers(meeting, _items(meeting), [made], by=by)
    return made


@act
def attended(
    invited: Attendance, *, by: User, came: bool, reason: str = "", report: str = ""
) -> None:
    """Record that somebody invited came, or did not and why; or what they wrote about the case."""
    may_invite(by, invited.meeting)
    if report.strip() and not came:
        reason = reason.strip() or SENT_A_REPORT
    if not came and not reason.strip():
        raise Refused(
            f"Nothing says why {invited.user or invited.organisation} did not come", clause=CLAUSE
        )
    invited.came, invited.reason = came, "" if came else reason.strip()
    invited.save(update_fields=["came", "reason"])
    record("attendance_recorded", by=by, at=now(), row=invited, came=came)
    if report.strip() and invited.item is not None:
        _keep_report(invited, invited.item, report, by=by)


@act
def report(invited: Attendance, item: AgendaItem, *, by: User, words: str) -> Report:
    """Write down what somebody invited has sent in about one case, instead of coming or beside."""
    may_invite(by, invited.meeting)
    if invited.meeting_id != item.meeting_id or invited.item_id not in (None, item.pk):
        raise Refused("They are not invited for this case", clause=CLAUSE)
    return _keep_report(invited, item, words, by=by)


def _keep_report(invited: Attendance, item: AgendaItem, words: str, *, by: User) -> Report:
    made = Report.objects.create(
        case_id=item.case_id, item=item, attendance=invited, by=by, at=now(),
        words=needs(words, why="The report has no words", clause=CLAUSE),
    )  # fmt: skip
    record("panel_report_kept", by=by, at=made.at, case_id=item.case_id, row=made)
    return made


def invite_members(meeting: Meeting, *, by: User) -> None:
    """Those who always belong to the area's panel are invited with the call."""
    there = set(meeting.attendances.filter(item=None).values_list("user_id", flat=True))
    for role in ALWAYS:
        for user in people_in(role, meeting.area):
            if user.pk not in there:
                there.add(user.pk)
                _invite(
                    meeting, user.organisation, user, role.label, by=by, member=True,
                    kind=Kind.MEMBER,
                )  # fmt: skip


def show_papers(
    meeting: Meeting, items: list[AgendaItem], invited: list[Attendance], *, by: User
) -> None:
    """Whoever is invited sees the papers, plan and minutes, until the minutes are signed.

    An interpreter speaks for somebody else, and reads none.
    """
    begins, why = papers_from(meeting), papers_of(meeting)
    shown = [
        Grant(case_id=item.case_id, part=part, user=user, why=why, given_by=by, from_at=begins)
        for item in items
        for user in _readers(meeting, item, invited, by)
        for part in PAPERS
    ]
    Grant.objects.bulk_create(shown)
    record_each("grant_made", by=by, at=now(), rows=shown)


def _readers(
    meeting: Meeting, item: AgendaItem, invited: list[Attendance], by: User
) -> Iterator[User]:
    """Whom a case's papers are shown to beyond those who see them by their posts."""
    for each in invited:
        user = each.user
        if user is None or user == by or each.item_id not in (None, item.pk):
            continue
        if each.kind != Kind.INTERPRETER and not user.roles_in(meeting.area) & SEE_ANYWAY:
            yield user


def papers_from(meeting: Meeting) -> datetime:
    """From when the papers can be read: some working days before the meeting, and not before now.

    How many, the policy pack says.
    """
    limit = in_force().limit("panel_papers")
    day = working_days_before(meeting.on_date, limit.amount)
    return max(now(), datetime.combine(day, time(), LONDON))


def move_papers(meeting: Meeting, *, by: User) -> None:
    """The meeting is on another day: what cannot be read yet can be read by the new one."""
    begins = papers_from(meeting)
    shown = Grant.objects.filter(why=papers_of(meeting), until_at=None, from_at__gt=now())
    moved = list(shown)
    for grant in moved:
        grant.from_at = begins
    Grant.objects.bulk_update(moved, ["from_at"])
    record_each("grant_moved", by=by, at=now(), rows=moved)


def end_papers(meeting: Meeting, *, by: User) -> None:
    """The minutes are signed: what the meeting showed is shown no more."""
    shown = Grant.objects.filter(why=papers_of(meeting), until_at=None)
    ended = list(shown)
    for grant in ended:
        grant.until_at = max(now(), grant.from_at)
    Grant.objects.bulk_update(ended, ["until_at"])
    record_each("grant_ended", by=by, at=now(), rows=ended)


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.all())


def _invite(
    meeting: Meeting, organisation: Organisation, user: User | None, capacity: str, *, by: User,
    member: bool, kind: str, item: AgendaItem | None = None, deputy_for: Attendance | None = None,
) -> Attendance:  # fmt: skip
    made = Attendance.objects.create(
        meeting=meeting, area=meeting.area, item=item, user=user, organisation=organisation,
        capacity=capacity, member=member, kind=kind, deputy_for=deputy_for, invited_by=by,
        invited_at=now(),
    )  # fmt: skip
    record("invited", by=by, at=made.invited_at, row=made, meeting=meeting.pk)
    invitations.tell(made, by=by)
    return made
