"""The one place that knows what time it is.

Real time by the database's clock, moved by an offset that only a demonstration and the tests may
set. Both are read from the database at each request and job, so that every process agrees, and
that a machine whose own clock jumps neither skips a deadline nor meets one twice (F5).
"""

from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
offset: ContextVar[timedelta] = ContextVar("offset", default=timedelta())
# how far the database's clock is before this machine's
drift: ContextVar[timedelta] = ContextVar("drift", default=timedelta())


def now() -> datetime:
    """The present, in UTC."""
    return real_now() + offset.get()


def real_now() -> datetime:
    """The present as it really is, also in a demonstration."""
    return timezone.now() + drift.get()


def today() -> date:
    """The present day where the work is done: time limits and birthdays follow it."""
    return day_of(now())


def real_today() -> date:
    """The day that it really is, also in a demonstration: who signs in does so by it."""
    return day_of(real_now())


def day_of(moment: datetime) -> date:
    """The day in London on which `moment` falls."""
    return moment.astimezone(LONDON).date()


def read_offset() -> timedelta:
    """Take over what the database says of the time: first thing in each job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), (SELECT ahead FROM database_clock)")
        return take_over(*cursor.fetchone())


def take_over(real: datetime, ahead: timedelta) -> timedelta:
    """Go by what the database has said: the real time, and how far its clock is moved on."""
    drift.set(real - timezone.now())
    offset.set(ahead)
    return ahead


def set_offset(ahead: timedelta) -> None:
    """Move the clock of a demonstration to real time plus `ahead`, for every process.

    Raises `ProgrammingError` on any other database: the database itself refuses.
    """
    seconds = ahead.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE database_clock SET ahead = make_interval(secs => %s)", [seconds])
    offset.set(ahead)


def move_on(step: timedelta) -> None:
    """Move a demonstration's clock on by `step`, for everybody."""
    set_offset(read_offset() + step)
