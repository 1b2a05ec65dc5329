"""What two people agree on: support while the police hold a case, and that it ends early."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Stage
from waymark.database.clock import today

WHY = "The same was told of at the harbour"


def hold(desk: Desk) -> None:
    said = {"why": WHY} | day("look_again_date", today() + timedelta(days=5))
    desk.done(desk.cast.police_officer, "hold", desk.reference, **said)


@pytest.mark.clause("2.8.9")
def test_a_case_that_is_offered_is_accepted_on_its_page(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).screened().gathered().risk_assessed())
    lead = essex.families_lead
    assert "From then on you answer for it" in desk.at(lead).text("accept", desk.reference)
    desk.done(lead, "accept", desk.reference)
    assert "This case is not offered to anybody now" in desk.at(lead).text("accept", desk.reference)


@pytest.mark.clause("2.8.17")
def test_chair_and_police_lead_agree_what_becomes_of_support(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).consented())
    hold(desk)
    where = ("held_support", desk.reference)
    assert "Select what becomes of support" in desk.refused(essex.chair, *where, why=WHY)
    desk.done(essex.chair, *where, decision="stops", why="Nobody goes there now")
    waits = desk.refused(essex.police_lead, *where)
    assert "Nobody goes there now" in waits and "Select whether you agree" in waits
    desk.done(essex.police_lead, *where, agrees="yes")


@pytest.mark.clause("2.1.6")
def test_a_second_of_the_police_agrees_that_a_case_leaves(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).screened().gathered().risk_assessed())
    hold(desk)
    desk.settle_the_end(essex.police_officer)
    said = {"becomes": "leaves", "why": "An offence is being looked into"}
    desk.done(essex.police_officer, "release", desk.reference, **said)
    assert "Select whether you agree" in desk.refused(essex.police_lead, "leaving", desk.reference)
    desk.done(essex.police_lead, "leaving", desk.reference, agrees="yes")
    assert desk.stage() == Stage.LEFT_CHANNEL


@pytest.mark.clause("2.8.9")
def test_that_going_on_is_no_longer_possible_takes_two(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).screened())
    desk.settle_the_end(essex.police_officer)
    said = {"reason": "moved_abroad", "why": "The school was told by the mother"}
    desk.done(essex.police_officer, "early_end", desk.reference, **said)
    asked = desk.refused(essex.police_lead, "early_end", desk.reference)
    assert "The school was told by the mother" in asked and "Select whether you agree" in asked
    desk.done(essex.police_lead, "early_end", desk.reference, agrees="yes")
    assert desk.stage() == Stage.NO_LONGER_POSSIBLE
