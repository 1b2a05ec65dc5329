"""Logs: one line of JSON each, in UTC, without a person, a query, a parameter or a row in it.

Whoever logs does so as everywhere in Python; structlog adds which request or job it was in.
"""

from datetime import UTC, datetime
from logging import LogRecord
from pathlib import Path
from traceback import extract_tb
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer
from structlog.stdlib import ExtraAdder, ProcessorFormatter
from structlog.types import EventDict

# What a caller may add with `extra=`, and a request or job of its own; nothing else is written.
FACTS = ("request_id", "user_id", "route", "method", "status", "ms", "job", "task", "file", "why")
OURS = ("waymark", "gunicorn")


Plain = str | int | float | None


def formatter() -> ProcessorFormatter:
    """Makes a record one line of JSON. What others would fill in is left out."""
    return ProcessorFormatter(
        processors=[merge_contextvars, ExtraAdder(FACTS), allowed, JSONRenderer(default=str)],
        use_get_message=False,
        pass_foreign_args=True,
    )


def allowed(logger: object, method: str, found: EventDict) -> EventDict:
    """A step of structlog's: all that may be written of a record, made anew."""
    record: LogRecord = found["_record"]
    said: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "says": _message(record, found.get("positional_args")),
    }
    facts = {name: found[name] for name in FACTS if name in found}
    said |= {name: fact for name, fact in facts.items() if isinstance(fact, Plain)}
    if "request" in record.__dict__:  # Django's own records bring the whole request
        said.setdefault("request_id", getattr(record.__dict__["request"], "request_id", None))
    error = (found.get("exc_info") or (None, None))[1]
    return said | (told(error) if error else {})


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


def _message(record: LogRecord, filled_in: Any) -> str:
    if record.name.startswith("django.security."):  # filled in already, with what was sent
        return "refused as unsafe"
    own = record.name.split(".")[0] in OURS and filled_in
    return str(record.msg) % filled_in if own else str(record.msg)


LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "waymark.project.logs.formatter"}},
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
