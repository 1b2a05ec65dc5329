import json
import logging
import sys
from types import TracebackType
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from waymark.project.logs import Json

Caught = tuple[type[BaseException], BaseException, TracebackType | None]


def written(name: str, words: str, *filled: object, caught: Caught | None = None) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.ERROR, "", 0, words, filled, caught)
    said: dict[str, Any] = json.loads(Json().format(record))
    return said


@pytest.mark.requirement("S62")
def test_a_database_error_tells_its_state_and_no_row(db: None) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 'Canary Name'::int")
    except DatabaseError as error:
        said = written("django.request", "Error", caught=(type(error), error, error.__traceback__))
    assert said["error"] == "DataError"
    assert said["sqlstate"] == "22P02"
    assert "Canary" not in json.dumps(said)


@pytest.mark.requirement("S62")
def test_an_error_of_any_kind_tells_where_and_not_what() -> None:
    try:
        int("Canary Name")
    except ValueError:
        kind, error, trace = sys.exc_info()
        assert kind and error
        said = written("waymark.web", "Error", caught=(kind, error, trace))
    assert said["where"][-1].startswith("test_logs.py:")
    assert "Canary" not in json.dumps(said)


@pytest.mark.requirement("S62")
def test_others_may_not_fill_in_what_a_visitor_sent() -> None:
    said = written("django.security", "Bad path: %s", "/refer?name=Canary")
    assert said["says"] == "Bad path: %s"
    assert said["at"].endswith("+00:00")
