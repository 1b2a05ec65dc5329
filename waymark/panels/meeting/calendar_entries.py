"""A meeting as an entry that calendars read (RFC 5545, RFC 5546): no person, no case, no why."""

from datetime import datetime, time, timedelta

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from waymark.database.clock import now
from waymark.panels.models import Attendance, Meeting
from waymark.policy.days import LONDON
from waymark.policy.pack import NotInPack, in_force

LONG = 120  # minutes, where the policy pack says nothing
DAY = timedelta(days=1)


def address(meeting: Meeting) -> str:
    """Where somebody invited answers."""
    return f"/panels/{meeting.pk}/answer"


def entry(invited: Attendance, *, off: bool = False) -> str:
    """The entry of one who is invited, as text. `off`: takes it out of their calendar.

    Its UID stays and its SEQUENCE goes up, so that a later one takes the place of an earlier.
    """
    meeting = invited.meeting
    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Channel panel//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "REQUEST")
    event = Event()
    event.add("uid", f"{meeting.pk}@{_host()}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now())
    event.add("summary", f"Channel panel meeting {meeting.reference}")
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "CONFIDENTIAL")
    event.add("url", settings.WAYMARK_BASE_URL + address(meeting))
    _when(event, meeting)
    _who(event, invited)
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _when(event: Event, meeting: Meeting) -> None:
    """In UTC, which every calendar knows; the whole day where no hour was said."""
    if meeting.at_time is None:
        event.add("dtstart", meeting.on_date)
        event.add("dtend", meeting.on_date + DAY)
        return
    start = begins_at(meeting, meeting.at_time)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=_minutes(meeting)))


def begins_at(meeting: Meeting, hour: time) -> datetime:
    local = datetime.combine(meeting.on_date, hour, LONDON)
    return local.astimezone(tz=now().tzinfo)


def _who(event: Event, invited: Attendance) -> None:
    """Nobody but whom it is for: who else is invited stands in no mail."""
    event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    if invited.user and invited.user.email:
        who = vCalAddress(f"mailto:{invited.user.email}")
        who.params["RSVP"] = "FALSE"  # one answers here, not by e-mail
        event.add("attendee", who)


def _minutes(meeting: Meeting) -> int:
    try:
        return in_force().panel_of(meeting.area.code).minutes or LONG
    except NotInPack:
        return LONG


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
