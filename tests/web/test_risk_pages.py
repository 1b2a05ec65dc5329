"""The risk record on its page, before the panel and on paper; a risen risk; a hold that lapses."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import Pages
from tests.web.risk import OF_EACH, risk_sent
from tests.web.test_assessment_papers import words_of
from tests.web.test_police_way import held_case
from tests.words import TEXTS, risk_said
from waymark.cases.known import risk
from waymark.cases.models import Stage
from waymark.database import clock
from waymark.database.clock import today
from waymark.policy.lateness import day_in_words

CONSIDERED = {"escalation": "By our own means", "suits": "It does: he wants help"}


def assessed_again(story: Story) -> Story:
    more = risk_said(story.cast, to_person="Meets them at night", unchanged_why="Nothing else")
    risk.assess(story.case, by=acting(story.cast.police_officer), **more)
    return story.seen_again()


@pytest.mark.lesson("R11")
@pytest.mark.clause("2.8.2")
def test_the_page_of_the_case_shows_what_changed_beside_what_was(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).risk_assessed())
    assert "What changed in the risk" not in desk.at(essex.chair).text("case", desk.reference)
    assessed_again(desk.story)
    page = desk.at(essex.families_lead).text("case", desk.reference)
    section = page[page.index("What changed in the risk since") :]
    assert section.index("Drawn in by older friends") < section.index("Meets them at night")
    assert "As it was: the risk to the public, to partners, to providers. Why: Nothing" in section


@pytest.mark.clause("2.1.2")
def test_the_risk_record_tells_every_assessment_with_its_owners_newest_first(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, assessed_again(Story(essex).risk_assessed()))
    page = desk.at(essex.chair).text("risk_record", desk.reference)
    later, first = page.index("Later assessment,"), page.index("First assessment,")
    assert later < first
    for text in TEXTS.values():
        assert text in page[first:]
    assert essex.police_officer.name in page and "Conflict" not in page
    assert "Conflict" in desk.at(essex.police_lead).text("risk_record", desk.reference)
    coordinator = desk.at(essex.coordinator).get("risk_record", desk.reference)
    assert coordinator.status_code == 403


def test_where_no_risk_is_assessed_the_record_says_so(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).screened())
    assert "No assessment of risk" in desk.at(essex.police_officer).text(
        "risk_record", desk.reference
    )


@pytest.mark.clause("2.1.2", "2.8.2")
def test_the_panel_has_the_risk_record_before_it_on_screen_and_on_paper(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).on_panel()
    story.meeting_open()
    desk = Desk(client, story)
    again = day_in_words(today() + timedelta(days=14))
    for who in (essex.chair, essex.panel_member):
        page = desk.at(who).text("case_panel", desk.reference)
        for to in ("the person", "the public", "partners", "providers"):
            assert f"Risk to {to}" in page
        assert f"{essex.police_officer.name} answers for it, and looks again by {again}" in page
        words = words_of(desk.at(who).get("assessment_pdf", desk.reference))
        assert "The risk record" in words and "Meets strangers alone" in words
    deciding = desk.hearing(story.meeting)
    assert "Done to reduce it: The school keeps an eye on breaks" in deciding


@pytest.mark.clause("2.7.4")
@pytest.mark.parametrize("to", OF_EACH)
def test_each_of_the_four_is_asked_and_what_was_typed_stays(
    client: Client, essex: Cast, to: str
) -> None:
    desk = Desk(client, Story(essex).gathered())
    said = risk_sent(essex, person_what="Typed with care", **{f"{to}_seen": ""})
    page = desk.refused(essex.police_officer, "assess_risk", desk.reference, **said)
    assert "Select whether there is a risk to" in page and "Typed with care" in page


@pytest.mark.clause("2.8.17", "1.3.7")
def test_the_lead_tells_the_police_who_consider_it_and_hold_the_case(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).risk_assessed())
    case = desk.at(essex.families_lead).text("case", desk.reference)
    assert "Say that the risk of criminality has risen" in case
    empty = desk.refused(essex.families_lead, "risk_risen", desk.reference, words=" ")
    assert "Enter what has raised the risk" in empty
    desk.done(essex.families_lead, "risk_risen", desk.reference, words="Asked where to buy parts")
    assert "Consider a risk of criminality" in desk.at(essex.police_officer).text("home")
    page = desk.at(essex.police_officer).text("considered", desk.reference)
    assert "Asked where to buy parts" in page and essex.families_lead.name in page
    said: dict[str, Any] = CONSIDERED | {"follows": "held"}
    late = desk.refused(essex.police_officer, "considered", desk.reference, **said)
    assert "Enter the date on which you look at it again" in late and "By our own means" in late
    said |= day("look_again_date", today() + timedelta(days=5))
    desk.done(essex.police_officer, "considered", desk.reference, **said)
    assert desk.stage() == Stage.POLICE_HELD
    told = desk.at(essex.families_lead).text("case_timeline", desk.reference)
    assert "The police considered it. The police hold the case" in told
    assert "By our own means" not in told and "he wants help" not in told
    assert desk.at(essex.chair).get("considered", desk.reference).status_code == 403


@pytest.mark.clause("2.7.10")
def test_a_conflict_that_is_found_leads_on_to_the_hold(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).on_panel())
    none = desk.done(essex.police_officer, "conflict", desk.reference, conflict="no")
    assert none.url == f"/cases/{desk.reference}"
    found = desk.done(essex.police_officer, "conflict", desk.reference, conflict="yes")
    assert found.url == f"/cases/{desk.reference}/hold"


@pytest.fixture
def later() -> Iterator[Callable[[int], None]]:
    """Move the clock of pages on by so many days, counted from today."""
    yield lambda days: clock.set_offset(timedelta(days=days))
    clock.set_offset(timedelta())


@pytest.mark.clause("2.8.17")
def test_a_hold_that_is_not_looked_at_again_is_seen_on_the_case_and_at_home(
    client: Client, essex: Cast, later: Callable[[int], None]
) -> None:
    story = held_case(essex)
    later(6)
    case = Pages(client, essex.chair).text("case", story.case.reference)
    assert "They were to look at it again by" in case and "A live matter" not in case
    home = Pages(client, essex.police_officer).text("home")
    assert "Look at a hold again" in home and "overdue" in home


@pytest.mark.clause("2.8.17")
def test_past_the_longest_hold_the_page_says_so_and_the_police_lead_has_a_task(
    client: Client, essex: Cast, later: Callable[[int], None]
) -> None:
    story = held_case(essex)
    later(60)
    case = Pages(client, essex.chair).text("case", story.case.reference)
    assert "The longest hold ended on" in case and "A live matter" not in case
    assert "End a hold that has lasted its longest" in Pages(client, essex.police_lead).text("home")
    again = Pages(client, essex.police_lead).text("release", story.case.reference)
    assert "The longest hold ended on" in again and "The police hold it longer" not in again
