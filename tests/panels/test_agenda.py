"""Whatever happens, and in whatever order: the next agenda holds every open case (2.8.18)."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from waymark.cases import held
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.panels.meeting import agenda, days, meetings
from waymark.panels.models import Meeting

FROM_THE_PANEL_ON = {"panel", "seeking_consent", "supported", "exit_recommended"}


class Undone(Exception):
    """Ends one order of events: the database is as before it."""


class Events:
    """What may happen to three cases and to the panel's meetings, each once."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.supported = Story(cast, surname="Brook").consented()
        self.early = Story(cast, surname="Cole").at_next_step()
        self.waiting = Story(cast).on_panel()
        self.day = today()

    def all(self) -> list[Callable[[], object]]:
        return [
            self.called, self.arrives, self.is_held, self.withdraws, self.called_off,
            self.adjourned,
        ]  # fmt: skip

    def called(self) -> None:
        self.day += timedelta(days=3)
        meetings.call(self.cast.area, by=acting(self.cast.coordinator), on_date=self.day)

    def arrives(self) -> None:
        self.early.seen_again().next_step_agreed()

    def is_held(self) -> None:
        officer, soon = acting(self.cast.police_officer), today() + timedelta(days=7)
        held.hold(self.waiting.case, by=officer, why="Risen", look_again_date=soon)

    def withdraws(self) -> None:
        self.supported.withdrawn()

    def called_off(self) -> None:
        chair = acting(self.cast.chair)
        if planned := Meeting.objects.filter(state="planned").first():
            days.call_off(planned, by=chair, why="Snow")

    def adjourned(self) -> None:
        chair = acting(self.cast.chair)
        meeting = meetings.call(self.cast.area, by=chair, on_date=today())
        meetings.open_meeting(meeting, by=chair)
        meeting.attendances.update(came=True)
        meetings.adjourn(meeting, by=chair, to_date=today() + timedelta(days=40))


@pytest.mark.clause("2.8.18")
@pytest.mark.lesson("R14")
def test_every_open_case_is_on_the_next_agenda_whatever_the_order(essex: Cast) -> None:
    events = Events(essex)

    @given(st.permutations(range(6)), st.integers(2, 5))
    @settings(
        max_examples=6, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def in_any_order(order: Sequence[int], number: int) -> None:
        events.day = today()
        with pytest.raises(Undone), transaction.atomic():
            for place in order[:number]:
                events.all()[place]()
            check_the_next_agenda(essex)
            raise Undone

    in_any_order()


def check_the_next_agenda(cast: Cast) -> None:
    with clock_moved(35):
        chair = acting(cast.chair)
        meeting = meetings.call(cast.area, by=chair, on_date=today())
        meetings.open_meeting(meeting, by=chair)
        open_ones = Case.objects.filter(ended_at=None)
        due = {one.pk for one in open_ones if FROM_THE_PANEL_ON & {one.stage, one.held_from}}
        assert set(meeting.items.values_list("case_id", flat=True)) == due
        assert len(due) >= 2
        items = list(meeting.items.values_list("pk", flat=True))
        with pytest.raises(Refused, match="never made shorter"):
            agenda.arrange(meeting, by=chair, order=items[1:])
        agenda.arrange(meeting, by=chair, order=items[::-1])
