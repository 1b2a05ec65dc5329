"""The pages of accounts: each looked at by axe in a narrow window, and by none of them does
anything stand beyond its edge."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.person import Person
from tests.browser.test_signing_in import fits
from tests.browser.within import House, site
from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from waymark.accounts import invitations, lost
from waymark.database.guard import become
from waymark.directory.models import Notice, Role, User
from waymark.oversight import leavers
from waymark.project.jobs.unconfirmed import follow_unconfirmed

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES")
NARROW = {"width": 320, "height": 800}


@pytest.fixture(scope="module")
def whole_house(browser: Browser) -> Iterator[House]:
    with site() as address:  # for longer than the test's transaction, which it must not close
        house = House(browser, address)
        yield house
        for page in house.pages.values():
            page.context.close()


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    yield whole_house
    assert not whole_house.complaints


def at(house: House, user: User) -> Person:
    page = house.as_(user, user.username).page
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return Person(page, pictures=Path(PICTURES) if PICTURES else None)


@pytest.mark.requirement("S10", "S18", "S19")
def test_the_pages_of_accounts_are_clean_and_fit(essex: Cast, house: House) -> None:
    case, link = told(essex)
    keeper, officer, chair = at(house, essex.administrator), essex.police_officer, essex.chair
    of = {"officer": officer.pk, "chair": chair.pk, "police": essex.police.pk}
    for address in (
        "/accounts", "/accounts/open", "/accounts/messages", "/access-reviews", "/confirmations",
        "/accounts/{chair}", "/accounts/{chair}/invite", "/accounts/{chair}/e-mail",
        "/accounts/{chair}/suspend", "/accounts/{chair}/give", "/accounts/{chair}/lost/confirm",
        "/accounts/{officer}", "/accounts/{officer}/wake", "/accounts/{officer}/close",
        "/organisations/{police}/confirming",
    ):  # fmt: skip
        keeper.goes_to(address.format(**of))
        fits(keeper)
    keeper.goes_to(f"/accounts/{essex.vice_chair.pk}/lost")
    keeper.goes_to("/organisations/{police}/people".format(**of))
    keeper.presses("Confirm these people").reads("is still here")
    fits(keeper)
    for user, address in (
        (chair, "/access-reviews/essex"), (essex.second_officer, f"/cases/{case}/left"),
    ):  # fmt: skip
        who = at(house, user).goes_to(address)
        fits(who)
    invited = at(house, essex.outsider)
    invited.page.context.clear_cookies()
    invited.goes_to(link).reads("Your user name is")
    fits(invited)


def told(cast: Cast) -> tuple[str, str]:
    """A case whose officer left, lost factors that wait, and an invitation: its reference, its
    address."""
    case = Story(cast).screened().case
    other = cast.appointed(Role.ADMINISTRATOR, of=cast.police)
    become(INSTALLATION)
    User.objects.filter(organisation__in=(cast.council, cast.police)).update(
        email="reached@example.org"
    )
    User.objects.filter(organisation=cast.police).update(opened_date="2026-01-01")
    follow_unconfirmed()
    chair = User.objects.get(pk=cast.chair.pk)
    lost.say(chair, by=acting(other), words="Rang back the number of the directory")
    leavers.suspend(
        cast.police_officer, by=acting(cast.administrator), kind="left", to=cast.second_officer,
        words="Moves to another force",
    )  # fmt: skip
    made = invitations.open_and_invite(
        by=acting(cast.administrator), organisation=cast.council, email="rf@example.org",
        name="Rosalind Fairwater", username="r.fairwater",
    )  # fmt: skip
    path = invitations.path_for(Notice.objects.get(user=made, kind="invited"))
    assert path
    return case.reference, path
