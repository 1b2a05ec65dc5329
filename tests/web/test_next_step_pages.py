"""The next step through its pages: blind, both shown, and done where chair and police agree."""

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import WORDS, Desk
from tests.web.police import hidden, plain
from waymark.cases import held
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.panels.models import NextStepOpinion

SECRET = "“Quiet” words 🌱 — select … from; post"
OTHERS = ["outsider", "administrator", "auditor", "partner", "provider", "adult_lead"]


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).at_next_step())


def pages(desk: Desk, user: object) -> str:
    """The whole HTML of all pages on which the other's opinion could be read."""
    found = [
        desk.at(user).get(page, desk.reference).text
        for page in ("next_step", "case", "case_timeline")
    ]
    return "\n".join(found)


@pytest.mark.clause("2.7.11")
def test_the_first_opinion_is_nowhere_to_be_read_by_the_second(desk: Desk, essex: Cast) -> None:
    desk.say_next_step(essex.chair, why=SECRET, grounds="Grounds of the first")
    seen = pages(desk, essex.police_lead)
    assert "words 🌱" not in seen and "Grounds of the first" not in seen
    assert essex.chair.name not in desk.at(essex.police_lead).get("next_step", desk.reference).text
    own = desk.at(essex.chair).text("next_step", desk.reference)
    assert SECRET in own and "not shown to you before both are given" in own


@pytest.mark.clause("2.7.11")
def test_where_they_differ_both_see_both_and_nothing_moves(desk: Desk, essex: Cast) -> None:
    desk.say_next_step(essex.chair, why=SECRET)
    desk.say_next_step(essex.police_lead, "safeguarding", why="An assessment is under way")
    assert desk.stage() == Stage.NEXT_STEP
    for user in (essex.chair, essex.police_lead):
        page = desk.at(user).text("next_step", desk.reference)
        assert SECRET in page and "An assessment is under way" in page
        assert "They differ" in page
        assert "Say again what the next step should be" in desk.at(user).text("home")


@pytest.mark.clause("2.7.11")
@pytest.mark.parametrize(
    ("outcome", "stage"),
    [
        ("panel", Stage.PANEL),
        ("safeguarding", Stage.NEXT_STEP),
        ("partner_checks", Stage.PARTNER_CHECKS),
        ("second_risk", Stage.SECOND_RISK),
    ],
)
def test_what_both_say_is_done(desk: Desk, essex: Cast, outcome: str, stage: str) -> None:
    desk.say_next_step(essex.vice_chair, outcome)
    desk.say_next_step(essex.police_officer, outcome)
    assert desk.stage() == stage
    page = desk.at(essex.police_lead).text("next_step", desk.reference)
    assert "Both said the same." in page


def test_nobody_says_it_twice(desk: Desk, essex: Cast) -> None:
    desk.say_next_step(essex.chair)
    again = desk.at(essex.chair).text("next_step_said", desk.reference, "panel")
    assert "You have already said what the next step is (2.7.11)" in again
    other = desk.at(essex.vice_chair).text("next_step", desk.reference)
    assert "Said for your organisation" in other


@pytest.mark.clause("2.5.12", "2.5.13")
def test_no_further_action_waits_for_what_must_be_before_an_end(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.chair).text("next_step_said", desk.reference, "no_further_action")
    assert "not settled whether significant harm is suspected and who raises it (2.5.13)" in page
    missing = desk.refused(
        essex.chair, "before_an_end", desk.reference, harm_suspected="yes",
        harm_considered=WORDS, signposted=" ",
    )  # fmt: skip
    assert "Enter who raises it with social care" in missing
    assert "Enter which other help the person is pointed to" in missing and WORDS in missing
    desk.settle_the_end()
    for user in (essex.chair, essex.police_lead):
        desk.say_next_step(user, "no_further_action")
    assert desk.stage() == Stage.NO_FURTHER_ACTION


@pytest.mark.lesson("R34")
def test_no_end_without_a_word_on_telling_the_person(desk: Desk, essex: Cast) -> None:
    desk.done(
        essex.chair, "before_an_end", desk.reference, harm_suspected="no",
        harm_considered=WORDS, signposted=WORDS,
    )  # fmt: skip
    page = desk.at(essex.chair).text("next_step_said", desk.reference, "no_further_action")
    assert "It is not recorded whether the person was told" in page
    desk.done(
        essex.chair, "told", desk.reference, told="yes", words=WORDS, by_whom="The lead",
        promised="A call", **{"on_date-day": 1, "on_date-month": 6, "on_date-year": 2099},
    )  # fmt: skip
    assert "Keep a promise" in desk.at(essex.chair).text("home")
    untold = desk.refused(essex.chair, "told", desk.reference, told="no", words=" ")
    assert "Enter what they were told, or why not yet" in untold


def test_all_that_is_typed_stays_when_something_is_missing(desk: Desk, essex: Cast) -> None:
    page = desk.refused(
        essex.chair, "next_step_said", desk.reference, "panel", why=SECRET, grounds="", stated_by=""
    )
    assert SECRET in page
    assert "Enter the grounds to believe that the person is vulnerable" in page
    assert not NextStepOpinion.objects.exists()


def test_somebody_quicker_is_named_and_nothing_is_overwritten(desk: Desk, essex: Cast) -> None:
    opened = desk.at(essex.chair).get("next_step_said", desk.reference, "panel")
    officer = acting(essex.police_officer)
    held.hold(desk.story.case, by=officer, why="A new suspicion", look_again_date=today())
    desk.at(essex.chair)
    sent = {"why": SECRET, "grounds": "The school’s", "stated_by": "Inspector Hill"}
    address = opened.request["PATH_INFO"]
    answer = desk.client.post(address, hidden(opened) | sent)
    page = plain(answer)
    assert f"was changed by {essex.police_officer.name}" in page and "Held by the police" in page
    assert SECRET in page and "The school’s" in page
    again = desk.client.post(address, hidden(answer) | sent)
    assert "cannot be done while the case stands at “Held by the police”" in plain(again)
    assert desk.stage() == Stage.POLICE_HELD


@pytest.mark.parametrize("who", OTHERS)
def test_for_others_the_pages_do_not_exist(desk: Desk, essex: Cast, who: str) -> None:
    for page in ("next_step", "before_an_end", "told", "exit", "review_after_exit", "consent"):
        assert desk.at(getattr(essex, who)).get(page, desk.reference).status_code == 404


def test_another_area_cannot_tell_that_the_case_exists(
    desk: Desk, essex: Cast, thurrock: Cast
) -> None:
    unseen = desk.at(thurrock.chair).get("next_step", desk.reference)
    absent = desk.at(thurrock.chair).get("next_step", "00000000")
    assert unseen.status_code == absent.status_code == 404
    assert unseen.content == absent.content


def test_continuing_without_a_choice_says_what_to_select(desk: Desk, essex: Cast) -> None:
    chair = desk.at(essex.chair)
    assert "There is a problem" not in chair.text("next_step", desk.reference)
    page = chair.text("next_step", desk.reference, query="?answered=yes")
    assert "There is a problem" in page and "Select what the next step should be" in page


def yours(desk: Desk, user: object) -> str:
    """What waits for this person, of all that their home shows."""
    return desk.at(user).text("home").split("Waiting for others")[0]


def test_home_asks_each_post_for_its_own_opinion(desk: Desk, essex: Cast) -> None:
    act = "Say what the next step should be"
    assert act in yours(desk, essex.chair)
    desk.say_next_step(essex.chair)
    assert act not in yours(desk, essex.chair)
    assert act in yours(desk, essex.police_lead)
    desk.say_next_step(essex.police_lead)
    assert act not in yours(desk, essex.police_lead)
    assert "Write the plan" in yours(desk, essex.families_lead)
    case = desk.at(essex.families_lead).text("case", desk.reference)
    assert "Write the plan" in case and "None is written" in case
