"""The eighteenth birthday: who leads, who answers, and what support waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import handover
from waymark.cases.models import Case
from waymark.database import clock
from waymark.database.clock import today
from waymark.project.birthdays import follow
from waymark.support import consents
from waymark.support.consents import State
from waymark.support.models import Piece

GIVEN, REFUSED = "given", "refused"


def turning_in(days: int) -> date:
    """The birth date of somebody who turns 18 in so many days."""
    day = today() + timedelta(days=days)
    return day.replace(year=day.year - 18) if (day.month, day.day) != (2, 29) else day


@contextmanager
def in_days(days: int) -> Iterator[None]:
    """So many days on, once the duty has run."""
    before = clock.offset.get()
    clock.set_offset(before + timedelta(days=days))
    try:
        follow()
        yield
    finally:
        clock.set_offset(before)


@pytest.fixture
def near(essex: Cast) -> Story:
    """Supported with a parent's and the child's own yes, sixty days before the birthday."""
    story = Story(essex, born=turning_in(60)).consented()
    follow()
    return story


def test_first(near: Story, essex: Cast) -> None:
    near.seen_again()
    waiting = {(task.kind, task.role): task for task in near.case.tasks.waiting()}
    print(waiting)
    assert waiting[("hand_over", "families_lead")].due_date == today() + timedelta(days=60)
    assert waiting[("ask_as_adult", "families_lead")].due_date == today() + timedelta(days=60)
    handover.hand_over(near.case, by=acting(essex.families_lead), words="Likes trains")
    acting(essex.adult_lead)
    assert Case.objects.get() == near.case
    handover.take_over(near.case, by=essex.adult_lead)
    with in_days(60):
        near.seen_again()
        assert near.case.led_by == "adult_lead"
        assert consents.state_of(near.case) is State.NOT_ASKED
        assert Piece.objects.get().state == "held"
        print([(t.kind, t.role, t.user_id, t.why, t.done_at) for t in near.case.tasks.all()])
        print([(a.kind, a.until_at) for a in near.case.answerers.all()])
