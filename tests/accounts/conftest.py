"""Somebody at the door: their password, their app, their device."""

from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.test import Client

from tests.accounts.device import Device
from tests.accounts.issuer import Issuer
from tests.cast import INSTALLATION, acting
from tests.web.police import hidden, plain
from waymark.accounts.code_apps import SECONDS
from waymark.accounts.sign_on import links
from waymark.accounts.sign_on.tokens import Shown
from waymark.database.guard import become
from waymark.directory.models import User

PASSWORD = "a long enough pass phrase"
HASHED = make_password(PASSWORD)
SITE = "http://localhost"


class Door:
    """One browser at the way in."""

    def __init__(self, user: User):
        become(INSTALLATION)
        User.objects.filter(pk=user.pk).update(password=HASHED)
        self.user, self.client, self.secret = user, Client(), ""

    def another(self) -> "Door":
        door = Door(self.user)
        door.secret = self.secret
        return door

    def sends(self, address: str, **said: str) -> Any:
        """Open the page, fill in its form, send it."""
        opened = self.client.get(address)
        assert opened.status_code == 200, (opened.status_code, opened.headers)
        return self.client.post(address, hidden(opened) | said)

    def types(self, password: str = PASSWORD, *, name: str = "", where: str = "") -> Any:
        address = "/sign-in" + (f"?next={where}" if where else "")
        return self.sends(address, username=name or self.user.username, password=password)

    def types_code(self, code: str) -> Any:
        return self.sends("/sign-in/second", code=code)

    def signs_in(self) -> "Door":
        """By password and, if there is an app, its code."""
        answer = self.types()
        if answer["Location"] == "/sign-in/second":
            answer = self.types_code(self.next_code())
        assert answer.status_code == 302, plain(answer)
        return self

    def sets_up_app(self) -> "Door":
        page = self.client.get("/your-sign-in/app")
        self.secret = plain(page).split("Key: ")[1].split(" Code that")[0].replace(" ", "")
        said = hidden(page) | {"code": self.code(-1)}
        answer = self.client.post("/your-sign-in/app", said)
        assert answer.status_code == 302, plain(answer)
        return self

    def code(self, step: int = 0) -> str:
        """Of the present 30 seconds, or of as many steps from them."""
        return str(pyotp.TOTP(self.secret).generate_otp(present() + step))

    def next_code(self) -> str:
        return self.code(0)

    def makes_passkey(self, device: Device, name: str = "Laptop") -> Any:
        options = self.client.post("/your-sign-in/passkey/begin").text
        return self.sends("/your-sign-in/passkey", name=name, said=device.makes(options))

    def shows_passkey(self, device: Device) -> Any:
        options = self.client.post("/sign-in/passkey/begin").text
        return self.client.post("/sign-in/passkey", {"said": device.shows(options)})

    def reads(self, address: str = "/your-sign-in") -> str:
        return plain(self.client.get(address))

    def is_in(self) -> bool:
        return bool(self.client.get("/contacts").status_code == 200)


def present() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(cursor.fetchone()[0]) // SECONDS


def as_owner(user: User) -> User:
    """What follows is asked of the database as that person."""
    return acting(user)  # type: ignore[no-any-return]


@pytest.fixture
def two_factors(settings: Any) -> None:
    """As in an installation with real people."""
    settings.WAYMARK_SECOND_FACTOR = True
    settings.WAYMARK_BASE_URL = SITE


@pytest.fixture
def device() -> Device:
    return Device(SITE)


@pytest.fixture(scope="session")
def issuer_of_the_run() -> Iterator[Issuer]:
    running = Issuer()
    yield running
    running.ends()


@pytest.fixture
def issuer(issuer_of_the_run: Issuer, settings: Any) -> Issuer:
    """A provider of sign-ins that is told to the product; `mfa` proves two factors by it."""
    settings.WAYMARK_SIGN_ON = (issuer_of_the_run.provider(amr=(frozenset({"mfa"}),)),)
    return issuer_of_the_run.is_well()


def by_organisation(
    browser: Client, issuer: Issuer, subject: str = "abc-123", *, where: str = "/contacts",
    by: str = "/sign-in/with/essex", **claims: Any,
) -> Any:  # fmt: skip
    """Press the button, sign in at the provider, and be led back."""
    led = browser.post(f"{by}?next={where}" if where else by)
    assert led.status_code == 302, plain(led)
    brought = issuer.logs_in(led["Location"], subject, **claims)
    return browser.get("/sign-in/with/essex/back", brought)


def linked(door: Door, issuer: Issuer, subject: str = "abc-123") -> Door:
    """Somebody who can sign in by their organisation."""
    with transaction.atomic():
        acting(door.user)
        links.bind(Shown(issuer.provider(), subject, False, None), by=door.user)
        become(None)
    return door
