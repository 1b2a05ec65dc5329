"""An open question is asked of whoever might know it, in one act (2.7.8)."""

import pytest

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from waymark.cases.known import unknown
from waymark.cases.models import OpenQuestion
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused
from waymark.sharing import questions
from waymark.sharing.models import AskedFor, Request
from waymark.sharing.replies import Answer, Answering, answer


@pytest.fixture
def clinic(essex: Cast) -> User:
    become(INSTALLATION)
    return essex.appointed(Role.PARTNER, of=essex.organisation("Clinic", "health"))


def question_for(story: Story, who: User) -> OpenQuestion:
    return unknown.write(
        story.case, by=acting(story.cast.police_officer), words="Since when is sleep bad?",
        organisation=who.organisation,
    )  # fmt: skip


@pytest.mark.clause("2.7.8", "1.3.3")
def test_one_act_asks_the_question_with_what_was_gathered(essex: Cast, clinic: User) -> None:
    story = Story(essex).partners_asked()
    question = question_for(story, clinic)
    made = questions.ask_for(question, by=essex.police_officer)
    assert [item.words for item in made.items.all()] == [question.words]
    assert made.organisation == clinic.organisation
    gathered = story.case.gatherings.last()
    assert gathered is not None and made.about == gathered.to_check_with
    (one,) = questions.with_requests(story.case, [question])
    assert one.request == made
    acting(clinic)
    assert list(Request.objects.all()) == [made]
    assert not AskedFor.objects.exists() and not OpenQuestion.objects.exists()


def test_an_answered_request_is_found_beside_its_question(essex: Cast, clinic: User) -> None:
    story = Story(essex).partners_asked()
    question = question_for(story, clinic)
    made = questions.ask_for(question, by=essex.police_officer)
    item = made.items.get()
    told = Answering("information", held_back=False, items=[Answer(item, "Since May", "Notes")])
    answer(made, by=acting(clinic), answering=told)
    acting(essex.families_lead)
    (one,) = questions.with_requests(story.case, unknown.still_open(story.case)[-1:])
    assert one.request is not None and one.request.answered_at is not None


def test_it_is_not_asked_twice_while_an_answer_is_owed(essex: Cast, clinic: User) -> None:
    story = Story(essex).partners_asked()
    questions.ask_for(question_for(story, clinic), by=essex.police_officer)
    with pytest.raises(Refused, match="has a request that it has not answered"):
        questions.ask_for(question_for(story, clinic), by=essex.police_officer)
    assert AskedFor.objects.count() == 1


def test_who_is_in_no_directory_is_asked_by_people(essex: Cast) -> None:
    story = Story(essex).partners_asked()
    officer = acting(essex.police_officer)
    question = unknown.write(story.case, by=officer, words="Why?", who="An aunt")
    with pytest.raises(Refused, match="An aunt is not in the directory"):
        questions.ask_for(question, by=officer)


def test_a_closed_question_is_not_asked(essex: Cast, clinic: User) -> None:
    story = Story(essex).partners_asked()
    question = question_for(story, clinic)
    unknown.end(question, by=essex.police_officer, how="not_needed", words="Settled")
    with pytest.raises(Refused, match="closed this question already"):
        questions.ask_for(question, by=essex.police_officer)


@pytest.mark.clause("2.4.3", "2.7.8")
def test_nobody_is_asked_before_partners_may_be(essex: Cast, clinic: User) -> None:
    story = Story(essex).gathered()
    with pytest.raises(Refused) as refused:
        questions.ask_for(question_for(story, clinic), by=essex.police_officer)
    assert refused.value.clause == "2.7.8" or refused.value.clause == "2.7.9"
    assert not Request.objects.exists()
