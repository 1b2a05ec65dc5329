"""Working days of England, and when what is limited falls due. Days are London's."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from waymark.policy.pack import in_force
from waymark.policy.work import Days, Limit, Panel

LONDON = ZoneInfo("Europe/London")


def due_date(start: datetime | date, limit: Limit, days: Days | None = None) -> date:
    """The last day on which what began at `start` is in time.

    A moment after the hour that the pack names (13:00) counts from the next working day.
    `days`: the pack's way of counting; that of the edition in force when left out.
    """
    if limit.unit == "working_days":
        return working_days_after(start, limit.amount, days)
    day = _day(start)
    if limit.unit == "months":
        return months_after(day, limit.amount)
    return day + timedelta(days=limit.amount)


def working_days_after(start: datetime | date, number: int, days: Days | None = None) -> date:
    """The working day that is `number` working days after the one that `start` counts from."""
    days = days or in_force().days
    day = counted_from(start, days)
    for _ in range(number):
        day = working_day_from(day + timedelta(days=1), days)
    return day


def counted_from(start: datetime | date, days: Days | None = None) -> date:
    """The working day from which `start` is counted; it is day nought."""
    days = days or in_force().days
    day = _day(start)
    if isinstance(start, datetime) and _is_late(start, days.day_ends):
        day += timedelta(days=1)
    return working_day_from(day, days)


def working_day_from(day: date, days: Days | None = None) -> date:
    """`day` itself when it is a working day, else the next one."""
    while not is_working_day(day, days):
        day += timedelta(days=1)
    return day


def is_working_day(day: date, days: Days | None = None) -> bool:
    """Neither a Saturday or Sunday nor a public holiday."""
    days = days or in_force().days
    return day.weekday() < 5 and day not in _holidays(days.country, days.subdivision)


def working_days_before(day: date, number: int) -> date:
    """The working day that is `number` working days before `day`."""
    for _ in range(number):
        day -= timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
    return day


def working_days_between(first: date, last: date, days: Days | None = None) -> int:
    """How many working days follow `first`, up to and with `last`; 0 when `last` is not later."""
    span = range(1, (last - first).days + 1)
    return sum(is_working_day(first + timedelta(days=number), days) for number in span)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_meeting(panel: Panel, day: date) -> date:
    """The panel's next day on or after `day` by its rhythm, or the latest where it meets by need.

    A day that is no working day is moved to the next that is.
    """
    if panel.weekday is None or panel.week is None:
        return working_day_from(day + timedelta(days=panel.latest_days or 0))
    return next(held for _, held in _days_of(panel, day) if held >= day)


def meetings_ahead(panel: Panel, day: date, months: int = 12) -> list[tuple[date, date]]:
    """The days of a panel with a rhythm in the months after `day`: each as the rule has it, and
    the working day on which it is held. None where the panel meets by need."""
    if panel.weekday is None or panel.week is None:
        return []
    last = months_after(day, months)
    found = []
    for regular, held in _days_of(panel, day):
        if held > last:
            break
        if held >= day:
            found.append((regular, held))
    return found


def _days_of(panel: Panel, day: date) -> Iterator[tuple[date, date]]:
    """Month by month from that of `day`, without end."""
    month = day.replace(day=1)
    while True:
        regular = _meeting_in(month, panel.weekday or 0, panel.week or 1)
        yield regular, working_day_from(regular)
        month = months_after(month, 1)


def _meeting_in(month: date, weekday: int, week: int) -> date:
    first = month.replace(day=1)
    offset = (weekday - first.weekday()) % 7
    return first + timedelta(days=offset + 7 * (week - 1))


def _day(start: datetime | date) -> date:
    return start.astimezone(LONDON).date() if isinstance(start, datetime) else start


def _is_late(moment: datetime, day_ends: time) -> bool:
    return moment.astimezone(LONDON).time() > day_ends


@cache
def _holidays(country: str, subdivision: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision)
