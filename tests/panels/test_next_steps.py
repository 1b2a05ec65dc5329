"""Chair and police agree the next step: blind, two people of two organisations (2.7.11)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import held
from waymark.cases.models import Case, Stage, Task
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.directory.permission import Changed, Refused, permits
from waymark.panels import next_steps
from waymark.panels.models import NextStep, NextStepOpinion


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).at_next_step()


def say(story: Story, user: Any, outcome: str = "panel", **differs: Any) -> NextStep:
    said = story.opinion(outcome, **differs)
    return next_steps.give_opinion(story.case, by=acting(user), said=said)


def stage_of(story: Story) -> str:
    story.seen_again()
    return story.case.stage


@pytest.mark.parametrize(
    "outcome, stage",
    [
        ("panel", Stage.PANEL),
        ("no_further_action", Stage.NO_FURTHER_ACTION),
        ("safeguarding", Stage.NEXT_STEP),
        ("partner_checks", Stage.PARTNER_CHECKS),
        ("second_risk", Stage.SECOND_RISK),
    ],
)
def test_both_the_same_moves_the_case(story: Story, outcome: str, stage: Stage) -> None:
    story.next_step_agreed(outcome)
    assert story.case.stage == stage
    assert NextStep.objects.get().agreed is True


def test_one_alone_moves_nothing(story: Story, essex: Cast) -> None:
    say(story, essex.chair)
    assert stage_of(story) == Stage.NEXT_STEP


def test_neither_sees_the_others_opinion_before_giving_theirs(story: Story, essex: Cast) -> None:
    say(story, essex.chair, "panel")
    acting(essex.police_lead)
    assert not NextStepOpinion.objects.exists()
    acting(essex.vice_chair)
    assert NextStepOpinion.objects.count() == 1
    say(story, essex.police_lead, "safeguarding")
    assert NextStepOpinion.objects.count() == 2
    acting(essex.chair)
    assert NextStepOpinion.objects.count() == 2


def test_those_who_differ_are_both_told_and_give_it_again(story: Story, essex: Cast) -> None:
    say(story, essex.chair, "panel")
    say(story, essex.police_officer, "safeguarding")
    assert stage_of(story) == Stage.NEXT_STEP
    for user in (essex.chair, essex.police_lead):
        acting(user)
        assert Task.objects.waiting().of(user).filter(kind="say_again").exists()
    say(story, essex.chair, "safeguarding")
    say(story, essex.police_officer, "safeguarding", again_date=today() + timedelta(days=5))
    story.seen_again()
    agreed = NextStep.objects.order_by("number").values_list("agreed", flat=True)
    assert list(agreed) == [False, True]
    assert NextStepOpinion.objects.count() == 4
    again = Task.objects.waiting().filter(kind="decide_again")
    assert {task.due_date for task in again} == {today() + timedelta(days=5)}
    assert {task.role for task in again} == {"chair", "police_lead"}
    assert not Task.objects.waiting().filter(kind__in=("say_again", "next_step")).exists()


def asked(story: Story, user: Any) -> set[str]:
    """The kinds of task that ask `user` for the next step of this case."""
    acting(user)
    mine = Task.objects.waiting().of(user).filter(case=story.case, kind__in=next_steps.ASKED_BY)
    return set(mine.values_list("kind", flat=True))


def test_who_has_said_theirs_is_asked_no_more_and_the_other_post_is(
    story: Story, essex: Cast
) -> None:
    assert asked(story, essex.chair) == {"next_step"}
    say(story, essex.chair)
    assert asked(story, essex.chair) == set()
    assert asked(story, essex.police_lead) == {"next_step"}
    say(story, essex.police_lead, "safeguarding")
    for user in (essex.chair, essex.police_lead):
        assert asked(story, user) == {"say_again"}


def test_what_was_to_be_decided_again_waits_no_longer_once_there_is_a_panel(
    story: Story, essex: Cast
) -> None:
    story.next_step_agreed("safeguarding")
    for user in (essex.chair, essex.police_lead):
        assert asked(story, user) == {"decide_again"}
    story.next_step_agreed("panel")
    assert not Task.objects.waiting().filter(kind="decide_again").exists()


def test_a_case_that_comes_to_the_panel_asks_its_lead_for_a_plan(story: Story, essex: Cast) -> None:
    story.next_step_agreed()
    lead = acting(essex.families_lead)
    assert Task.objects.waiting().of(lead).filter(kind="write_plan").count() == 1
    story.planned()
    assert not Task.objects.waiting().filter(kind="write_plan").exists()


def test_one_person_in_both_posts_speaks_once(story: Story, essex: Cast) -> None:
    both = essex.appointed(Role.CHAIR, Role.POLICE_LEAD, of=essex.council)
    say(story, both)
    with pytest.raises(Refused, match="You have already said"):
        say(story, both)
    assert not permits(next_steps.may_give_opinion, both, story.case)


def test_two_of_one_organisation_do_not_agree_with_each_other(story: Story, essex: Cast) -> None:
    police_for_the_council = essex.appointed(Role.POLICE_OFFICER, of=essex.council)
    say(story, essex.chair)
    with pytest.raises(Refused, match="Your organisation has already said"):
        say(story, police_for_the_council)
    assert stage_of(story) == Stage.NEXT_STEP


@pytest.mark.parametrize("who, name", [("chair", "people"), ("vice_chair", "organisations")])
def test_database_keeps_two_people_of_two_organisations_where_a_rule_is_gone_round(
    story: Story, essex: Cast, who: str, name: str
) -> None:
    step = say(story, essex.chair)
    second = acting(getattr(essex, who))
    with pytest.raises(IntegrityError, match="next_step_agreed_by_two"), transaction.atomic():
        NextStepOpinion.objects.create(
            case=story.case, next_step=step, post="police", outcome="no_further_action", why="So",
            by=second, organisation=second.organisation, at=now(), edition="set-2019",
        )  # fmt: skip
    assert step.opinions.count() == 1


def test_nobody_gives_an_opinion_in_anothers_name(story: Story, essex: Cast) -> None:
    step = say(story, essex.chair)
    acting(essex.vice_chair)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        NextStepOpinion.objects.create(
            case=story.case, next_step=step, post="police", outcome="no_further_action", why="So",
            by=essex.police_lead, organisation=essex.police, at=now(), edition="set-2019",
        )  # fmt: skip
    assert step.opinions.count() == 1


@pytest.mark.parametrize(
    "outcome, differs, why",
    [
        ("panel", {"grounds": " "}, "grounds to believe"),
        ("panel", {"stated_by": ""}, "who states the grounds"),
        ("panel", {"why": ""}, "why this is the next step"),
        ("safeguarding", {"again_date": None}, "date to decide again"),
        ("partner_checks", {"again_date": today() - timedelta(days=1)}, "date to decide again"),
        ("arrest", {"again_date": today()}, "No next step is chosen"),
        ("no_further_action", {}, "significant harm is suspected"),
    ],
)
def test_an_opinion_is_not_given_without(
    story: Story, essex: Cast, outcome: str, differs: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        say(story, essex.chair, outcome, **differs)
    assert not NextStepOpinion.objects.exists()


@pytest.mark.parametrize("who", ["families_lead", "adult_lead"])
def test_others_do_not_say_the_next_step(story: Story, essex: Cast, who: str) -> None:
    user = getattr(essex, who)
    with pytest.raises((Refused, Case.DoesNotExist)):
        say(story, user)
    assert stage_of(story) == Stage.NEXT_STEP


def test_what_was_said_lapses_when_the_case_moves(story: Story, essex: Cast) -> None:
    say(story, essex.chair)
    day = today() + timedelta(days=7)
    held.hold(story.case, by=acting(essex.police_officer), why="Risen", look_again_date=day)
    held.release(story.case, by=acting(essex.police_officer), why="Suitable")
    story.seen_again()
    say(story, essex.police_lead)
    assert stage_of(story) == Stage.NEXT_STEP
    say(story, essex.chair)
    assert stage_of(story) == Stage.PANEL


def test_a_version_that_was_overtaken_is_told(story: Story, essex: Cast) -> None:
    seen = story.case.version
    story.next_step_agreed("safeguarding")
    chair = acting(essex.chair)
    with pytest.raises(Changed, match="now stands at: Next step"):
        next_steps.give_opinion(story.case, by=chair, said=story.opinion(), version=seen)


@pytest.mark.parametrize("who", ["outsider", "coordinator", "provider", "partner", "auditor"])
def test_others_see_no_opinion(story: Story, essex: Cast, who: str) -> None:
    story.next_step_agreed()
    acting(getattr(essex, who))
    assert not (NextStep.objects.exists() or NextStepOpinion.objects.exists())
