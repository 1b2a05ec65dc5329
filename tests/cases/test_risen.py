"""The risk of criminality has risen: said by anybody on the case, considered by the police."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import held
from waymark.cases.endings import ending
from waymark.cases.known import risen
from waymark.cases.models import Case, CriminalityRisen, PoliceConsidered, Stage, Task
from waymark.cases.reading.timeline import timeline
from waymark.database.clock import today
from waymark.directory.permission import Refused

pytestmark = pytest.mark.clause("2.8.17", "1.3.7", "2.1.6")
SOON = today() + timedelta(days=7)
OWN_WAYS = "Referred by our own means on Monday"


@pytest.fixture
def story(essex: Cast) -> Story:
    """A case that its area knows of."""
    return Story(essex).risk_assessed()


def say(story: Story, who: Any) -> CriminalityRisen:
    return risen.say_risen(story.case, by=acting(who), words="He asked where to buy parts")


def consider(story: Story, **differs: Any) -> PoliceConsidered:
    said: dict[str, Any] = {
        "escalation": OWN_WAYS, "suits": "It does: he wants to be helped", "follows": "goes_on",
    }  # fmt: skip
    officer = acting(story.cast.police_officer)
    made = risen.consider(story.case, by=officer, **said | differs)
    story.seen_again()
    return made


def waiting(story: Story) -> list[Task]:
    acting(story.cast.police_lead)
    return list(Task.objects.waiting().filter(kind="consider_risen", case=story.case))


@pytest.mark.parametrize("who", ["chair", "vice_chair", "families_lead", "police_officer"])
def test_whoever_writes_on_the_case_says_it_and_the_police_have_it_today(
    story: Story, essex: Cast, who: str
) -> None:
    say(story, getattr(essex, who))
    assert [(one.role, one.due_date) for one in waiting(story)] == [("police_officer", today())]
    assert story.seen_again().case.stage == Stage.LEAD_REVIEW


@pytest.mark.parametrize("who", ["coordinator", "adult_lead", "partner", "panel_member"])
def test_nobody_else_says_it(story: Story, essex: Cast, who: str) -> None:
    with pytest.raises((Refused, Case.DoesNotExist)):
        say(story, getattr(essex, who))
    assert not waiting(story)


@pytest.mark.parametrize(
    "stage", ["screened", "gathered", "reviewed", "partners_answered", "on_panel", "consented"]
)
def test_it_is_said_and_considered_at_any_open_stage(essex: Cast, stage: str) -> None:
    story: Story = getattr(Story(essex), stage)()
    before = story.seen_again().case.stage
    say(story, essex.police_lead)
    consider(story, follows="held", look_again_date=SOON)
    assert (story.case.stage, story.case.held_from) == (Stage.POLICE_HELD, before)
    assert not waiting(story)


def test_what_they_considered_is_read_by_the_police_only(story: Story, essex: Cast) -> None:
    say(story, essex.chair)
    consider(story)
    acting(essex.chair)
    assert not PoliceConsidered.objects.exists()
    lines = timeline(story.case)
    titles = [line.title for line in lines]
    assert "Said that the risk of criminality has risen" in titles
    assert "The police considered it. The case goes on in Channel" in titles
    assert OWN_WAYS not in " ".join(line.text for line in lines)
    acting(essex.police_lead)
    assert OWN_WAYS in " ".join(line.text for line in timeline(story.case))


@pytest.mark.parametrize(
    "said, why",
    [
        ({"escalation": " "}, "what the police considered"),
        ({"suits": ""}, "still suitable for Channel"),
        ({"follows": ""}, "what follows"),
        ({"follows": "held"}, "date to look at the hold again"),
    ],
)
def test_it_is_not_considered_without_words(
    story: Story, essex: Cast, said: dict[str, Any], why: str
) -> None:
    say(story, essex.chair)
    with pytest.raises(Refused, match=rf"{why}.*2\.8\.17"):
        consider(story, **said)
    assert len(waiting(story)) == 1 and not PoliceConsidered.objects.exists()


def test_only_the_police_consider_and_only_what_was_said(story: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="Nobody has said since"):
        consider(story)
    say(story, essex.chair)
    with pytest.raises(Refused, match="for the police to say"):
        risen.consider(
            story.case, by=acting(essex.chair), escalation="x", suits="x", follows="goes_on"
        )


def test_what_is_said_twice_is_one_task_and_considered_together(story: Story, essex: Cast) -> None:
    say(story, essex.chair)
    say(story, essex.families_lead)
    assert len(waiting(story)) == 1
    made = consider(story)
    told = CriminalityRisen.objects.filter(considered_at=made.at, follows="goes_on")
    assert told.count() == 2


def test_a_case_that_is_held_does_not_go_on_by_this(story: Story, essex: Cast) -> None:
    held.hold(story.case, by=acting(essex.police_officer), why="A matter", look_again_date=SOON)
    say(story, essex.chair)
    with pytest.raises(Refused, match="The police hold this case"):
        consider(story)
    consider(story, follows="held")
    assert story.case.stage == Stage.POLICE_HELD and not waiting(story)


def test_no_case_ends_before_the_police_have_considered_it(story: Story, essex: Cast) -> None:
    say(story, essex.chair)
    with pytest.raises(Refused, match="the police have not considered it yet"):
        ending.may_end(story.case)
    consider(story)
    with pytest.raises(Refused, match="significant harm"):
        ending.may_end(story.case)
