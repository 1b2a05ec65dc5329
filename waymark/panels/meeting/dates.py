"""A year of meetings: proposed by the panel's rhythm, confirmed in one go (2.10.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.database.clock import today
from waymark.directory.models import Area, User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import State, call_one, may_call
from waymark.panels.models import Meeting
from waymark.policy.days import meetings_ahead
from waymark.policy.pack import NotInPack, in_force

CLAUSE = "2.10.2"


@dataclass(frozen=True)
class Proposed:
    """A day that the rhythm gives. `regular`: the day of the rule, where that is no working day.

    `meeting`: the one that is called for it already, if any.
    """

    day: date
    regular: date
    meeting: Meeting | None

    @property
    def is_moved(self) -> bool:
        return self.day != self.regular


def proposed(area: Area) -> list[Proposed]:
    """The days of the coming year; none where the panel meets by need.

    A month whose meeting was called for another day is not proposed again.
    """
    try:
        days = meetings_ahead(in_force().panel_of(area.code), today())
    except NotInPack:
        return []
    called = Meeting.objects.filter(area=area, follows=None, extraordinary_why="")
    called = called.exclude(state=State.CALLED_OFF).filter(on_date__gte=today().replace(day=1))
    by_month = {(one.on_date.year, one.on_date.month): one for one in called}
    return [Proposed(held, day, by_month.get((day.year, day.month))) for day, held in days]


@act
def confirm(area: Area, *, by: User, days: Sequence[date]) -> list[Meeting]:
    """Call a meeting for each of these days of the proposal: all of them or none."""
    may_call(by, area)
    free = {one.day for one in proposed(area) if one.meeting is None}
    if not days or not set(days) <= free:
        raise Refused(
            "These days are not those that are proposed, or a meeting is called for them already",
            clause=CLAUSE, until="Look at the days again, and choose some of those that are free.",
        )  # fmt: skip
    return [call_one(area, day, by=by) for day in sorted(set(days))]
