"""Reviews after an end: done when written, late when late; any may re-open the case (R21)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, acting
from tests.panel_steps import LOOKED, clock_moved
from tests.story import Story
from waymark.cases.models import Case, Stage, Task
from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.panels.endings import reviews
from waymark.panels.endings.extensions import waiting_extension
from waymark.panels.models import ReviewAfterExit

SAID = reviews.Looked(result="nothing_new", **LOOKED)


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).exited()


def test_a_review_is_not_held_long_before_it_is_due(story: Story, essex: Cast) -> None:
    first = reviews.waiting_reviews(story.case)[0]
    with pytest.raises(Refused, match="too early"):
        reviews.hold_review(first, by=acting(essex.chair), said=SAID)


def test_the_last_review_closes_the_case_to_its_area(story: Story, essex: Cast) -> None:
    story.reviewed_after_exit()
    assert story.case.closed_date is None
    last = reviews.waiting_reviews(story.case)[0]
    away = (last.due_date - today()).days
    with clock_moved(away):
        reviews.hold_review(last, by=acting(essex.chair), said=SAID)
        assert Case.objects.get().closed_date == today()
    with clock_moved(away + 1):
        acting(essex.chair)
        assert not Case.objects.exists()
    with clock_moved(away + 60):
        acting(essex.police_officer)
        assert not Case.objects.exists()


@pytest.mark.lesson("R21")
def test_a_missed_review_is_overdue_and_a_late_entry_says_so(story: Story, essex: Cast) -> None:
    first = reviews.waiting_reviews(story.case)[0]
    with clock_moved(400):
        chair = acting(essex.chair)
        overdue = [each for each in Task.objects.waiting().of(chair) if each.is_overdue(today())]
        assert [each.object_id for each in overdue if each.kind == "review_after_exit"]
        reviews.hold_review(first, by=chair, said=SAID)
    first.refresh_from_db()
    assert first.late is True


def test_a_review_on_its_day_is_not_late(story: Story) -> None:
    story.reviewed_after_exit()
    assert ReviewAfterExit.objects.filter(state="held").get().late is False


def test_a_further_review_is_at_most_24_months_after_the_end_and_agreed_by_two(
    story: Story, essex: Cast
) -> None:
    with pytest.raises(Refused, match="at the latest 24 months"):
        story.reviewed_after_exit("further", further_date=today() + timedelta(days=800))
    story.seen_again().reviewed_after_exit("further", further_date=today() + timedelta(days=700))
    assert len(reviews.waiting_reviews(story.case)) == 1
    asked = waiting_extension(story.case)
    assert asked is not None
    for user in (essex.chair, essex.vice_chair):
        with pytest.raises(Refused, match=r"proposed this yourself|not yours to decide"):
            reviews.decide_extension(asked, by=acting(user), agrees=True, why="Needed")
    reviews.decide_extension(asked, by=acting(essex.police_lead), agrees=True, why="Needed")
    assert len(reviews.waiting_reviews(story.case)) == 2


def test_a_review_re_opens_the_case_at_the_panel(story: Story) -> None:
    story.reviewed_after_exit("reopen", words="New worries from the school")
    assert story.case.stage == Stage.PANEL
    assert not reviews.waiting_reviews(story.case)
    assert not Task.objects.waiting().filter(kind="review_after_exit").exists()


@pytest.mark.parametrize(
    "differs, why",
    [({"asked": " "}, "who was asked"), ({"words": ""}, "what the review found")],
)
def test_a_review_is_done_only_when_it_is_written(
    story: Story, differs: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        story.reviewed_after_exit(**differs)
    review = reviews.waiting_reviews(story.case)[0]
    with pytest.raises(IntegrityError, match="review_held_only_when"), transaction.atomic():
        ReviewAfterExit.objects.filter(pk=review.pk).update(state="held")
    assert not ReviewAfterExit.objects.filter(state="held").exists()


@pytest.mark.parametrize("who", ["police_lead", "families_lead"])
def test_others_do_not_hold_reviews(story: Story, essex: Cast, who: str) -> None:
    first = reviews.waiting_reviews(story.case)[0]
    user = getattr(essex, who)
    with clock_moved(200), pytest.raises((Refused, Case.DoesNotExist)):
        reviews.hold_review(first, by=acting(user), said=SAID)
    acting(essex.chair)
    assert not ReviewAfterExit.objects.filter(state="held").exists()
