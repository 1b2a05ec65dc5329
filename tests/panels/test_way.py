"""From the next step to the reviews after an exit, as it is meant to go."""

import pytest

from tests.cast import Cast
from tests.story import Story
from waymark.cases.models import Stage

pytestmark = pytest.mark.quick


def test_a_case_walks_from_next_step_to_its_first_review(essex: Cast) -> None:
    story = Story(essex).on_panel()
    assert story.case.stage == Stage.PANEL
    assert story.plan_agreed().case.stage == Stage.SEEKING_CONSENT
    assert story.consented().case.stage == Stage.SUPPORTED
    assert story.exit_recommended().case.stage == Stage.EXIT_RECOMMENDED
    assert story.exited().case.stage == Stage.EXITED
    story.reviewed_after_exit()
    assert [each.state for each in story.case.exit_reviews.all()] == ["held", "waiting"]
