"""The straight way through the pages: next step, panel, plan, consent, support, exit, review."""

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from waymark.cases.models import Stage
from waymark.panels.models import ReviewAfterExit


@pytest.fixture
def story(essex: Cast) -> Story:
    story = Story(essex)
    story.at_next_step()
    return story


@pytest.fixture
def desk(client: Client, story: Story) -> Desk:
    return Desk(client, story)


@pytest.mark.clause("2.7.11", "2.8.6", "2.10.3", "2.10.4", "2.8.14", "2.8.15", "2.8.19")
def test_the_way_from_the_next_step_to_the_first_review(desk: Desk, essex: Cast) -> None:
    desk.agree_on_a_panel()
    assert desk.stage() == Stage.PANEL
    desk.check_the_provider()
    desk.write_the_plan()
    desk.hold_a_panel("plan_agreed")
    assert desk.stage() == Stage.SEEKING_CONSENT
    desk.record_consent()
    assert desk.stage() == Stage.SUPPORTED
    desk.give_the_support()
    desk.dispose_of_the_needs()
    desk.hold_a_panel("exit_recommended", referrer_asked="Sees a settled pupil")
    assert desk.stage() == Stage.EXIT_RECOMMENDED
    desk.settle_the_end()
    desk.endorse(essex.vice_chair)
    assert desk.stage() == Stage.EXIT_RECOMMENDED
    desk.endorse(essex.police_lead)
    assert desk.stage() == Stage.EXITED
    desk.review_after(days=190)
    acting(essex.chair)
    assert [one.state for one in ReviewAfterExit.objects.order_by("number")] == ["held", "waiting"]
