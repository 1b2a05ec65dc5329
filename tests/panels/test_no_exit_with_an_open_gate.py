"""Whatever happens in whatever order: no case exits while something that must be settled is not."""

import copy
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, acting
from tests.panel_steps import MANAGED
from tests.story import Story
from waymark.cases.endings import ending, told
from waymark.cases.known import risen
from waymark.cases.models import Case, Stage
from waymark.directory.permission import Refused
from waymark.panels import decisions
from waymark.panels.endings import exits
from waymark.panels.meeting import meetings, minutes
from waymark.panels.models import EndProposal


class Gates:
    """What a test knows of a case from what it did itself: it asks the product nothing."""

    def __init__(self, story: Story):
        self.story, self.cast = copy.copy(story), story.cast
        self.signed = self.checked = self.told = False
        self.considered = True
        self.endorsed: set[str] = set()

    def sign(self) -> None:
        minutes.sign(self.story.meeting, by=acting(self.cast.chair))
        self.signed = True

    def check(self) -> None:
        ending.record_end_checks(
            self.story.case, by=acting(self.cast.chair), harm_suspected=False,
            harm_considered="None is suspected", signposted="The school’s pastoral lead",
            unanswered="Nothing more is needed",
        )  # fmt: skip
        self.checked = True

    def tell(self) -> None:
        told.tell(
            self.story.case, by=acting(self.cast.chair), words="What was decided, and why",
            by_whom="The lead",
        )  # fmt: skip
        self.told = True

    def rises(self) -> None:
        risen.say_risen(self.story.case, by=acting(self.cast.chair), words="Asked for a knife")
        self.considered = False

    def considers(self) -> None:
        risen.consider(
            self.story.case, by=acting(self.cast.police_officer), suits="It does",
            escalation="Looked at by the usual means", follows="goes_on",
        )  # fmt: skip
        self.considered = True

    def _endorses(self, post: str) -> None:
        by: Any = getattr(self.cast, post)
        acting(by)
        proposal = EndProposal.objects.get(case=self.story.case, closed_at=None)
        exits.endorse(proposal, by=by, **MANAGED)
        self.endorsed.add(post)

    def writer_endorses(self) -> None:
        self._endorses("chair")

    def vice_chair_endorses(self) -> None:
        self._endorses("vice_chair")

    def police_endorse(self) -> None:
        self._endorses("police_lead")

    def second_of_the_police_endorses(self) -> None:
        self._endorses("second_lead")

    def put_in_other_words(self) -> None:
        exits.restate(self.story.case, by=acting(self.cast.chair), reasons="Said more clearly")
        self.endorsed.clear()

    def holds(self) -> None:
        """Exited, and only then, when all is settled and two of two bodies have endorsed."""
        acting(self.cast.police_lead)
        case = Case.objects.select_related("area").get(pk=self.story.case.pk)
        self.story.case = case
        if case.stage == Stage.EXITED:
            assert self.signed and self.checked and self.told and self.considered
            assert "chair" not in self.endorsed and "vice_chair" in self.endorsed
            assert self.endorsed & {"police_lead", "second_lead"}


SETTLES = ("sign", "check", "tell")
GATES = (*SETTLES, "considers")
EVENTS = (
    *SETTLES, *SETTLES, "rises", "considers", "writer_endorses", "vice_chair_endorses",
    "police_endorse", "second_of_the_police_endorses", "put_in_other_words",
)  # fmt: skip


def recommended(cast: Cast) -> Story:
    """Exit is recommended by a meeting that has ended; its minutes wait to be signed."""
    story = Story(cast).consented()
    story.sessions_held().needs_disposed()
    item = story.meeting_open()
    said = story.proposed(item, "exit_recommended")
    decisions.decide(item, by=acting(cast.chair), said=said)
    meetings.end_meeting(story.meeting, by=acting(cast.chair))
    return story.seen_again()  # type: ignore[no-any-return]


def happens(gates: Gates, event: str) -> None:
    try:
        with transaction.atomic():
            getattr(gates, event)()
    except (Refused, EndProposal.DoesNotExist):
        pass


@pytest.mark.lesson("R20")
def test_no_case_exits_with_an_open_gate(essex: Cast) -> None:
    story = recommended(essex)
    ended: list[int] = []

    @given(st.lists(st.sampled_from(EVENTS), max_size=9), st.sampled_from(("", *GATES)))
    @example([], "sign")
    @example([], "check")
    @example([], "tell")
    @example(["rises"], "considers")
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def whatever_happens(events: list[str], without: str) -> None:
        """At last all is settled but perhaps one thing, and both endorse."""
        settled = [gate for gate in GATES if gate != without]
        with transaction.atomic():
            gates = Gates(story)
            for event in (*events, *settled, "vice_chair_endorses", "police_endorse"):
                happens(gates, event)
                gates.holds()
            ended.append(gates.story.case.stage == Stage.EXITED)
            transaction.set_rollback(True)

    whatever_happens()
    assert any(ended)  # settled in the end, most do exit
