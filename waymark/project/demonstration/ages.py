"""Somebody who will soon be 18, and somebody whose age is in dispute."""

from datetime import timedelta

from waymark.cases import handover
from waymark.cases.leads import FOLLOW_AGES
from waymark.database.clock import today
from waymark.project.demonstration.early import Early
from waymark.project.demonstration.telling import acting
from waymark.support import ages


def asked_to_hand_over(story: Early) -> None:
    """The duty asks for the handover, and for the person's own answer."""
    ages.prepare(story.case, by=acting(FOLLOW_AGES))


def handed_over(story: Early) -> None:
    """The families lead writes down what the adult lead must know, who has not read it yet."""
    words = (
        f"{story.words.first} trusts the mentor, and has {story.worry.holds}. No call before noon."
    )
    handover.hand_over(story.case, by=acting(story.lead), words=words)


def age_disputed(story: Early) -> None:
    """The college holds the person to be younger than their papers say."""
    ages.dispute(
        story.case, by=acting(story.officer), source="The college’s safeguarding lead",
        why="The papers name two birth dates, and friends speak of a sixteenth birthday.",
        assess_by_date=today() + timedelta(days=21),
    )  # fmt: skip
