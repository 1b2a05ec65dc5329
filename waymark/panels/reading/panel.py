"""A panel as its own page shows it: who holds which office, what is missing, its days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q

from waymark.cases.models import Task
from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Organisation, Role, User
from waymark.panels.meeting import confidentiality, meetings
from waymark.panels.models import Attendance, Meeting, MeetingMove
from waymark.policy.days import months_after, working_day_from
from waymark.policy.pack import NotInPack, in_force

OFFICES = (
    Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER, Role.COORDINATOR,
)  # fmt: skip
State = Meeting.State


@dataclass(frozen=True)
class Member:
    """Somebody in an office of the panel. `agreed`: when to confidentiality, if they did."""

    user: User
    deputies: list[str]
    agreed: date | None


@dataclass(frozen=True)
class Office:
    """An office and who holds it: a chair held by two is held by co-chairs."""

    name: str
    held_by: list[Member]


def offices_of(area: Area) -> list[Office]:
    """The offices of a panel, each with its holders, their bodies and their deputies (2.10.6)."""
    held = Appointment.objects.in_force(today()).filter(Q(area=area) | Q(area=None))
    posts = list(
        held.filter(role__in=OFFICES, user__is_active=True)
        .select_related("user__organisation", "deputy_for")
        .order_by("user__name", "pk")
    )
    deputies: dict[int, list[str]] = {}
    for post in held.exclude(deputy_for=None).select_related("user"):
        deputies.setdefault(post.deputy_for_id or 0, []).append(post.user.name)
    agreed = confidentiality.agreed_on(area)
    return [_office(role, posts, deputies, agreed) for role in OFFICES]


def _office(
    role: Role, posts: list[Appointment], deputies: dict[int, list[str]], agreed: dict[int, date]
) -> Office:
    users = {post.user_id: post.user for post in posts if post.role == role}
    held_by = [
        Member(user, sorted(set(deputies.get(key, []))), agreed.get(key))
        for key, user in users.items()
    ]
    name = "Co-chairs of the Channel panel" if role == Role.CHAIR and len(held_by) > 1 else ""
    return Office(name or role.label, held_by)


def missing_in(area: Area) -> Iterator[str]:
    """What a panel lacks so that nobody decides alone what two decide, in sentences."""
    held = {role: _number(role, area) for role in OFFICES}
    if not held[Role.CHAIR]:
        yield "Nobody is chair: no meeting can be held."
    if held[Role.CHAIR] < 2 and not held[Role.VICE_CHAIR]:
        yield (
            "There is no vice-chair: what the chair has a part in, nobody else can endorse for"
            " the council."
        )
    if held[Role.POLICE_LEAD] < 2:
        yield (
            "There are fewer than two police leads: nobody endorses alone what they hold"
            " themselves."
        )
    if not held[Role.ADULT_LEAD]:
        yield "Nobody speaks for adults’ social care as Prevent adult lead."
    if not held[Role.FAMILIES_LEAD]:
        yield "Nobody speaks for children’s social care as Prevent families lead."


def _number(role: Role, area: Area) -> int:
    held = Appointment.objects.holders(role, area, today()).filter(user__is_active=True)
    return held.values("user").distinct().count()


def without_agreement(meeting: Meeting) -> list[User]:
    """Those invited with an account who have not agreed to confidentiality."""
    agreed = confidentiality.agreed_on(meeting.area)
    invited = User.objects.filter(pk__in=meeting.attendances.exclude(user=None).values("user"))
    return [user for user in invited.order_by("name", "pk") if user.pk not in agreed]


def has_agreed(area: Area, user: User) -> date | None:
    return confidentiality.agreed_on(area).get(user.pk)


# ---- days


def latest_day(area: Area) -> date | None:
    """Where a panel meets by need: the last day on which the case that waits longest is heard.

    None where it has a rhythm, or nothing waits.
    """
    try:
        days = in_force().panel_of(area.code).latest_days
    except NotInPack:
        return None
    if days is None:
        return None
    waiting = Task.objects.waiting().filter(area=area, kind="panel")
    since = waiting.aggregate(Min("made_at"))["made_at__min"]
    return working_day_from(since.date() + timedelta(days=days)) if since else None


def is_overdue(area: Area) -> bool:
    """Whether cases wait beyond the latest day, or the next meeting is called for after it."""
    latest, called = latest_day(area), meetings.next_planned(area)
    return latest is not None and (latest < today() or (called is not None and called > latest))


def coming(area: Area, visible: Q) -> list[Meeting]:
    """The meetings that are planned or open, the next first."""
    there = Meeting.objects.filter(visible, area=area, state__in=(State.PLANNED, State.OPEN))
    return list(there.select_related("area").distinct().order_by("on_date", "id"))


def moves_of(meeting: Meeting) -> list[MeetingMove]:
    return list(meeting.moves.select_related("by"))


# ---- attendance over time


@dataclass(frozen=True)
class Body:
    """How often an organisation was invited in a year, and how often somebody of it came."""

    organisation: Organisation
    invited: int
    came: int
    last_came: date | None


def attendance_by_body(area: Area, *, months: int = 12) -> list[Body]:
    """By organisation, over the meetings held in the months past: of bodies, not of persons."""
    since = months_after(today(), -months)
    held = (State.ENDED, State.SIGNED)
    past = Attendance.objects.filter(
        area=area, meeting__state__in=held, meeting__on_date__gte=since, item=None
    )
    rows = past.values("organisation").annotate(
        all_of_them=Count("meeting", distinct=True),
        came_to=Count("meeting", distinct=True, filter=Q(came=True)),
        last=Max("meeting__on_date", filter=Q(came=True)),
    )
    by_key = {row["organisation"]: row for row in rows}
    bodies = Organisation.objects.filter(pk__in=by_key).order_by("name")
    return [_body(each, by_key[each.pk]) for each in bodies]


def _body(organisation: Organisation, row: Any) -> Body:
    return Body(organisation, row["all_of_them"], row["came_to"], row["last"])
