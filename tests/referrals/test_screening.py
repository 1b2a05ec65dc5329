"""Screening: every person referred gets an outcome, and nothing is lost on the way."""

import pytest

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.models import Case, Stage, Task
from waymark.directory.permission import Refused
from waymark.referrals.deciding import screening
from waymark.referrals.models import Referral, Subject


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex)


def test_a_referral_waits_as_a_task_for_the_police(story: Story, essex: Cast) -> None:
    story.referred()
    task = Task.objects.get(subject_id=story.subject.pk)
    assert (task.kind, task.role, task.done_at) == ("screen", "police_officer", None)
    acting(essex.police_officer)
    assert list(Task.objects.waiting().of(essex.police_officer)) == [task]


def test_a_new_case_is_held_by_the_screener(story: Story, essex: Cast) -> None:
    story.screened()
    case = Case.objects.get(pk=story.case.pk)
    assert case.stage == Stage.GATHERING
    assert [held.user for held in case.holders.filter(until_at=None)] == [essex.police_officer]
    assert not Task.objects.waiting().filter(subject_id=story.subject.pk).exists()


@pytest.mark.parametrize("who", ["outsider", "chair", "coordinator", "administrator", "auditor"])
def test_others_do_not_know_of_it(story: Story, essex: Cast, who: str) -> None:
    story.screened()
    user = acting(getattr(essex, who))
    assert Case.objects.count() == Case.objects.visible_to(user).count() == 0
    assert Referral.objects.count() == Subject.objects.count() == 0


def test_not_prevent_says_to_whom_a_safeguarding_matter_was_passed(
    story: Story, essex: Cast
) -> None:
    story.referred().taken()
    ending = story.decision("not_prevent", reason="safeguarding")
    with pytest.raises(Refused, match=r"passed on \(2\.5\.13\)"):
        screening.decide(story.subject, by=essex.police_officer, decision=ending)
