"""The order of an agenda. It makes itself: it is arranged, and never shortened (2.8.18)."""

from collections.abc import Sequence
from datetime import date, timedelta

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.attendance import may_invite
from waymark.panels.meeting.meetings import put_on, to_be_heard
from waymark.panels.models import Meeting
from waymark.policy.days import next_meeting
from waymark.policy.pack import NotInPack, in_force

CLAUSE = "2.8.18"


@act
def arrange(meeting: Meeting, *, by: User, order: Sequence[int]) -> None:
    """Put the items of an agenda in an order. `order`: the keys of all of them, once each."""
    may_invite(by, meeting)
    items = {item.pk: item for item in meeting.items.select_for_update(of=("self",))}
    if sorted(order) != sorted(items):
        raise Refused(
            "An agenda is put in order, and never made shorter", clause=CLAUSE,
            until="Every case that is on it keeps a place.",
        )  # fmt: skip
    for place, key in enumerate(order, start=1):
        items[key].place = place
        items[key].save(update_fields=["place"])
    record("agenda_arranged", by=by, at=now(), row=None, meeting=meeting.pk)


def came_since(meeting: Meeting) -> list[Case]:
    """The cases that have come to the panel since the meeting was called, and are not yet on."""
    if meeting.state != Meeting.State.PLANNED or meeting.follows_id is not None:
        return []
    on_it = meeting.items.values("case_id")
    return list(to_be_heard(meeting.area).exclude(pk__in=on_it).select_related("person", "area"))


@act
def bring_up_to_date(meeting: Meeting, *, by: User) -> None:
    """Put on what has come since, so that those invited can read its papers."""
    may_invite(by, meeting)
    put_on(meeting, by=by)


def next_day_after(meeting: Meeting) -> date | None:
    """When the panel meets after this meeting: as called, else by its rhythm."""
    coming = Meeting.objects.filter(area=meeting.area, state="planned")
    called = coming.filter(on_date__gt=meeting.on_date).order_by("on_date").first()
    if called:
        return called.on_date
    try:
        panel = in_force().panel_of(meeting.area.code)
    except NotInPack:
        return None
    return next_meeting(panel, meeting.on_date + timedelta(days=1))
