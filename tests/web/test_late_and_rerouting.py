"""What is overdue before it has an area; and the way to another area from the case page."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.police import Pages
from waymark.cases.models import Task
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Role, User


@pytest.fixture
def late(essex: Cast) -> Story:
    """A referral that nobody has screened in time."""
    story = Story(essex).referred()
    acting(essex.police_lead)
    Task.objects.filter(subject_id=story.subject.pk).update(due_date=today() - timedelta(days=9))
    return story


@pytest.mark.lesson("R38")
def test_an_overdue_screening_counts_for_the_police_lead(client: Client, late: Story) -> None:
    pages = Pages(client, late.cast.police_lead)
    assert "Police Prevent officer, All areas: 1 overdue" in pages.text("home")
    assert "Screen a referral" in pages.text("late", "all", "police_officer")


def test_it_does_not_count_for_a_chair(client: Client, late: Story) -> None:
    pages = Pages(client, late.cast.chair)
    assert "All areas: 1 overdue" not in pages.text("home")
    assert pages.get("late", "all", "police_officer").status_code == 404


def test_a_case_that_has_not_opened_can_be_rerouted_from_its_page(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).screened()
    acting(essex.police_lead)
    link = f"/cases/{story.case.reference}/area"
    assert link not in Pages(client, essex.police_officer).get("case", story.case.reference).text
    both = everywhere(essex)
    assert link in Pages(client, both).get("case", story.case.reference).text
    Pages(client, both).send(
        "reroute", story.case.reference, to=str(thurrock.area.pk), why="The family lives there"
    )
    assert "Thurrock" in Pages(client, both).text("case_timeline", story.case.reference)


def test_once_it_has_opened_the_link_is_gone(client: Client, essex: Cast, thurrock: Cast) -> None:
    story = Story(essex).reviewed()
    both = Pages(client, everywhere(essex))
    assert f"/cases/{story.case.reference}/area" not in both.get("case", story.case.reference).text


def everywhere(essex: Cast) -> User:
    """A police officer whose post serves every area."""
    become(INSTALLATION)
    user = essex.user(essex.police)
    Appointment.objects.create(
        user=user, role=Role.POLICE_OFFICER, area=None, from_date=today() - timedelta(days=9)
    )
    return user
