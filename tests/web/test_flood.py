"""A flood of referrals: each is received, marked and read by a person, those alike together."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import Pages
from waymark.cases.models import Task
from waymark.referrals.flood import MARK, groups
from waymark.referrals.models import Referral, Subject

MANY = 20


def told(words: str) -> dict[str, Any]:
    return {"document": [{"code": "exact_words", "question": "What?", "answer": words}]}


@pytest.fixture
def flooded(essex: Cast) -> Cast:
    """Twenty in a moment, nearly all with the same words about the same person."""
    for number in range(MANY):
        said = told(f"He sings loudly in the yard at night, number {number}")
        Story(essex, surname="Ashdown").referred(**said)
    return essex


@pytest.mark.requirement("S41")
@pytest.mark.lesson("R38")
def test_what_comes_in_a_flood_is_received_marked_and_given_its_task(
    flooded: Cast,
) -> None:
    Story(flooded, surname="Elmgrove").referred()
    acting(flooded.police_lead)
    marks = list(Referral.objects.order_by("received_at", "pk").values_list("marked", flat=True))
    assert marks == [""] * MANY + [MARK]
    waiting = Task.objects.waiting().filter(kind="screen", role="police_officer")
    assert waiting.count() == Subject.objects.count() == MANY + 1


@pytest.mark.requirement("S41")
def test_those_that_are_alike_stand_together_and_others_apart(
    flooded: Cast, client: Client
) -> None:
    for number in range(2):
        words = told(f"He sings loudly in the yard at night, number {MANY + number}")
        Story(flooded, surname="Birchwood").referred(**words)
    other = Story(flooded, surname="Cedarfield").referred(**told("She sold leaflets by the quay"))
    officer = acting(flooded.police_officer)
    found = groups(officer)
    assert [len(group.members) for group in found] == [2, 1]
    assert found[1].members[0].subject.pk == other.subject.pk
    page = Pages(client, officer).text("alike")
    assert "2 people, alike" in page and "Like no other" in page
    assert "Nothing was refused or closed" in page
    assert "It came with many others" in Pages(client, officer).text(
        "referral", reference_of(other)
    )


def reference_of(story: Story) -> str:
    acting(story.cast.police_officer)
    return Referral.objects.get(subjects=story.subject.pk).reference


def test_a_few_are_no_flood_and_the_list_says_so(client: Client, essex: Cast) -> None:
    story = Story(essex).referred()
    assert "many others" not in Pages(client, essex.police_officer).text(
        "referral", reference_of(story)
    )
    assert "Nothing that waits came in such a way" in Pages(client, essex.police_officer).text(
        "alike"
    )


def test_nobody_but_the_police_sees_what_came_in_a_flood(client: Client, essex: Cast) -> None:
    for user in (essex.outsider, essex.chair, essex.coordinator):
        assert Pages(client, user).get("alike").status_code == 404
