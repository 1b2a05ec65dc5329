"""From a member of the public’s worry to an exit and its first review, by hand, in a browser."""

from collections.abc import Callable

import pytest

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.browser.test_refer import refers
from waymark.directory.models import User

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]


class Journey:
    """The people of one area, each with a browser of their own, and the case they work on."""

    reference = ""

    def __init__(self, come: Come):
        self.come, self.cast, self.here = come, cast_of("Essex"), {}

    def as_(self, user: User) -> Person:
        if user.pk not in self.here:
            self.here[user.pk] = self.come().signs_in(user)
        return self.here[user.pk]

    def at(self, user: User, page: str = "") -> Person:
        address = f"/cases/{self.reference}"
        return self.as_(user).goes_to(f"{address}/{page}" if page else address)


def screen(journey: Journey) -> None:
    officer = journey.as_(journey.cast.police_officer)
    officer.goes_to("/").reads("Screen a referral").follows("Screen a referral")
    officer.presses("Take this referral")
    officer.follows("Decide what becomes of it").chooses(outcome="new-case").presses("Continue")
    officer.answers("Open the case")
    officer.goes_to("/cases").follows("Ashdown, Robin")
    journey.reference = officer.page.url.rsplit("/", 1)[-1]


@pytest.mark.clause("2.5.1", "2.5.6", "2.7.2")
def test_from_the_first_worry_to_an_exit(person: Come) -> None:
    journey = Journey(person)
    assert len(refers(person()).replace(" ", "")) == 28
    screen(journey)
    officer = journey.cast.police_officer
    journey.at(officer, "gathering").answers("Finish information gathering")
