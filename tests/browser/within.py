"""A browser on a site that answers within the test's own transaction: what is done by hand is
taken back with the test, and stories are handed on from one test to the next (decision 7).
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.person import Person
from tests.web.police import BACKEND
from waymark.directory.models import User

# What a page sends by itself would come while somebody else acts within the same transaction.
NO_KEEPING = "window.fetch = async () => new Response()"


class Lent(ThreadedWSGIServer):
    """Its connection to the database is the test's, and is not its own to close."""

    def _close_connections(self) -> None:
        pass


class InTurn(StaticFilesHandler):
    """One request at a time: they share one transaction."""

    def __init__(self, application: Any):
        super().__init__(application)
        self.turn = threading.Lock()

    def __call__(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.turn:
            return super().__call__(environ, start_response)  # type: ignore[no-any-return]

    def serve(self, request: HttpRequest) -> Any:
        """Styles and scripts do not change meanwhile: each browser asks for them once."""
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=3600"
        return answer


class Within(LiveServerThread):
    server_class = Lent


@contextmanager
def site() -> Iterator[str]:
    """The address of a site that lives as long as the block."""
    lent = connections["default"]
    lent.inc_thread_sharing()
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)  # they would close it, open transaction and all
    thread = Within("localhost", InTurn, connections_override={"default": lent})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    try:
        yield f"http://localhost:{thread.port}"
    finally:
        thread.terminate()
        for moment in (request_started, request_finished):
            moment.connect(close_old_connections)
        lent.dec_thread_sharing()


class Once(Person):
    """Axe looks at each kind of page once, not at each visit: they are many."""

    looked: set[str] = set()

    def looks(self) -> "Person":
        path = self.page.url.split("/", 3)[-1]
        kind = re.sub(r"[A-Z0-9]{8}|[0-9]+", "…", path)
        if kind in self.looked:
            return self
        self.looked.add(kind)
        return super().looks()


class House:
    """One browser of their own for each post, kept from test to test; signed in without a page."""

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address = browser, address
        self.pages: dict[str, Page] = {}
        self.complaints: list[str] = []
        self.signed_in: dict[int, Once] = {}

    def opens(self) -> None:
        """A test begins: nobody is signed in."""
        self.signed_in = {}
        self.complaints.clear()

    def as_(self, user: User, post: str) -> Once:
        if user.pk not in self.signed_in:
            if post not in self.pages:
                self.pages[post] = self._page()
            page = self.pages[post]
            client = Client()
            client.force_login(user, backend=BACKEND)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": key,
                        "secure": True,
                        "url": self.address.replace("http:", "https:"),
                        "httpOnly": True,
                    }
                ]  # fmt: skip
            )
            self.signed_in[user.pk] = Once(page)
        return self.signed_in[user.pk]

    def _page(self) -> Page:
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": 1280, "height": 800}, locale="en-GB"
        )
        context.add_init_script(NO_KEEPING)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.text} ({said.location.get('url')})")
