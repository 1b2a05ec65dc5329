"""How a process reaches the database: its role, its pool and its patience."""

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from psycopg.conninfo import make_conninfo

from waymark.project.configuration import Configuration, Role

CONNECT_SECONDS = 5
# The roles carry the same bounds; said again here for a server whose roles were made by hand.
PATIENCE = {Role.APP: 5, Role.WORKER: 60, Role.VERIFIER: 60}


def database(configuration: Configuration) -> dict[str, Any]:
    """Django's word for the database that `configuration` names, for the process's own role."""
    url = configuration.database_url
    asked = dict(parse_qsl(url.query))
    host = asked.pop("host", None) or unquote(url.hostname or "")
    role = configuration.database_role
    options: dict[str, Any] = {**asked, "connect_timeout": CONNECT_SECONDS}
    if configuration.role in PATIENCE:
        options["options"] = _bounds(PATIENCE[configuration.role])
    if configuration.role is Role.APP:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": CONNECT_SECONDS}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.removeprefix("/"),
        "HOST": host,
        "PORT": str(url.port or ""),
        "USER": role,
        "PASSWORD": configuration.passwords.get(role, ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not the threads
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _bounds(statement_seconds: int) -> str:
    return (
        f"-c statement_timeout={statement_seconds}s -c lock_timeout=3s"
        " -c idle_in_transaction_session_timeout=15s"
    )


def address(url: SplitResult, *, user: str = "", password: str = "", database: str = "") -> str:
    """psycopg's connection words for a database URL, with another user or database if given."""
    asked = dict(parse_qsl(url.query))
    words: dict[str, Any] = {
        "host": asked.pop("host", None) or unquote(url.hostname or ""),
        "port": url.port,
        "user": user or unquote(url.username or ""),
        "password": password or ("" if user else unquote(url.password or "")),
        "dbname": database or url.path.removeprefix("/"),
        "connect_timeout": CONNECT_SECONDS,
        **asked,
    }
    return make_conninfo("", **{name: word for name, word in words.items() if word})


def conninfo(configuration: Configuration) -> str:
    """psycopg's connection words for the process's own role."""
    role = configuration.database_role
    password = configuration.passwords.get(role, "")
    return address(configuration.database_url, user=role, password=password)
