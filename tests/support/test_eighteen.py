"""The eighteenth birthday: who leads, who answers, and what support waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import handover
from waymark.cases.endings import told
from waymark.cases.known.person import Source
from waymark.cases.models import Case, Handover, Stage, Task
from waymark.database import clock
from waymark.database.clock import LONDON, today
from waymark.directory.permission import Refused
from waymark.people.age import comes_of_age, eighteenth
from waymark.project.jobs.birthdays import follow
from waymark.support import ages, pieces, sessions, stops
from waymark.support.consent import ahead, consents
from waymark.support.consent.consents import State
from waymark.support.models import Answerer, Piece, Session

GIVEN, REFUSED = "given", "refused"
KNOWN = Source("The passport")
DAYS = 60  # until the birthday


def turning_in(days: int) -> date:
    """The birth date of somebody who turns 18 in so many days."""
    day = today() + timedelta(days=days)
    return date(day.year - 18, day.month, day.day)


def comes_of_age_in(days: int) -> dict[str, Any]:
    born = turning_in(days)
    return {"year": born.year, "month": born.month, "day": born.day}


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
    story = Story(essex, born=turning_in(DAYS)).consented()
    follow()
    return story


def waiting(story: Story, kind: str) -> list[Task]:
    story.seen_again()
    return list(story.case.tasks.waiting().filter(kind=kind))


def answered_ahead(story: Story, state: str, **differs: Any) -> None:
    said: dict[str, Any] = {
        "authority": "18 from that day", "how": "Asked at home", "answered_date": today(),
    }  # fmt: skip
    ahead.answer_ahead(story.case, by=acting(story.lead), state=state, **said | differs)


def state_of(story: Story) -> State:
    story.seen_again()
    return consents.state_of(story.case)


# ---- the three months before


def test_three_months_before_the_handover_and_the_own_answer_are_asked_for_once(
    near: Story, essex: Cast
) -> None:
    follow()
    birthday = today() + timedelta(days=DAYS)
    (hand_over,), (ask,) = waiting(near, "hand_over"), waiting(near, "ask_as_adult")
    assert (hand_over.role, hand_over.due_date) == ("families_lead", birthday)
    assert (ask.user, ask.due_date) == (essex.families_lead, birthday)


def test_nothing_is_asked_for_earlier_than_three_months_before(essex: Cast) -> None:
    story = Story(essex, born=turning_in(100)).risk_assessed()
    follow()
    assert not waiting(story, "hand_over")
    with pytest.raises(Refused, match="does not turn 18 in the next three months"):
        handover.hand_over(story.case, by=acting(essex.families_lead), words="Too early")
    with in_days(15):
        assert len(waiting(story, "hand_over")) == 1
        assert not waiting(story, "ask_as_adult")  # no support is agreed


@pytest.mark.clause("2.7.6", "2.7.7")
def test_what_the_families_lead_hands_over_the_adult_lead_reads_and_takes_over(
    near: Story, essex: Cast
) -> None:
    acting(essex.adult_lead)
    assert not Case.objects.exists()
    handover.hand_over(near.case, by=acting(essex.families_lead), words="Trusts the mentor")
    assert not waiting(near, "hand_over")
    acting(essex.adult_lead)
    assert Handover.objects.get().words == "Trusts the mentor"
    handover.take_over(near.case, by=essex.adult_lead)
    with in_days(DAYS - 1):
        near.seen_again()
        assert near.case.led_by == "families_lead"  # until the day
    with in_days(DAYS):
        near.seen_again()
        assert near.case.led_by == "adult_lead"
        assert not waiting(near, "take_over")
        assert Handover.objects.count() == 1
        acting(essex.families_lead)
        assert not Case.objects.exists()


@pytest.mark.lesson("R7")
@pytest.mark.parametrize("written", [True, False])
def test_the_adult_lead_leads_from_the_day_whether_or_not_they_took_it_over(
    near: Story, essex: Cast, written: bool
) -> None:
    if written:
        handover.hand_over(near.case, by=acting(essex.families_lead), words="Trusts the mentor")
    with in_days(DAYS + 1):
        near.seen_again()
        assert near.case.led_by == "adult_lead"
        assert not waiting(near, "hand_over")
        acting(essex.chair)
        (task,) = near.case.tasks.waiting().filter(kind="take_over")
        assert task.role == "adult_lead"
        assert task.is_overdue(today()) == written  # the other was given on the day
        handover.take_over(near.case, by=acting(essex.adult_lead))
        assert not waiting(near, "take_over")


def test_nobody_else_hands_over_or_takes_over(near: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="Prevent families lead"):
        handover.hand_over(near.case, by=acting(essex.chair), words="Words")
    with pytest.raises(Refused, match="does not wait to be taken over"):
        handover.take_over(near.case, by=acting(essex.chair))
    with pytest.raises(Refused, match="what the adult lead must know"):
        handover.hand_over(near.case, by=acting(essex.families_lead), words=" ")
    handover.hand_over(near.case, by=essex.families_lead, words="Trusts the mentor")
    with pytest.raises(Refused, match="Prevent adult lead"):
        handover.take_over(near.case, by=acting(essex.families_lead))
    handover.take_over(near.case, by=acting(essex.adult_lead))
    with pytest.raises(Refused, match="has taken this case over already"):
        handover.hand_over(near.case, by=acting(essex.families_lead), words="Again")


# ---- the day


@pytest.mark.clause("1.1.4", "2.10.4")
def test_without_an_answer_on_the_day_consent_is_not_asked_and_support_is_held(
    near: Story, essex: Cast
) -> None:
    piece = near.piece()
    with in_days(DAYS):
        assert state_of(near) is State.NOT_ASKED
        assert near.case.stage == Stage.SUPPORTED
        told_to_stop = waiting(near, "stop_support")
        assert {task.user for task in told_to_stop} == {essex.provider, essex.support_lead}
        (see_to,) = waiting(near, "consent_withdrawn")
        (ask,) = waiting(near, "ask_consent")
        assert (see_to.role, ask.role, ask.user) == ("chair", "adult_lead", None)
        acting(essex.provider)
        piece.refresh_from_db()
        assert piece.state == Piece.State.HELD
        with pytest.raises(Refused):
            sessions.log(
                piece, by=essex.provider, happened_date=today(), state=Session.State.HELD, words="x"
            )
        stops.say_stopped(piece, by=essex.provider)


@pytest.mark.clause("2.10.4")
def test_a_parent_answers_no_more_from_midnight(near: Story, essex: Cast) -> None:
    with in_days(DAYS):
        near.seen_again()
        parent = Answerer.objects.get(kind="parent")
        assert parent.until_at is not None
        ends = parent.until_at.astimezone(LONDON)
        assert (ends.date(), ends.hour) == (today(), 0)
        near.answered("parent", GIVEN, "Alex Ashdown")
        assert state_of(near) is State.NOT_ASKED
        assert near.piece().state == Piece.State.HELD


@pytest.mark.clause("1.1.4", "2.10.4")
def test_a_yes_given_ahead_holds_from_the_day_and_not_before(near: Story) -> None:
    answered_ahead(near, GIVEN)
    assert not waiting(near, "ask_as_adult")
    assert state_of(near) is State.GIVEN  # the parent's and the child's
    with in_days(DAYS):
        assert state_of(near) is State.GIVEN
        assert near.piece().state == Piece.State.RUNNING
        assert not waiting(near, "ask_consent") and not waiting(near, "consent_withdrawn")


@pytest.mark.clause("1.1.4", "2.10.4")
def test_a_no_given_ahead_counts_from_the_day_as_any_no(near: Story, essex: Cast) -> None:
    answered_ahead(near, REFUSED)
    assert state_of(near) is State.GIVEN
    acting(essex.provider)
    sessions.log(
        near.piece(), by=acting(essex.provider), happened_date=today(),
        state=Session.State.HELD, words="It is still their parent's and their own yes",
    )  # fmt: skip
    with in_days(DAYS):
        assert state_of(near) is State.REFUSED
        assert near.case.stage == Stage.PANEL
        last = near.case.moves.last()
        assert last is not None and last.by is None
        assert near.piece().state == Piece.State.HELD


def test_a_no_of_the_child_after_their_yes_as_an_adult_stands(near: Story, essex: Cast) -> None:
    answered_ahead(near, GIVEN)
    near.withdrawn()
    with in_days(DAYS):
        assert state_of(near) is State.WITHDRAWN


@pytest.mark.clause("2.10.4")
def test_a_yes_after_the_day_lets_the_same_plan_go_on_without_a_panel(
    near: Story, essex: Cast
) -> None:
    with in_days(DAYS + 2):
        near.seen_again()
        assert near.answered("person", GIVEN) is State.GIVEN
        near.seen_again()
        assert near.case.stage == Stage.SUPPORTED
        assert not waiting(near, "ask_consent") and not waiting(near, "consent_withdrawn")
        piece = near.piece()
        assert piece.state == Piece.State.OFFERED
        pieces.accept_brief(piece, by=acting(essex.provider))
        assert near.piece().state == Piece.State.RUNNING


@pytest.mark.clause("1.1.4")
def test_a_no_after_the_day_goes_to_the_panel(near: Story, essex: Cast) -> None:
    with in_days(DAYS):
        near.seen_again()
        near.answered("person", REFUSED)
        near.seen_again()
        assert near.case.stage == Stage.PANEL


def test_the_duty_does_it_once(near: Story) -> None:
    with in_days(DAYS):
        near.seen_again()
        before = near.case.version, near.case.tasks.count()
        follow()
        near.seen_again()
        assert (near.case.version, near.case.tasks.count()) == before


@pytest.mark.lesson("R34", "R38")
def test_a_promise_is_kept_to_the_person_by_the_day_that_it_had(near: Story, essex: Cast) -> None:
    day = today() + timedelta(days=90)
    told.tell(
        near.case, by=acting(essex.chair), words="What comes next", by_whom="The chair",
        promised="A call to the mother", promised_date=day,
    )  # fmt: skip
    with in_days(DAYS):
        (task,) = waiting(near, "keep_promise")
        assert (task.user, task.due_date) == (essex.chair, day)
        assert task.why == "The person is 18 now: keep the promise to them, not to a parent."


def test_a_waiting_review_goes_to_the_adult_lead_by_the_day_that_it_had(essex: Cast) -> None:
    story = Story(essex, born=turning_in(1)).risk_assessed()
    (before,) = waiting(story, "lead_review")
    with in_days(1):
        (task,) = waiting(story, "lead_review")
        (accept,) = waiting(story, "accept_case")
        assert (task.role, task.due_date) == ("adult_lead", before.due_date)
        assert accept.role == "adult_lead"
        acting(essex.families_lead)
        assert not Case.objects.exists()


def test_a_batch_costs_the_same_however_many_cases_are_in_it(essex: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            follow()
        return len(asked)

    Story(essex, born=date(2015, 5, 4)).risk_assessed()
    one = cost()
    for surname in ("Birchwood", "Cedarley"):
        Story(essex, born=date(2015, 5, 4), surname=surname).risk_assessed()
    assert cost() == one


# ---- what is learnt of an age


@pytest.mark.clause("2.7.6", "2.7.7")
def test_a_birth_date_that_is_learnt_chooses_the_lead_again(essex: Cast) -> None:
    story = Story(essex).reviewed()
    ages.add_birth_date(story.case, by=acting(essex.chair), source=KNOWN, year=1990)
    story.seen_again()
    assert story.case.led_by == "adult_lead"
    (task,) = waiting(story, "take_over")
    assert task.role == "adult_lead" and task.due_date > today()
    assert Handover.objects.get().why == Handover.Why.AGE
    ages.add_birth_date(story.case, by=acting(essex.police_officer), source=KNOWN, year=2012)
    story.seen_again()
    assert story.case.led_by == "families_lead"
    (task,) = waiting(story, "take_over")
    assert task.role == "families_lead"


def test_the_lead_who_writes_it_down_sees_the_case_no_more(essex: Cast) -> None:
    story = Story(essex).consented()
    turned = comes_of_age_in(20)
    with in_days(40):
        ages.add_birth_date(story.case, by=acting(essex.families_lead), source=KNOWN, **turned)
        assert not Case.objects.exists()
        story.seen_again()
        assert (story.case.led_by, story.piece().state) == ("adult_lead", Piece.State.HELD)
        assert state_of(story) is State.NOT_ASKED


def test_who_was_an_adult_already_has_answered_for_themselves(essex: Cast) -> None:
    story = Story(essex).consented()
    ages.add_birth_date(story.case, by=acting(essex.families_lead), source=KNOWN, year=1990)
    assert state_of(story) is State.GIVEN
    assert story.piece().state == Piece.State.RUNNING


@pytest.mark.clause("2.7.7", "1.1.4")
def test_while_the_age_is_in_dispute_an_adult_is_a_child(essex: Cast) -> None:
    story = Story(essex, born=date(2007, 5, 4)).consented()
    assert story.case.led_by == "adult_lead"
    day = today() + timedelta(days=14)
    dispute = {"source": "The college", "why": "Looks younger", "assess_by_date": day}
    ages.dispute(story.case, by=acting(essex.adult_lead), **dispute)
    story.seen_again()
    assert story.case.led_by == "families_lead"
    assert state_of(story) is State.NOT_ASKED  # a parent answers for a child
    assert story.piece().state == Piece.State.HELD
    (task,) = waiting(story, "seek_age_assessment")
    assert (task.role, task.due_date) == ("families_lead", day)
    with pytest.raises(Refused, match="in dispute already"):
        ages.dispute(story.case, by=acting(essex.chair), **dispute)
    ages.add_birth_date(story.case, by=essex.chair, source=KNOWN, year=1990)
    story.seen_again()
    assert story.case.led_by == "families_lead"  # an assessment alone ends it


@pytest.mark.parametrize(
    "born, lead", [({"year": 2007, "month": 5, "day": 4}, "adult_lead"),
                   ({"year": 2011}, "families_lead")],
)  # fmt: skip
@pytest.mark.clause("2.7.6", "2.7.7")
def test_an_age_assessment_ends_the_dispute_and_its_birth_date_counts(
    essex: Cast, born: dict[str, int], lead: str
) -> None:
    story = Story(essex, born=date(2007, 5, 4)).risk_assessed()
    with pytest.raises(Refused, match="not in dispute"):
        ages.assess(story.case, by=acting(essex.adult_lead), said=assessed(born))
    ages.dispute(
        story.case, by=acting(essex.adult_lead), source="The college", why="Looks younger",
        assess_by_date=today(),
    )  # fmt: skip
    assert [task.role for task in waiting(story, "lead_review")] == ["families_lead"]
    ages.assess(story.case, by=acting(essex.families_lead), said=assessed(born))
    story.seen_again()
    assert story.case.led_by == lead
    assert not waiting(story, "seek_age_assessment")
    assert [task.role for task in waiting(story, "lead_review")] == [lead]


def assessed(born: dict[str, int]) -> Any:
    words = "Two social workers, and papers from abroad"
    return ages.disputes.Assessed("Essex County Council", today(), words, born)


# ---- whatever is known, and whenever

KNOWLEDGE = st.one_of(
    st.dates(date(1990, 1, 1), date(2026, 1, 1)).map(
        lambda born: {"year": born.year, "month": born.month, "day": born.day}
    ),
    st.integers(1990, 2025).map(lambda year: {"year": year}),
    st.integers(5, 30).map(lambda age: {"age": age, "age_on_date": date(2026, 3, 1)}),
)


@pytest.mark.clause("1.1.4", "2.7.6", "2.7.7")
def test_after_the_duty_exactly_one_lead_leads_and_no_support_runs_on_a_parents_word(
    essex: Cast,
) -> None:
    story, answered = Story(essex).consented(), today()

    @settings(max_examples=25)
    @given(born=KNOWLEDGE, days=st.integers(0, 700))
    def holds(born: dict[str, Any], days: int) -> None:
        with transaction.atomic():
            ages.add_birth_date(story.case, by=acting(essex.police_officer), source=KNOWN, **born)
            with in_days(days):
                story.seen_again()
                adult = story.case.led_by == "adult_lead"
                if {"year", "month", "day"} <= born.keys():
                    day = comes_of_age(date(born["year"], born["month"], born["day"]))
                    assert adult == (today() >= day)
                since = eighteenth(story.case.person)
                as_a_child = since is not None and answered < since
                states = set(Piece.objects.values_list("state", flat=True))
                waits = adult and as_a_child
                assert states == ({Piece.State.HELD} if waits else {Piece.State.RUNNING})
                seen = [acting(user) and Case.objects.count()
                        for user in (essex.adult_lead, essex.families_lead)]  # fmt: skip
                assert seen == [int(adult), int(not adult)]
            transaction.set_rollback(True)

    holds()
