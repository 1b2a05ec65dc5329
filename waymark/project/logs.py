"""Logs: one line of JSON each, in UTC, without a person, a query, a parameter or a row in it."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

# What a caller may add with `extra=`; nothing else of a record is written.
FACTS = ("request_id", "user_id", "route", "method", "status", "ms", "job", "task", "file", "why")
OURS = ("waymark", "gunicorn")


class Json(logging.Formatter):
    """A record as JSON. Others' messages are told without what they would fill in."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": _message(record),
        }
        said |= {name: record.__dict__[name] for name in FACTS if name in record.__dict__}
        if "request" in record.__dict__:  # Django's own records bring the whole request
            said["request_id"] = getattr(record.__dict__["request"], "request_id", None)
        if record.exc_info and record.exc_info[1]:
            said |= told(record.exc_info[1])
        return json.dumps(said, default=str)


def told(error: BaseException) -> dict[str, Any]:
    """An error without its text, which may quote a row: its kind, where, and SQLSTATE."""
    frames = extract_tb(error.__traceback__)[-12:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    said: dict[str, Any] = {"error": type(error).__name__, "where": places}
    cause = error if hasattr(error, "sqlstate") else error.__cause__
    if getattr(cause, "sqlstate", None):
        said["sqlstate"] = getattr(cause, "sqlstate", "")
        said["constraint"] = getattr(getattr(cause, "diag", None), "constraint_name", None)
    return said


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith("django.security."):  # filled in already, with what was sent
        return "refused as unsafe"
    own = record.name.split(".")[0] in OURS
    return record.getMessage() if own else str(record.msg)


LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "waymark.project.logs.Json"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # a 404 names its path
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "procrastinate": {"level": "WARNING"},
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
