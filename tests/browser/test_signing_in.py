"""Signing in with an app, with a passkey, and again after a session's end: in a real browser."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.db import transaction
from django.db.models import F
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.cast import acting
from waymark.accounts import invitations
from waymark.accounts.models import Session
from waymark.directory.models import Notice, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = 30
LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def two_factors(settings: Any, live_server: LiveServer) -> None:
    settings.WAYMARK_SECOND_FACTOR = True
    settings.WAYMARK_BASE_URL = live_server.url


def code_of(secret: str, *, steps_ago: int = 0) -> str:
    """A code that does not change while it is typed."""
    left = PERIOD - time.time() % PERIOD
    if left < 5:
        time.sleep(left)
    return pyotp.TOTP(secret).at(time.time() - steps_ago * PERIOD)


def fits(who: Person) -> None:
    """Nothing stands beyond the right edge of the window."""
    size = who.page.viewport_size
    right = who.page.locator("body *").evaluate_all(
        "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
    )
    assert size and right <= size["width"]


def unused_for(user: User, minutes: int) -> None:
    with transaction.atomic():
        acting(user)
        Session.objects.update(used_at=F("used_at") - timedelta(minutes=minutes))


@pytest.mark.requirement("S13", "S18")
def test_an_app_for_codes_is_set_up_and_used(
    person: Callable[..., Person], two_factors: None
) -> None:
    user = cast_of("Essex").coordinator
    who = person(script=False, width=320)  # an app needs no script
    who.signs_in(user).reads("A password alone can be stolen")
    who.follows("use an app that shows codes")
    secret = who.page.locator(".app-key").inner_text().replace(" ", "")
    fits(who)
    who.fills(code=code_of(secret, steps_ago=1)).presses("Use this app")
    who.reads("You get ten, and each works once").presses("Make ten codes")
    codes = who.page.locator(".app-codes li").all_inner_texts()
    assert len(codes) == 10
    fits(who)
    who.follows("I have kept the codes").reads("10 of your codes have not been used")
    who.presses("Sign out").signs_in(user).reads("Each code works once")
    who.fills(code="000000").presses("Go on").reads("That code is not right")
    who.fills(code=code_of(secret)).presses("Go on")
    who.goes_to("/contacts").reads("Contacts")


@pytest.mark.requirement("S10")
def test_an_invitation_leads_to_a_password_and_to_an_app(
    person: Callable[..., Person], two_factors: None
) -> None:
    cast = cast_of("Essex")
    with transaction.atomic():
        made = invitations.open_and_invite(
            by=acting(cast.administrator), organisation=cast.council, email="rf@example.org",
            name="Rosalind Fairwater", username="r.fairwater",
        )  # fmt: skip
        link = invitations.path_for(Notice.objects.get(user=made, kind="invited"))
    who = person(script=False, width=320)
    who.goes_to(str(link)).reads("Your user name is r.fairwater")
    fits(who)
    who.fills(new_password="short").presses("Use this password").reads("15 characters or more")
    who.fills(new_password="four words of rain").presses("Use this password")
    who.reads("A password alone can be stolen").follows("use an app that shows codes")
    secret = who.page.locator(".app-key").inner_text().replace(" ", "")
    who.fills(code=code_of(secret, steps_ago=1)).presses("Use this app")
    who.reads("You get ten, and each works once").goes_to("/contacts").reads("Contacts")


@pytest.mark.requirement("S13", "S14")
def test_a_chair_makes_a_passkey_and_signs_in_with_nothing_else(
    person: Callable[..., Person], two_factors: None
) -> None:
    user = cast_of("Essex").chair
    who = person()
    device = who.page.context.new_cdp_session(who.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": LAPTOP})
    who.signs_in(user).reads("it needs a passkey")
    who.follows("Make a passkey").fills(name="Work laptop")
    who.page.get_by_role("button", name="Make the passkey").click()
    who.page.wait_for_url("**/your-sign-in/recovery-codes")
    who.looks().goes_to("/your-sign-in").reads("Work laptop")
    who.goes_to("/panels").presses("Sign out")
    who.page.get_by_role("button", name="Sign in with a passkey").click()
    who.page.wait_for_url("**/")
    who.looks().goes_to("/panels").reads("Panels")


@pytest.mark.requirement("S16", "S17")
def test_a_page_warns_of_the_end_and_what_is_sent_after_it_is_there_again(
    person: Callable[..., Person],
) -> None:
    user = cast_of("Essex").coordinator
    who = person()
    who.page.clock.install()
    who.signs_in(user).goes_to("/contacts/add")
    bar = who.page.get_by_role("region", name="Staying signed in")
    expect(bar).to_be_hidden()
    unused_for(user, 26)
    who.page.clock.fast_forward(25 * 60 * 1000 + 1000)
    expect(bar).to_contain_text("You are signed out in 4 minutes")
    who.looks()
    bar.get_by_role("button", name="Stay signed in").click()
    expect(bar).to_be_hidden()
    who.chooses(office="other").fills(other_office="Half a thought 🌱")
    unused_for(user, 31)
    who.page.clock.fast_forward(31 * 60 * 1000)
    expect(bar).to_contain_text("You have been signed out. What you typed stays on this page.")
    who.page.locator("main form button").last.click()
    who.page.wait_for_url("**/sign-in?**")
    who.fills(username=user.username, password="a long enough pass phrase").presses("Sign in")
    who.reads("We kept what you typed. It has not been sent.")
    expect(who.page.locator("[name=other_office]")).to_have_value("Half a thought 🌱")
