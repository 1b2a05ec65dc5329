"""Nothing is silent for longer than its rhythm without waiting for somebody (R18)."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.models import Task
from waymark.database import clock
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.project.jobs.watching import watch
from waymark.support import pieces, silences, stops
from waymark.support.models import Piece

WEEK = timedelta(days=7)
EVENTS = ("nothing", "held", "missed", "lead looks", "chair looks", "stops", "starts again")
STEPS = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(EVENTS)), min_size=1, max_size=6)


class Heard:
    """What is known of one weekly piece of three sessions, counted apart from the product."""

    def __init__(self, story: Story):
        self.story, self.cast = story, story.cast
        self.last, self.looked, self.entered, self.runs = today(), date.min, 0, True

    def happens(self, event: str) -> None:
        piece = self.story.piece()
        if event in ("held", "missed") and self.runs:
            self.story.session(piece, state=event)
            self.last, self.entered = today(), self.entered + 1
        elif event.endswith("looks"):
            self._looks(piece, self.cast.support_lead if event[0] == "l" else self.cast.chair)
        elif event == "stops" and self.runs:
            stops.stop_as_asked(piece, by=acting(self.cast.provider))
            self.runs = False
        elif event == "starts again" and not self.runs:
            self._starts_again()

    def _looks(self, piece: Piece, who: User) -> None:
        acting(who)
        if silences.waiting_for(who, piece):
            silences.say(piece, by=who, words="Rang them")
            self.looked = today()

    def _starts_again(self) -> None:
        acting(self.cast.chair)
        stops.go_on_as_asked(
            self.story.case.pieces.get(), by=self.cast.chair, words="Wants it", told_by="Them",
            happened_date=today(),
        )  # fmt: skip
        pieces.accept_brief(self.story.piece(), by=acting(self.cast.provider))
        self.last, self.runs = today(), True

    @property
    def is_silent(self) -> bool:
        return self.runs and self.entered < 3 and today() > self.last + WEEK


@pytest.mark.lesson("R18")
def test_whatever_happens_a_silence_waits_for_somebody_or_was_looked_into_this_week(
    essex: Cast,
) -> None:
    story = Story(essex).consented()

    @settings(max_examples=15)
    @given(steps=STEPS)
    def holds(steps: list[tuple[int, str]]) -> None:
        with transaction.atomic():
            heard, gone = Heard(story), 0
            for days, event in steps:
                gone += days
                clock.set_offset(timedelta(days=gone))
                watch()
                acting(essex.chair)
                kinds = (silences.LEAD, silences.CHAIR)
                waits = Task.objects.waiting().filter(kind__in=kinds).exists()
                known = today() <= max(heard.looked, heard.last) + WEEK
                assert waits or known or not heard.is_silent
                assert heard.is_silent or not waits  # and nobody is asked for nothing
                found = silences.silent(silences.running())
                assert bool(found) == heard.is_silent
                heard.happens(event)
            transaction.set_rollback(True)
        clock.set_offset(timedelta())

    holds()
