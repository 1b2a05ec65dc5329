"""Meetings as pages show them: an area's panel, an agenda with its quorum, the minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from waymark.cases.models import Case, Stage
from waymark.database.clock import today
from waymark.directory.models import Area, Role, User
from waymark.panels.meeting import meetings
from waymark.panels.models import AgendaItem, Decision, Declaration, Meeting, Minute
from waymark.panels.quorum import empty_seats, is_an_adults
from waymark.panels.reading import panel as composition
from waymark.panels.reading.why_there import in_order, reasons
from waymark.people.models import Name
from waymark.policy.pack import NotInPack, in_force
from waymark.policy.work import Panel, Seat
from waymark.support.models import Piece

SEES_ALL = frozenset(
    {Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.POLICE_OFFICER, Role.POLICE_LEAD}
)
LATEST = 12
SOON = timedelta(days=62)
State = Meeting.State
MEMBERS = (
    Role.CHAIR, Role.VICE_CHAIR, Role.POLICE_LEAD, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER, Role.COORDINATOR,
)  # fmt: skip


@dataclass(frozen=True)
class PanelOf:
    """An area's panel: its rhythm by the policy pack, what it hears, and its meetings.

    `sees_all`: the reader's post shows every case of the area, so that the count is whole.
    """

    area: Area
    panel: Panel | None
    next_date: date | None
    to_hear: int
    sees_all: bool
    coming: list[Meeting]
    meetings: list[Meeting]
    latest: date | None = None  # where it meets by need: of the case that waits longest
    overdue: bool = False


@dataclass
class Row:
    """One case on a meeting. `missing`: the seats of the quorum that nobody present fills."""

    item: AgendaItem
    name: str
    missing: list[Seat]
    decision: Decision | None
    minute: Minute | None
    why: list[str]


def visible_to(user: User) -> Q:
    """The meetings of the areas that one's post shows, and those one is invited to.

    Whoever was invited for one case sees nothing of it once the minutes are signed.
    """
    invited = Q(attendances__user=user, attendances__item=None)
    for_a_case = Q(attendances__user=user) & ~Q(state=State.SIGNED)
    return Q(area__in=user.areas_of(SEES_ALL)) | invited | for_a_case


def found(key: int, *, by: User) -> Meeting | None:
    """The meeting, or None where `by` may not know that there is one."""
    mine = Meeting.objects.filter(visible_to(by), pk=key)
    return mine.select_related(
        "area", "follows", "opened_by", "ended_by", "signed_by", "called_off_by"
    ).first()


def panels_of(user: User) -> list[PanelOf]:
    """The panels of the areas that the user's posts show, each with its latest meetings."""
    areas = list(Area.objects.filter(pk__in=user.areas_of(frozenset(Role))).order_by("name"))
    return [_panel(area, user) for area in areas]


def _panel(area: Area, user: User) -> PanelOf:
    seen = visible_to(user)
    held = Meeting.objects.filter(seen, area=area).exclude(state__in=(State.PLANNED, State.OPEN))
    past = list(held.select_related("area").distinct()[:LATEST])
    try:
        panel: Panel | None = in_force().panel_of(area.code)
        day: date | None = meetings.next_date(area)
    except NotInPack:
        panel, day = None, None
    sees_all = bool(user.roles_in(area) & SEES_ALL)
    to_hear = meetings.to_be_heard(area).count()
    return PanelOf(
        area, panel, day, to_hear, sees_all, composition.coming(area, seen), past,
        composition.latest_day(area), composition.is_overdue(area),
    )  # fmt: skip


def under_way(area: Area, user: User) -> list[Piece]:
    """Every intervention under way in the area: each piece that is offered, runs or is held."""
    waiting = (Piece.State.OFFERED, Piece.State.RUNNING, Piece.State.HELD)
    pieces = Piece.objects.filter(area=area, state__in=waiting)
    seen = pieces.filter(case__in=Case.objects.visible_to(user))
    return list(seen.select_related("case", "provider", "lead").order_by("case_id", "from_date"))


def agenda(meeting: Meeting, user: User | None = None) -> list[Row]:
    """Every case on a meeting that the reader may see, in order; for `user` why it is there."""
    items = list(
        meeting.items.select_related("case__person", "case__area", "meeting", "carried_to")
        .prefetch_related("case__person__birth_dates", "case__person__age_disputes__assessment")
        .order_by("added_at", "id")
    )
    why = reasons(meeting, [item.case for item in items], user) if user else {}
    items = in_order(items, why)
    names = _names(item.case.person_id for item in items)
    decided = {one.item_id: one for one in Decision.objects.filter(meeting=meeting)}
    drafted = {one.item_id: one for one in Minute.objects.filter(meeting=meeting)}
    missing = _missing_seats(meeting, items)
    return [
        Row(
            item, names.get(item.case.person_id, "Name not shown to you"), missing[item.pk],
            decided.get(item.pk), drafted.get(item.pk), why.get(item.case_id, []),
        )
        for item in items
    ]  # fmt: skip


def item_now(case: Case) -> AgendaItem | None:
    """The case on the meeting that is open; else on the next one planned; else on the last.

    Once the minutes of the last are signed, a case that waits again is on none.
    """
    items = case.agenda_items.select_related("meeting__area", "case__area", "case__person")
    items = items.exclude(meeting__state=State.CALLED_OFF).order_by("meeting__on_date", "added_at")
    now_on = items.filter(meeting__state=State.OPEN).last()
    coming = items.filter(meeting__state=State.PLANNED).first()
    before = items.exclude(meeting__state__in=(State.OPEN, State.PLANNED)).last()
    if before and before.meeting.state == State.ENDED and now_on is None:
        return before
    waits_again = case.stage in meetings.HEARD_AT
    return now_on or coming or (None if waits_again else before)


def invited_to(user: User) -> list[Meeting]:
    """The meetings to come soon, or open, that somebody is invited to; and those called off."""
    mine = Meeting.objects.filter(attendances__user=user, on_date__lte=today() + SOON)
    coming = Q(state__in=(State.PLANNED, State.OPEN))
    coming |= Q(state=State.CALLED_OFF, on_date__gte=today())
    return list(mine.filter(coming).select_related("area").distinct().order_by("on_date", "pk"))


def minutes_of(meeting: Meeting) -> list[Minute]:
    minutes = meeting.minutes.select_related("case", "by", "signed_by", "meeting__area", "item")
    return list(
        minutes.prefetch_related(
            "corrections__by", "proposed__by", "proposed__answered_by"
        ).order_by("at", "id")
    )


def _missing_seats(meeting: Meeting, items: list[AgendaItem]) -> dict[int, list[Seat]]:
    """For each item its empty seats: asked once for adults, once for children, and for those
    cases to which somebody was invited apart, or that somebody left."""
    apart = set(meeting.attendances.exclude(item=None).values_list("item_id", flat=True))
    declared = Declaration.objects.filter(item__meeting=meeting)
    apart |= set(declared.values_list("item_id", flat=True))
    asked: dict[object, list[Seat]] = {}
    for item in items:
        item.meeting = meeting
        key = _alike(item, apart)
        if key not in asked:
            asked[key] = empty_seats(item)
    return {item.pk: asked[_alike(item, apart)] for item in items}


def _alike(item: AgendaItem, apart: set[int]) -> object:
    return item.pk if item.pk in apart else is_an_adults(item.case)


def _names(person_ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name in Name.objects.right().filter(person_id__in=list(person_ids)):
        found.setdefault(name.person_id, str(name))
    return found


def stage_of(item: AgendaItem) -> str:
    """Where the case stands; of a case that has its outcome here, where it stood then."""
    settled = item.heard_at or item.carried_to_id
    return Stage(item.stage if settled else item.case.stage).label
