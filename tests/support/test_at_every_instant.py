"""Whatever happens in whatever order: support goes on only with consent, checks and a plan."""

import copy
from datetime import date, timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import held
from waymark.cases.models import Stage
from waymark.database import clock
from waymark.database.clock import today
from waymark.directory.permission import Refused, permits
from waymark.support import person_words, pieces, plans, sessions, stops
from waymark.support.consent import apart, consents
from waymark.support.models import Piece
from waymark.support.providers import may_provide

GOES = (Piece.State.OFFERED, Piece.State.RUNNING)


class Told:
    """What a test knows of a case from what it did itself: it asks the product nothing."""

    def __init__(self, story: Story):
        self.story, self.cast = copy.copy(story), story.cast
        self.said = {"parent": "given", "person": "given"}
        self.is_apart = False  # the parent: from then on, of every plan
        self.checked_until = today() + timedelta(days=700)

    @property
    def consent(self) -> bool:
        every = set(self.said.values()) == {"given"} and len(self.said) == 2
        return every and not self.is_apart

    # ---- what can happen

    def give(self) -> None:
        for kind, name in (("parent", "Alex Ashdown"), ("person", "")):
            self.story.answered(kind, "given", name)
            self.said[kind] = "given"

    def refuse(self) -> None:
        self.story.answered("person", "refused")
        self.said["person"] = "refused"

    def withdraw(self) -> None:
        self.story.withdrawn()
        self.said["person"] = "withdrawn"

    def set_apart(self) -> None:
        lead = acting(self.cast.families_lead)
        parent = self.story.case.answerers.select_related("case__area").get(kind="parent")
        apart.set_apart(parent, by=lead, why="Teaches it")
        self.is_apart = True

    def checks_lapse(self) -> None:
        clock.set_offset(timedelta(days=800))

    def checks_renewed(self) -> None:
        self.story.provider_checked()
        self.checked_until = today() + timedelta(days=700)

    def new_plan(self) -> None:
        self.story.seen_again()
        if self.story.case.stage != Stage.PANEL:
            return
        self.story.planned()
        self.checked_until = today() + timedelta(days=700)  # its providers are checked first
        self.story.decided("plan_agreed", plan=self.story.plan)
        self.said = {}

    def hold(self) -> None:
        day = today() + timedelta(days=7)
        officer = acting(self.cast.police_officer)
        held.hold(self.story.case, by=officer, why="Risen", look_again_date=day)

    def release(self) -> None:
        held.release(self.story.case, by=acting(self.cast.police_officer), why="Suitable")

    def accept(self) -> None:
        pieces.accept_brief(self.story.piece(), by=acting(self.cast.provider))

    def stop(self) -> None:
        stops.stop_as_asked(self.story.piece(), by=acting(self.cast.provider))

    def not_this(self) -> None:
        lead = acting(self.cast.families_lead)
        piece = self.story.case.pieces.exclude(state="ended").last()
        if piece:
            person_words.wish(
                piece, by=lead, of="not_this", words="No", heard_by="The lead",
                happened_date=today(),
            )  # fmt: skip

    # ---- what must be so at every instant

    def holds(self) -> None:
        self.story.seen_again()
        case = self.story.case
        assert consents.is_in_force(case) == self.consent
        for piece in case.pieces.filter(state__in=GOES).select_related("provider", "area"):
            assert self.consent and piece.plan == plans.agreed(case)
            assert stands(case.pk)
            if permits(sessions.may_log_session, self.cast.provider, piece):
                assert permits(may_provide, piece.provider, piece.area)
                assert today() <= self.checked_until
        if not self.consent:
            assert not case.pieces.filter(state__in=GOES).exists()


def stands(case: int) -> bool:
    """The database's own floor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_stands(%s)", [case])
        return bool(cursor.fetchone()[0])


EVENTS = (
    "give", "give", "refuse", "withdraw", "withdraw", "set_apart", "checks_lapse",
    "checks_renewed", "new_plan", "new_plan", "hold", "release", "accept", "stop", "not_this",
)  # fmt: skip


def test_support_goes_on_only_with_consent_checks_and_a_plan(essex: Cast) -> None:
    story = Story(essex, born=date(today().year - 11, 5, 4)).consented()

    @given(st.lists(st.sampled_from(EVENTS), min_size=2, max_size=6))
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    def whatever_happens(events: list[str]) -> None:
        offset = clock.offset.get()
        try:
            with transaction.atomic():
                told = Told(story)
                told.holds()
                for event in events:
                    try:
                        with transaction.atomic():
                            getattr(told, event)()
                    except (Refused, Piece.DoesNotExist):
                        pass  # it could not be done now: nothing changed
                    told.holds()
                transaction.set_rollback(True)
        finally:
            clock.set_offset(offset)

    whatever_happens()
