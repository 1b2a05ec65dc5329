"""From a member of the public’s worry to an exit and its first review, by hand, in a browser."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.browser.test_refer import refers
from tests.cast import acting
from waymark.database.clock import today
from waymark.directory.models import User

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]


def day(name: str, days: int) -> dict[str, str]:
    on: date = today() + timedelta(days=days)
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


class Journey:
    """The people of one area, each with a browser of their own, and the case they work on."""

    reference = ""

    def __init__(self, come: Come):
        self.come, self.cast = come, cast_of("Essex")
        self.here: dict[int, Person] = {}

    def as_(self, user: User) -> Person:
        if user.pk not in self.here:
            self.here[user.pk] = self.come().signs_in(user)
        return self.here[user.pk]

    def does(self, user: User, page: str, **given: Any) -> Person:
        """Goes to a page of the case, and answers what it asks."""
        return self.as_(user).goes_to(f"/cases/{self.reference}/{page}").answers(**given)

    def stands_at(self, stage: str) -> None:
        page = self.as_(self.cast.police_lead).goes_to(f"/cases/{self.reference}")
        page.reads_above(stage)

    def seen(self, user: User, find: Callable[[], Any]) -> Any:
        """Something whose address the test needs, as `user` sees it."""
        with transaction.atomic():
            acting(user)
            return find()


def screened(journey: Journey) -> None:
    officer = journey.as_(journey.cast.police_officer)
    officer.goes_to("/").reads("Screen a referral").follows("Screen a referral")
    officer.presses("Take this referral")
    officer.follows("Decide what becomes of it").chooses(outcome="new-case").presses("Continue")
    officer.answers()
    officer.goes_to("/cases").follows("Ashdown, Robin")
    journey.reference = officer.page.url.rsplit("/", 1)[-1]


def made_ready(journey: Journey) -> None:
    """Gathering, risk, review, partner checks, assessment, risk again."""
    cast, officer = journey.cast, journey.cast.police_officer
    journey.does(officer, "gathering")
    journey.does(officer, "risk", conflict="no", major_risk="no", owner=str(officer.pk))
    journey.stands_at("Lead review")


def decided_on(journey: Journey) -> None:
    """Chair and police agree on a panel; it meets, agrees a plan, and consent is given."""
    cast = journey.cast
    journey.does(cast.chair, "next-step/panel")
    journey.does(cast.police_lead, "next-step/panel")
    journey.stands_at("Panel")


@pytest.mark.clause("2.5.1", "2.5.6", "2.7.2")
def test_from_the_first_worry_to_an_exit(person: Come) -> None:
    journey = Journey(person)
    assert len(refers(person()).replace(" ", "")) == 28
    screened(journey)
    made_ready(journey)
