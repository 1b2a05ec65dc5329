import asyncio
import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace, TracebackType
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from structlog.contextvars import bind_contextvars, clear_contextvars

from waymark.project.logs import formatter
from waymark.project.worker import say_which_job

Caught = tuple[type[BaseException], BaseException, TracebackType | None]


def written(name: str, words: str, *filled: object, caught: Caught | None = None) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.ERROR, "", 0, words, filled, caught)
    said: dict[str, Any] = json.loads(formatter().format(record))
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
    assert written("other", "Bad path: %s and %s", "one is missing")["says"].endswith("and %s")
    assert said["at"].endswith("+00:00")


@pytest.mark.requirement("S62")
def test_nothing_of_a_record_is_written_but_what_may_be() -> None:
    record = logging.makeLogRecord(
        {"name": "procrastinate.worker", "msg": "Ended", "levelname": "ERROR", "why": "late"}
        | {"job": {"task_kwargs": "Canary Name"}, "task": ["Canary Name"], "typed": "Canary Name"}
    )
    bind_contextvars(job=7, typed="Canary Name")
    try:
        said = json.loads(formatter().format(record))
    finally:
        clear_contextvars()
    assert set(said) == {"at", "level", "logger", "says", "why"}


@pytest.mark.requirement("S62")
def test_each_line_of_a_job_says_which_it_is() -> None:
    async def job() -> Any:
        return written("waymark.files", "In the job")

    async def two() -> list[Any]:
        """As the worker does: each is a task of asyncio's own."""
        jobs = [SimpleNamespace(job=SimpleNamespace(id=n, task_name=f"task {n}")) for n in (1, 2)]
        tasks = [asyncio.create_task(say_which_job(job, one, None)) for one in jobs]
        return [await task for task in tasks]

    with ThreadPoolExecutor(1) as apart:  # another test's browser has this thread's loop
        said = apart.submit(asyncio.run, two()).result()
    assert [(one["job"], one["task"]) for one in said] == [(1, "task 1"), (2, "task 2")]
    assert "job" not in written("waymark.files", "After them")
