"""Answers marked and compared through pages: by the police, in sight of the chair and the lead."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.sharing.steps import ask, says
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.sharing import checks
from waymark.sharing.models import Contradiction, ItemAnswered, Mark

WORDS = "“Quiet” words 🌱 — select … from; post\nمرحبا"


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).reviewed())


@pytest.fixture
def answers(desk: Desk, essex: Cast) -> list[ItemAnswered]:
    acting(INSTALLATION)
    clinic: User = essex.appointed(Role.PARTNER, of=essex.organisation("Clinic", "health"))
    ours, theirs = ask(desk.story, essex.partner.organisation, clinic.organisation)
    first = says(ours, essex.partner, "Away all spring", beyond="He has a dog")
    return [first, says(theirs, clinic, "Seen every week in spring")]


def to_check(row: ItemAnswered, who: object = "", on: timedelta | None = None) -> dict[str, str]:
    said = {f"state_{row.pk}": "to_check", f"words_{row.pk}": WORDS, "who": str(who)}
    return said | (day("by_date", today() + on) if on else {})


@pytest.mark.clause("2.7.9")
def test_the_police_mark_answers_on_one_page_and_others_see_the_marks(
    desk: Desk, essex: Cast, answers: list[ItemAnswered]
) -> None:
    school, clinic = answers
    page = desk.at(essex.police_officer).text("mark_answers", desk.reference)
    assert "Away all spring" in page and "He has a dog" in page
    half = desk.refused(essex.police_officer, "mark_answers", desk.reference, **to_check(school))
    assert "Select who checks it" in half and "“Quiet” words 🌱" in half
    said = to_check(school, essex.police_lead.pk, timedelta(days=5))
    said |= {f"state_{clinic.pk}": "used"}
    desk.done(essex.police_officer, "mark_answers", desk.reference, **said)
    assert "Check what a partner answered" in desk.at(essex.police_lead).text("home")
    for user in (essex.chair, essex.families_lead):
        seen = desk.at(user).text("partner_checks", desk.reference)
        assert f"To be checked by {essex.police_lead.name}" in seen and "Used" in seen
        assert "Mark the answers" not in seen
    acting(essex.police_officer)
    assert Mark.objects.count() == 2
    again = desk.refused(
        essex.police_officer, "mark_answers", desk.reference,
        **said | {"who": "", f"state_{school.pk}": ""},
    )  # fmt: skip
    assert "No answer is marked (2.7.9)" in again


def test_no_mark_is_seen_by_who_answered_or_by_the_co_ordinator(
    desk: Desk, essex: Cast, answers: list[ItemAnswered]
) -> None:
    desk.done(
        essex.police_officer, "mark_answers", desk.reference, **{f"state_{answers[0].pk}": "used"}
    )
    assert "Used" not in desk.at(essex.partner).text("request", answers[0].reply.request_id)
    page = desk.at(essex.coordinator).text("partner_checks", desk.reference)
    assert "Used" not in page and "Away all spring" not in page
    refused = desk.at(essex.chair).text("mark_answers", desk.reference)
    assert "Weighing what partners answered is not yours to do (2.7.9)" in refused


@pytest.mark.clause("2.3.5")
@pytest.mark.lesson("R16")
def test_what_does_not_fit_stands_beside_the_answers_and_in_what_the_assessment_rests_on(
    desk: Desk, essex: Cast, answers: list[ItemAnswered]
) -> None:
    officer = essex.police_officer
    acting(officer)
    question = answers[0].reply.request.items.get()
    said = {"answers": [str(one.pk) for one in answers], "words": WORDS, "done": "Both are asked"}
    where = ("contradiction", desk.reference, question.pk)
    one = desk.refused(officer, *where, **said | {"answers": [str(answers[0].pk)]})
    assert "Two answers contradict each other" in one and "“Quiet” words 🌱" in one
    desk.done(officer, *where, **said)
    for user in (essex.chair, essex.families_lead):
        page = desk.at(user).text("partner_checks", desk.reference)
        assert "Essex Academy and Essex Clinic" in page and "Both are asked" in page
    acting(officer)
    made = Contradiction.objects.get()
    checks.finish_checks(
        desk.case(), by=acting(officer), why="Done", without_answer={}, unmarked_why="Next"
    )
    rests = desk.at(officer).text("assessment", desk.reference)
    assert "These answers contradict each other" in rests
    desk.done(
        officer, "follow_contradiction", desk.reference, made.pk, state="settled", done="Cleared up"
    )
    page = desk.at(essex.chair).text("partner_checks", desk.reference)
    assert "Settled" in page and "Cleared up" in page


def test_finishing_lists_what_is_not_marked_and_takes_one_reason_for_all(
    desk: Desk, essex: Cast, answers: list[ItemAnswered]
) -> None:
    officer = essex.police_officer
    page = desk.refused(officer, "finish_checks", desk.reference, why=WORDS)
    assert "Essex Academy: Why?" in page and "Essex Academy: Beyond the questions" in page
    assert "Enter why these answers are not marked" in page and "“Quiet” words 🌱" in page
    desk.done(officer, "finish_checks", desk.reference, why=WORDS, unmarked_why="Weighed next")
    assert desk.stage() == Stage.SECOND_RISK
    page = desk.at(essex.chair).text("partner_checks", desk.reference)
    assert "Not marked when the checks were finished: Weighed next" in page


def test_more_is_asked_from_the_case_after_the_checks(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_answered()
    page = Desk(client, story).at(essex.police_officer)
    assert "Ask a partner what is still not known" in page.text("case", story.case.reference)
    assert "Choose whom to ask" in page.text("ask_partners", story.case.reference)
