"""What a visitor is told when something went wrong: our own words, and none are lost."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection, connections
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests.cast import Cast
from tests.web.referrer import HAPPENED, Referrer
from waymark.project.embedded.cluster import Cluster
from waymark.referrals.writing import drafts
from waymark.web.pages import errors
from waymark.web.pages.reading import guidance

pytestmark = pytest.mark.alone
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
WORDS = 'He said "it is <all> their fault" & left\nThen he came back.'
TRACES = ("Traceback", "OperationalError", "psycopg", ".py", "SELECT")


@pytest.fixture
def browser() -> Client:
    """One that takes an error page as the answer it is."""
    return Client(raise_request_exception=False)


def forget_connections() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture
def stopped(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The database is gone: nothing listens where it was."""
    forget_connections()
    known = connections.settings["default"]
    host, options = known["HOST"], known["OPTIONS"]
    known["HOST"] = str(tmp_path)
    known["OPTIONS"] = options | {"pool": options["pool"] | {"timeout": 0.5}}
    yield
    forget_connections()
    known["HOST"], known["OPTIONS"] = host, options


def typed_again(page: str) -> dict[str, str]:
    """What the form of an error page would send."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


@pytest.mark.requirement("F1", "S63", "S82")
def test_without_a_database_nothing_typed_is_lost(browser: Client, stopped: None) -> None:
    answer = browser.post("/refer/topic/happened", {"exact_words": WORDS, "who_saw": "Two friends"})
    assert answer.status_code == 503
    assert "Not saved" in answer.text and "tel:999" in answer.text
    again = typed_again(answer.text)
    assert again.pop("csrfmiddlewaretoken")
    assert again == {"exact_words": WORDS, "who_saw": "Two friends"}
    assert 'action="/refer/topic/happened"' in answer.text
    assert not [word for word in TRACES if word in answer.text]


@pytest.mark.requirement("F1")
def test_without_a_database_a_password_is_not_put_on_the_page(
    browser: Client, stopped: None
) -> None:
    answer = browser.post("/sign-in", {"username": "someone", "password": "a canary of a password"})
    assert answer.status_code == 503
    assert "canary" not in answer.text


@pytest.mark.requirement("F1", "S63")
@pytest.mark.parametrize("address", ["/refer", "/cases", "/", "/nowhere"])
def test_without_a_database_pages_say_when_to_come_again(
    browser: Client, stopped: None, address: str
) -> None:
    answer = browser.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "This service is not available just now" in answer.text
    assert browser.get("/health").text == "ok"


@pytest.mark.requirement("F1")
def test_a_database_that_stops_amid_a_post_keeps_the_words_and_comes_back(
    transactional_db: None, browser: Client, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    referrer = Referrer(browser).begins()
    change = drafts.change

    def stop_and_change(*given: Any, **named: Any) -> Any:
        with psycopg.connect(cluster.superuser, autocommit=True) as strong:
            strong.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'waymark_app'"
            )
        return change(*given, **named)

    with monkeypatch.context() as amid:
        amid.setattr(drafts, "change", stop_and_change)
        answer = referrer.fills("happened", **HAPPENED)
    assert answer.status_code == 503
    again = typed_again(answer.text)  # type: ignore[attr-defined]
    assert again.items() >= HAPPENED.items()
    assert HAPPENED["who_saw"] not in referrer.page("/refer/topic/happened")
    sent = browser.post("/refer/topic/happened", again)
    assert sent.status_code == 302
    assert HAPPENED["who_saw"] in referrer.page("/refer/topic/happened")


@pytest.mark.requirement("F4")
def test_a_full_disk_of_the_database_says_not_saved_and_reading_goes_on(
    db: None, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    referrer = Referrer(browser).begins().tells()

    def fill_up(*given: Any, **named: Any) -> Any:
        with connection.cursor() as cursor:  # as PostgreSQL says it: 53100, disk_full
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$")

    monkeypatch.setattr(drafts, "change", fill_up)
    answer = browser.post("/refer/topic/happened", {"exact_words": WORDS})
    assert answer.status_code == 503
    assert "Not saved" in answer.text and "tel:999" in answer.text
    assert typed_again(answer.text)["exact_words"] == WORDS
    assert HAPPENED["exact_words"] in referrer.page("/refer/topic/happened")


@pytest.mark.requirement("S63")
@pytest.mark.parametrize("status", [400, 403, 404, 413, 500, 503])
def test_each_error_has_a_page_of_ours_that_needs_no_database(status: int) -> None:
    request = RequestFactory().get("/refer")
    vars(request)["request_id"] = "0123456789abcdef"
    page = _page(status, request)
    assert page.status_code == status
    text = page.content.decode()
    assert "<h1" in text and "Do not enter real people" in text
    assert ("0123456789abcdef" in text) == (status != 404)


def _page(status: int, request: HttpRequest) -> Any:
    if status in (500, 503):
        try:
            raise OperationalError if status == 503 else ValueError("a canary")
        except (OperationalError, ValueError):
            return errors.broken(request)
    pages = {400: errors.not_understood, 403: errors.not_allowed, 404: errors.not_found}
    if status == 413:
        return errors.not_understood(request, RequestDataTooBig())
    return pages[status](request, Exception("a canary"))


@pytest.mark.requirement("S63")
def test_a_fault_of_ours_shows_a_code_and_no_trace_and_mails_nobody(
    browser: Client, essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: Any, **named: Any) -> Any:
        raise ValueError("A canary: Robin Ashdown")

    monkeypatch.setattr(guidance, "show", fail)
    browser.force_login(essex.chair, backend=BACKEND)
    answer = browser.get("/about")
    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.text
    assert re.search(r'app-reference">[0-9a-f]{16}<', answer.text)
    assert not [word for word in (*TRACES, "canary", "Ashdown") if word in answer.text]
    assert mail.outbox == []
    assert settings.ADMINS == [] and settings.DEBUG is False
