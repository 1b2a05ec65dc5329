"""A real browser on a running site: axe on every page, and no complaint of the console goes by."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.person import Person
from waymark.database import clock

PICTURES = os.environ.get("PICTURES")  # a folder for a picture of every page
GUIDE_PICTURES = os.environ.get("GUIDE_PICTURES")  # one for those that the guides show
REFUSED = re.compile(r"status of 40[34]")
NO_LINE = "net::ERR_INTERNET_DISCONNECTED"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread


@pytest.fixture
def clock_set_back(transactional_db: None) -> Iterator[None]:
    """Who comes after somebody that moved the clock on begins today: its row outlives a test."""
    yield
    with transaction.atomic():
        clock.set_offset(timedelta())


@pytest.fixture
def person(
    clock_set_back: None, browser: Browser, live_server: LiveServer
) -> Iterator[Callable[..., Person]]:
    """`person()` opens a browser of their own for somebody; complaints of any fail the test."""
    complaints: list[str] = []
    contexts = []

    def come(*, width: int = 1280, script: bool = True) -> Person:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="en-GB",
        )
        contexts.append(context)
        page: Page = context.new_page()
        who = Person(
            page, pictures=Path(PICTURES) if PICTURES else None, script=script,
            guide=Path(GUIDE_PICTURES) if GUIDE_PICTURES else None,
        )  # fmt: skip
        page.on("console", lambda said: _note(said, complaints, who))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return who

    yield come
    for context in contexts:
        context.close()
    assert not complaints


def _note(said: ConsoleMessage, complaints: list[str], who: Person) -> None:
    """What was brought about on purpose is no complaint: a line taken away, a page refused."""
    if who.without_line and NO_LINE in said.text:
        return
    if who.is_refused and REFUSED.search(said.text):
        return
    if said.type in ("error", "warning"):
        complaints.append(f"{said.text} ({said.location.get('url')})")
