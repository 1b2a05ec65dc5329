"""What was said in a meeting beside its decisions, as pages read it."""

from waymark.panels.models import (
    AgendaItem,
    Declaration,
    Departure,
    Discussion,
    Meeting,
    Minute,
    ProposedCorrection,
    Statement,
)


def statement_of(meeting: Meeting) -> Statement | None:
    return Statement.objects.filter(meeting=meeting).select_related("read_by").first()


def item_of(meeting: Meeting, key: int) -> AgendaItem | None:
    """An item of the meeting's agenda, or None where the reader sees none of that key."""
    found = meeting.items.select_related("case__area", "case__person", "carried_to")
    item = found.filter(pk=key).first()
    if item:
        item.meeting = meeting
    return item


def departures_of(meeting: Meeting) -> list[Departure]:
    """What stands in a meeting's minutes of cases that moved to another panel meanwhile."""
    return list(meeting.departures.select_related("by"))


def declared(item: AgendaItem, kind: Declaration.Kind) -> list[str]:
    """Who came and is not there for the case, and why."""
    found = item.declarations.filter(kind=kind)
    found = found.select_related("attendance__user", "attendance__organisation")
    return [f"{one.attendance.user or one.attendance.organisation}: {one.words}" for one in found]


def discussions_of(item: AgendaItem) -> list[Discussion]:
    return list(item.discussions.select_related("by"))


def minute_of(meeting: Meeting, key: int) -> Minute | None:
    found = meeting.minutes.select_related("case", "item", "meeting__area")
    return found.filter(pk=key).first()


def proposed(meeting: Meeting, key: int) -> ProposedCorrection | None:
    found = ProposedCorrection.objects.filter(minute__meeting=meeting, pk=key)
    return found.select_related("minute__meeting__area", "minute__case", "by").first()
