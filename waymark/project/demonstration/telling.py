"""The days on which the demonstration's story happens: told in their order, up to today."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db.models import F

from waymark.database import clock
from waymark.database.actor import Actor
from waymark.database.guard import become
from waymark.directory.notice import Notice
from waymark.directory.notices import SEND_NOTICES
from waymark.policy.days import is_working_day

Step = Callable[[], Any]
MORNING = time(9, 5)
BETWEEN = timedelta(minutes=4)  # one step of a day and the next


def acting(actor: Actor) -> Any:
    """Let the database know who acts, and when, as a request does."""
    become(actor)
    return actor


def delivered(before: datetime) -> None:
    """What accounts were told by e-mail until then was sent when it was told: not once more now."""
    become(SEND_NOTICES)
    told = Notice.objects.waiting().filter(made_at__lt=before, due_at__lt=before)
    told.update(sent_at=F("due_at"), tries=1)


class Calendar:
    """What happens on which day. The story of one case knows nothing of the others.

    `days_ago` counts back from today, as the clock tells it; what falls on no working day happens
    on the one before.
    """

    def __init__(self) -> None:
        self.today, self._ahead = clock.today(), clock.offset.get()
        self.days_ago = 0  # of the day that is being told
        self._waiting: list[tuple[int, int, Step]] = []
        self._number = count()
        self._last = datetime.min.replace(tzinfo=clock.LONDON)

    def on(self, days_ago: int, step: Step) -> None:
        """Let `step` happen on that day. What is still to come is left untold."""
        if days_ago >= 0:
            heapq.heappush(self._waiting, (-days_ago, next(self._number), step))

    def later(self, days: int, step: Step) -> None:
        """Let `step` happen so many days after the day that is being told."""
        self.on(self.days_ago - days, step)

    def tell(self) -> None:
        """Tell it all, the earliest first; the clock stands again where it stood afterwards.

        E-mails of the days gone by are not sent: only those of today.
        """
        try:
            while self._waiting:
                days, _, step = heapq.heappop(self._waiting)
                self.days_ago = -days
                self._move_to(-days)
                step()
            delivered(datetime.combine(self.today, time(), clock.LONDON))
        finally:
            clock.offset.set(self._ahead)

    def day(self, days_ago: int) -> date:
        """The working day that is so many days ago, or the one before it."""
        day = self.today - timedelta(days=days_ago)
        while not is_working_day(day) and days_ago:
            day -= timedelta(days=1)
        return day

    def _move_to(self, days_ago: int) -> None:
        morning = datetime.combine(self.day(days_ago), MORNING, clock.LONDON)
        wanted = max(morning, self._last + BETWEEN)
        real = clock.real_now()
        self._last = min(wanted, real + self._ahead)  # nothing happens in time to come
        clock.offset.set(self._last - real)
