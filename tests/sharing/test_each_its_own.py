"""Each organisation is asked in its own words, at partner checks and later on."""

from typing import Any

import pytest

from tests.cast import Cast, acting
from tests.sharing.steps import NOTHING, ask, says
from tests.story import Story
from waymark.cases.models import Stage, Task
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.sharing import checks, reading, replies, requests
from waymark.sharing.models import Request
from waymark.sharing.requests import Own


@pytest.mark.clause("1.3.3", "2.7.8")
def test_each_organisation_is_asked_what_is_its_own(
    story: Story, essex: Cast, clinic: User
) -> None:
    school, health = essex.partner.organisation, clinic.organisation
    own = {health: Own(["Is he under treatment?", " "], "For his safety")}
    ours, theirs = ask(story, school, health, items=["Since when?"], own=own)
    assert [item.words for item in ours.items.all()] == ["Since when?"]
    assert [item.words for item in theirs.items.all()] == ["Since when?", "Is he under treatment?"]
    assert (ours.words, theirs.words) == ("To see what helps", "For his safety")
    acting(essex.partner)
    assert not Request.objects.filter(words="For his safety").exists()


def test_who_is_asked_nothing_of_its_own_and_nothing_with_the_others_is_not_asked(
    story: Story, essex: Cast, clinic: User
) -> None:
    own = {clinic.organisation: Own(["Is he under treatment?"])}
    with pytest.raises(Refused, match="Nothing is asked of Essex Academy"):
        ask(story, essex.partner.organisation, clinic.organisation, items=[], own=own)
    (made,) = ask(story, clinic.organisation, items=[], own=own)
    assert made.items.count() == 1


def test_only_those_who_were_asked_a_question_stand_beside_it(
    story: Story, essex: Cast, clinic: User
) -> None:
    own = {clinic.organisation: Own(["Is he under treatment?"])}
    ask(story, essex.partner.organisation, clinic.organisation, own=own)
    acting(essex.police_officer)
    beside = reading.beside(story.case, reading.requests_of(story.case))
    assert [(one.words, len(one.sides)) for one in beside] == [
        ("Why?", 2), ("Is he under treatment?", 1),
    ]  # fmt: skip


# ---- once more, and later on


def test_who_has_answered_is_asked_once_more_in_the_same_round(story: Story, essex: Cast) -> None:
    school = essex.partner.organisation
    (first,) = ask(story, school)
    says(first, essex.partner, "Nine days")
    (second,) = ask(story, school, items=["Which days?"])
    acting(essex.police_officer)
    assert checks.still_without_answer(story.case) == [school]
    replies.answer(second, by=acting(essex.partner), answering=NOTHING)
    acting(essex.police_officer)
    assert checks.still_without_answer(story.case) == []


@pytest.mark.parametrize("step", ["second_risk", "panel", "supported"])
@pytest.mark.clause("2.9.4")
def test_what_is_still_not_known_is_asked_later_and_read_by_itself(essex: Cast, step: str) -> None:
    story = Story(essex).partners_answered()
    if step == "panel":
        story.on_panel()
    elif step == "supported":
        story.consented()
    assert story.case.stage == step
    (made,) = ask(story, essex.partner.organisation, items=["And since?"])
    assert made.stage == step
    to_read = Task.objects.waiting().get(kind="read_answer")
    assert to_read.object_id == made.pk and to_read.due_date > made.due_date
    with pytest.raises(Refused, match="still not answered"):
        checks.read_answer(made, by=acting(essex.police_officer))
    replies.answer(made, by=acting(essex.partner), answering=NOTHING)
    with pytest.raises(Refused, match="not yours to do"):
        checks.read_answer(made, by=acting(essex.chair))
    checks.read_answer(made, by=acting(essex.police_officer))
    made.refresh_from_db()
    assert made.closed_at is not None
    assert not Task.objects.waiting().filter(kind="read_answer").exists()
    acting(essex.partner)
    assert not Request.objects.filter(pk=made.pk).exists()


def test_asking_later_is_the_polices_and_not_at_every_stage(essex: Cast) -> None:
    story = Story(essex).partners_answered()
    asking = requests.Asking("Robin", "To see", ["Why?"])
    whom: dict[Any, Any] = {essex.partner.organisation: None}
    with pytest.raises(Refused, match="Asking partners is not yours to do"):
        requests.ask(story.case, by=acting(essex.chair), asking=asking, organisations=whom)
    story.second_risk()
    with pytest.raises(Refused, match="stands at “Next step”"):
        ask(story, essex.partner.organisation)


def test_finishing_the_checks_leaves_what_was_asked_later(essex: Cast, clinic: User) -> None:
    story = Story(essex).partners_answered()
    (later,) = ask(story, clinic.organisation)
    story.next_step_agreed("partner_checks")
    assert story.case.stage == Stage.PARTNER_CHECKS
    with pytest.raises(Refused, match="No partner has been asked yet"):
        checks.finish_checks(
            story.case, by=acting(essex.police_officer), why="Done", without_answer={}
        )
    with pytest.raises(Refused, match="Essex Clinic has been asked already"):
        ask(story, clinic.organisation)
    (now,) = ask(story, essex.partner.organisation)
    replies.answer(now, by=acting(essex.partner), answering=NOTHING)
    checks.finish_checks(story.case, by=acting(essex.police_officer), why="Done", without_answer={})
    later.refresh_from_db()
    assert later.closed_at is None and later.due_date >= today()
