"""An exit through its pages: recommended, endorsed by two on one text, reviewed afterwards."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.panel_steps import LOOKED
from tests.story import Story
from tests.web.panel import WORDS, Desk, day
from waymark.cases.models import Stage
from waymark.database import clock
from waymark.database.clock import today
from waymark.panels.models import EndOpinion, EndProposal

SECRET = "“Quiet” words 🌱 of the first"


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).exit_recommended())


@pytest.fixture
def exited(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).exited())


@pytest.mark.clause("2.8.14", "2.8.15")
def test_the_first_opinion_is_hidden_until_both_are_given(desk: Desk, essex: Cast) -> None:
    sent = {"decision": "endorse", "why": SECRET, "left_open": WORDS}
    desk.done(essex.vice_chair, "exit", desk.reference, **sent)
    assert desk.stage() == Stage.EXIT_RECOMMENDED
    for page in ("exit", "case", "case_timeline"):
        html = desk.at(essex.police_lead).get(page, desk.reference).text
        assert "words 🌱" not in html and "Endorses it" not in html
    own = desk.at(essex.vice_chair).text("exit", desk.reference)
    assert SECRET in own and "not shown to you before both are given" in own
    falls = desk.at(essex.police_lead).text("exit", desk.reference)
    assert "What ends once both have endorsed it" in falls and essex.provider.name in falls
    desk.endorse(essex.police_lead)
    assert "The case has ended" in desk.at(essex.police_lead).text("home")
    assert desk.stage() == Stage.EXITED
    both = desk.at(essex.police_lead).text("exit", desk.reference)
    assert SECRET in both and "The risk is managed" in both
    assert "Both have endorsed this end" in both


@pytest.mark.clause("2.8.16")
def test_one_refusal_sends_it_back_for_a_new_plan(desk: Desk, essex: Cast) -> None:
    page = desk.refused(essex.police_lead, "exit", desk.reference, decision="refuse", why=" ")
    assert "Enter why you decide so" in page
    desk.endorse(essex.police_lead, "refuse")
    assert desk.stage() == Stage.PANEL
    plan = desk.at(essex.families_lead).text("plan", desk.reference)
    assert "Write the next version" in plan


@pytest.mark.clause("2.8.15")
@pytest.mark.lesson("R20")
def test_writer_same_body_and_changed_text_do_not_count(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.chair).text("exit", desk.reference)
    assert "You wrote this recommendation yourself (2.8.15)" in page
    assert "Read the exit that is proposed" in desk.at(essex.chair).text("case", desk.reference)
    assert "Decide on the exit" in desk.at(essex.vice_chair).text("case", desk.reference)
    desk.endorse(essex.vice_chair)
    twice = desk.at(essex.vice_chair).text("exit", desk.reference)
    assert "You have already decided on this end (2.8.15)" in twice
    desk.done(essex.vice_chair, "restate_exit", desk.reference, reasons="In other words")
    acting(essex.chair)
    assert EndProposal.objects.filter(outcome="lapsed").count() == 1
    page = desk.at(essex.police_lead).text("exit", desk.reference)
    assert "In other words" in page
    desk.endorse(essex.police_lead)
    assert desk.stage() == Stage.EXIT_RECOMMENDED


@pytest.mark.clause("2.5.13")
@pytest.mark.lesson("R34")
def test_an_exit_waits_for_harm_considered_and_the_person_told(client: Client, essex: Cast) -> None:
    story = Story(essex).consented()
    story.sessions_held().needs_disposed()
    story.decided("exit_recommended")
    desk = Desk(client, story)
    page = desk.at(essex.police_lead).text("exit", desk.reference)
    assert "Before it can be endorsed" in page and "(2.5.13)" in page
    said = {"decision": "endorse", "why": SECRET, "left_open": WORDS}
    page = desk.refused(essex.police_lead, "exit", desk.reference, **said)
    assert "whether significant harm is suspected and who raises it (2.5.13)" in page
    assert SECRET in page
    desk.settle_the_end()
    desk.endorse(essex.police_lead)
    acting(essex.police_lead)
    assert EndOpinion.objects.count() == 1


def test_no_end_is_decided_where_none_is_proposed(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).on_panel())
    page = desk.at(essex.chair).text("exit", desk.reference)
    assert "No end of this case is proposed (2.8.14)" in page
    assert desk.at(essex.outsider).get("exit", desk.reference).status_code == 404


def test_of_a_text_that_changed_the_page_says_so(desk: Desk, essex: Cast) -> None:
    opened = desk.at(essex.police_lead).get("exit", desk.reference)
    assert opened.status_code == 200
    desk.done(essex.vice_chair, "restate_exit", desk.reference, reasons="In other words")
    newest = desk.at(essex.police_lead).text("exit", desk.reference)
    assert "In other words" in newest


@pytest.mark.clause("2.8.18")
@pytest.mark.lesson("R21")
def test_a_missed_review_is_listed_and_a_late_one_says_late(exited: Desk, essex: Cast) -> None:
    page = exited.at(essex.chair).text("review_after_exit", exited.reference)
    assert "It is too early for this review (2.8.18)" in page
    clock.set_offset(timedelta(days=200))
    try:
        assert "Review after an exit" in exited.at(essex.chair).text("home")
        late = exited.at(essex.chair).text("review_after_exit", exited.reference)
        empty = exited.refused(
            essex.chair, "review_after_exit", exited.reference,
            **LOOKED | {"asked": WORDS, "words": ""}, result="further",
        )  # fmt: skip
        exited.done(
            essex.chair, "review_after_exit", exited.reference,
            **LOOKED | {"words": "Settled"}, result="nothing_new",
        )  # fmt: skip
        held = exited.at(essex.chair).text("review_after_exit", exited.reference)
    finally:
        clock.set_offset(timedelta())
    assert "working days overdue" in late
    assert "Enter what was found" in empty and "Enter the day of the further review" in empty
    assert WORDS in empty
    assert ", late: Nothing new" in held and "Settled" in held


@pytest.mark.clause("2.8.18")
def test_any_review_can_re_open_the_case(exited: Desk, essex: Cast) -> None:
    exited.review_after(days=190, result="reopen")
    assert exited.stage() == Stage.PANEL
    page = exited.at(essex.chair).text("case", exited.reference)
    assert "Panel" in page


def test_a_further_review_is_dated_within_two_years(exited: Desk, essex: Cast) -> None:
    clock.set_offset(timedelta(days=190))
    try:
        said = LOOKED | {"words": "Unclear", "result": "further"}
        far = day("further_date", today() + timedelta(days=1200))
        page = exited.refused(
            essex.chair, "review_after_exit", exited.reference, **said, **far
        )  # fmt: skip
        assert "at the latest 24 months after the end (2.8.18)" in page and "Unclear" in page
        other = exited.at(essex.police_lead).text("review_after_exit", exited.reference)
        assert "This review is not yours to hold (2.8.18)" in other
    finally:
        clock.set_offset(timedelta())
