"""In every test: the name of a case's person is in no header, title or address of what a page
answers, and in no line of the log, whatever is sent by whatever form (S62, S65, S66)."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from waymark.project.logs import formatter

NAME = re.compile(r"ashdown|birchwood", re.IGNORECASE)  # whom nearly all stories are about
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)


class Lines(logging.Handler):
    """What would be written of the log, if a name is in it."""

    def __init__(self, name: re.Pattern[str] = NAME) -> None:
        super().__init__()
        self.setFormatter(formatter())
        self.name = name
        self.naming: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if self.name.search(line):
            self.naming.append(line)


def told_by(answer: Any) -> list[str]:
    """Where an answer names somebody though it must not."""
    places = [f"{name}: {value}" for name, value in answer.headers.items()]
    places += [f"cookie: {each.value}" for each in answer.cookies.values()]
    if not answer.streaming and (title := TITLE.search(answer.content[:4000])):
        places.append(f"title: {title[1].decode(errors='replace')}")
    return [place for place in places if NAME.search(place)]


@pytest.fixture(autouse=True)
def nothing_gets_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    lines, told = Lines(), list[str]()
    asked = Client.request

    def request(client: Client, **given: Any) -> Any:
        answer = asked(client, **given)
        told.extend(f"{given.get('PATH_INFO')}: {place}" for place in told_by(answer))
        return answer

    monkeypatch.setattr(Client, "request", request)
    logging.getLogger().addHandler(lines)
    yield
    logging.getLogger().removeHandler(lines)
    assert lines.naming == []
    assert told == []
