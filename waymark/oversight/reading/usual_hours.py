"""Looks outside the hours in which that person usually works with cases.

An hour of the day is usual for somebody, on working days or at the weekend, if they looked at
cases in it on two days or more of the eight weeks before. Whoever has fewer than ten such days:
7:00 to 19:00, Monday to Friday.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models.functions import TruncHour

from waymark.audit.looks import REFUSED, Look, looks_between
from waymark.database.clock import LONDON
from waymark.oversight.reading.looked import WEEK, Seen, midnight, together

BEFORE = timedelta(weeks=8)
OFTEN, ENOUGH = 2, 10  # days
FROM, UNTIL = 7, 19  # o'clock
Kind = tuple[bool, int]  # whether a working day, and the hour


def outside(since: date) -> list[Seen]:
    """Of the seven days from `since`."""
    usual = _usual(since)
    week = looks_between(midnight(since), midnight(since + WEEK))
    shown = week.filter(case_id__isnull=False, actor__startswith="user:").exclude(sight=REFUSED)
    return together(one for one in shown.iterator() if not _is_usual(one, usual))


def _usual(since: date) -> dict[str, set[Kind]]:
    """The usual hours of each who has days enough to tell."""
    looks = looks_between(midnight(since) - BEFORE, midnight(since)).exclude(sight=REFUSED)
    hours = looks.annotate(hour=TruncHour("at", tzinfo=LONDON)).order_by()
    days: dict[str, dict[Kind, set[date]]] = defaultdict(lambda: defaultdict(set))
    for actor, hour in hours.values_list("actor", "hour").distinct():
        days[actor][_kind(hour)].add(hour.date())
    return {
        actor: {kind for kind, on in kinds.items() if len(on) >= OFTEN}
        for actor, kinds in days.items()
        if len(set().union(*kinds.values())) >= ENOUGH
    }


def _kind(moment: datetime) -> Kind:
    there = moment.astimezone(LONDON)
    return there.weekday() < 5, there.hour


def _is_usual(look: Look, usual: dict[str, set[Kind]]) -> bool:
    working_day, hour = _kind(look.at)
    if look.actor in usual:
        return (working_day, hour) in usual[look.actor]
    return working_day and FROM <= hour < UNTIL
