"""What the police make of each answer, and of two that do not fit: followed, never edited."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, acting
from tests.sharing.steps import ask, says
from tests.story import Story
from waymark.cases.models import Stage, Task
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.sharing import checks, contradictions, reading, weighing
from waymark.sharing.models import Contradiction, ItemAnswered, Mark, SaidBeyond
from waymark.sharing.told import told
from waymark.sharing.weighing import Marking

SOON = today() + timedelta(days=3)


@pytest.fixture
def answers(story: Story, essex: Cast, clinic: User) -> list[ItemAnswered]:
    """The school's and the clinic's answers to one question."""
    ours, theirs = ask(story, essex.partner.organisation, clinic.organisation)
    first = says(ours, essex.partner, "Away all spring", beyond="He has a dog")
    return [first, says(theirs, clinic, "Seen every week in spring")]


def marked(story: Story, *markings: Marking) -> list[Mark]:
    return weighing.mark(story.case, by=acting(story.cast.police_officer), markings=markings)


# ---- marks


@pytest.mark.clause("2.7.9")
@pytest.mark.lesson("R8")
def test_a_mark_is_followed_and_both_stay(
    story: Story, essex: Cast, answers: list[ItemAnswered]
) -> None:
    school, clinic = answers
    to_check = Marking(school, "to_check", "Ask the form tutor", essex.police_lead, SOON)
    marked(story, to_check, Marking(clinic, "used"))
    task = Task.objects.waiting().get(kind="check_answer")
    assert (task.user, task.due_date) == (essex.police_lead, SOON)
    marked(story, Marking(school, "not_relevant"))
    assert [one.state for one in school.marks.all()] == ["to_check", "not_relevant"]
    assert not Task.objects.waiting().filter(kind="check_answer").exists()
    acting(essex.chair)
    stands = {one.row.pk: one.mark for one in told(reading.requests_of(story.case))}
    assert stands[clinic.pk] is not None and stands[clinic.pk].in_words == "Used"


def test_what_was_said_beyond_the_questions_is_marked_too(
    story: Story, answers: list[ItemAnswered]
) -> None:
    acting(story.cast.police_officer)
    (beyond,) = SaidBeyond.objects.all()
    marked(story, Marking(beyond, "used"))
    acting(story.cast.police_officer)
    assert beyond.marks.get().state == "used"


@pytest.mark.parametrize(
    "words, who, day, why",
    [
        ("", "police_lead", SOON, "what is to be checked"),
        ("Ask", "outsider", SOON, "Nobody who works on this case"),
        ("Ask", "", SOON, "Nobody who works on this case"),
        ("Ask", "police_lead", None, "date to check it by"),
    ],
)
def test_what_is_to_be_checked_says_what_who_and_when(
    story: Story, essex: Cast, answers: list[ItemAnswered], words: str, who: str, day: Any,
    why: str,
) -> None:  # fmt: skip
    whom = getattr(essex, who) if who else None
    with pytest.raises(Refused, match=why):
        marked(story, Marking(answers[0], "to_check", words, whom, day))
    acting(essex.police_officer)
    assert not Mark.objects.exists()


def test_marking_is_the_polices_and_a_partner_sees_no_mark(
    story: Story, essex: Cast, answers: list[ItemAnswered]
) -> None:
    with pytest.raises(Refused, match="not yours to do"):
        weighing.mark(story.case, by=acting(essex.chair), markings=[Marking(answers[0], "used")])
    with pytest.raises(Refused, match="No answer is marked"):
        marked(story)
    with pytest.raises(Refused, match="what becomes of an answer"):
        marked(story, Marking(answers[0], "left", "Later"))
    marked(story, Marking(answers[0], "used"))
    for who in (essex.partner, essex.coordinator, essex.outsider):
        acting(who)
        assert not Mark.objects.exists()


@pytest.mark.clause("2.7.9")
def test_checks_are_finished_with_each_answer_marked_or_one_reason_for_the_rest(
    story: Story, essex: Cast, answers: list[ItemAnswered]
) -> None:
    marked(story, Marking(answers[0], "used"))
    with pytest.raises(Refused, match=r"Nobody has marked some of the answers \(2\.7\.9\)"):
        checks.finish_checks(
            story.case, by=acting(essex.police_officer), why="Done", without_answer={}
        )
    checks.finish_checks(
        story.case, by=acting(essex.police_officer), why="Done", without_answer={},
        unmarked_why="Weighed with the factors",
    )  # fmt: skip
    assert story.seen_again().case.stage == Stage.SECOND_RISK
    left = Mark.objects.filter(state="left")
    assert {one.words for one in left} == {"Weighed with the factors"} and left.count() == 2


# ---- what does not fit


@pytest.mark.clause("2.3.5")
@pytest.mark.lesson("R16")
def test_two_answers_that_contradict_each_other_are_named_and_followed(
    story: Story, essex: Cast, answers: list[ItemAnswered]
) -> None:
    officer = acting(essex.police_officer)
    first = contradictions.contradicts(
        story.case, by=officer, answers=answers, words="Away, or seen weekly?", done="Both asked"
    )
    for who in (essex.chair, essex.families_lead):
        acting(who)
        (one,) = reading.beside(story.case, reading.requests_of(story.case))
        (said,) = one.contradictions
        assert said.between == "Essex Academy and Essex Clinic"
    with pytest.raises(Refused, match="said already"):
        contradictions.contradicts(
            story.case, by=acting(officer), answers=answers[::-1], words="Again", done="Asked"
        )
    contradictions.follow(first, by=officer, state="settled", done="The clinic meant last year")
    with pytest.raises(Refused, match="followed this already"):
        contradictions.follow(first, by=officer, state="open", done="Asked again")
    (stands,) = contradictions.standing(story.case)
    assert (stands.stands.state, Contradiction.objects.count()) == ("settled", 2)


def test_only_two_answers_to_one_question_contradict_each_other(
    story: Story, essex: Cast, answers: list[ItemAnswered]
) -> None:
    officer = acting(essex.police_officer)
    for chosen, words, done, why in (
        (answers[:1], "x", "y", "Two answers contradict"),
        (answers, " ", "y", "what does not fit"),
        (answers, "x", "", "what is done about it"),
    ):
        with pytest.raises(Refused, match=why):
            contradictions.contradicts(
                story.case, by=officer, answers=chosen, words=words, done=done
            )
    with pytest.raises(Refused, match="not yours to do"):
        contradictions.contradicts(
            story.case, by=acting(essex.chair), answers=answers, words="x", done="y"
        )
