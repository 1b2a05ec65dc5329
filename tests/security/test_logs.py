"""What is logged of a request: that it was answered, never what was said in it."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client

from tests.cast import Cast
from tests.story import Story
from waymark.project.logs import LOGS, formatter
from waymark.web.door.request_log import RequestLog
from waymark.web.pages.reading import guidance

pytestmark = pytest.mark.alone
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
FACTS = {"at", "level", "logger", "says", "request_id", "user_id", "route", "method", "status"}


class Written(logging.Handler):
    """The lines, as the product writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[Written]:
    handler = Written()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.mark.requirement("S62")
def test_each_request_is_one_line_of_who_and_what_for(
    client: Client, essex: Cast, written: Written
) -> None:
    case = Story(essex).screened().case
    client.force_login(essex.police_officer, backend=BACKEND)
    written.lines.clear()
    client.get(f"/cases/{case.reference}?stage=canary")
    client.get("/nowhere/canary")
    first, second = [json.loads(line) for line in written.lines]
    assert set(first) == FACTS | {"ms"}
    assert (first["user_id"], first["route"]) == (essex.police_officer.pk, "case")
    assert (first["method"], first["status"]) == ("GET", 200)
    assert isinstance(first["ms"], int) and first["at"].endswith("+00:00")
    assert (second["route"], second["status"]) == (None, 404)
    assert first["request_id"] != second["request_id"]
    assert "canary" not in "".join(written.lines) and case.reference not in "".join(written.lines)


@pytest.mark.requirement("S62")
def test_each_line_within_a_request_says_which_and_none_after_it(
    client: Client, essex: Cast, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("waymark.files")

    def say(*given: Any, **named: Any) -> Any:
        log.error("In the page")
        raise Http404

    monkeypatch.setattr(guidance, "show", say)
    client.force_login(essex.chair, backend=BACKEND)
    client.get("/about")
    log.error("After it")
    inside, answered, after = [json.loads(line) for line in written.lines]
    assert inside["request_id"] == answered["request_id"]
    assert (inside["route"], inside["user_id"]) == ("about", essex.chair.pk)
    assert "request_id" not in after and "user_id" not in after


def test_of_a_request_that_fails_nothing_is_said_in_the_next(written: Written) -> None:
    def fail(_: HttpRequest) -> HttpResponse:
        raise ValueError

    with pytest.raises(ValueError):
        RequestLog(fail)(HttpRequest())
    logging.getLogger("waymark.files").error("After it")
    assert "request_id" not in json.loads(written.lines[-1])


@pytest.mark.requirement("S62")
def test_nothing_that_was_sent_is_in_a_line(client: Client, db: None, written: Written) -> None:
    client.post("/refer/road?from=canary", {"road": "public", "canary": "canary"})
    client.post("/sign-in", {"username": "canary", "password": "canary"})
    client.get("/receipt", headers={"user-agent": "canary", "X-Forwarded-For": "canary"})
    client.get("/refer", headers={"host": "canary.example"})
    assert len(written.lines) >= 4
    assert "canary" not in "".join(written.lines)


@pytest.mark.requirement("S62")
def test_a_fault_is_told_under_the_code_that_the_visitor_saw(
    essex: Cast, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise ValueError("canary")

    monkeypatch.setattr(guidance, "show", fail)
    answer = Client(raise_request_exception=False).get("/about?canary=1")
    lines = [json.loads(line) for line in written.lines]
    fault = next(line for line in lines if line.get("error") == "ValueError")
    assert fault["request_id"] in answer.text
    assert [line["status"] for line in lines if line["says"] == "answered"] == [500]
    assert "canary" not in "".join(written.lines)


@pytest.mark.requirement("S62")
def test_every_line_goes_through_the_one_form() -> None:
    assert {handler["formatter"] for handler in LOGS["handlers"].values()} == {"json"}
    assert [name for name, said in LOGS["loggers"].items() if said.get("handlers")] == []
