"""A small audit of two cases, really committed, for tests that look at it from outside.

It stands in a database of its own, so that its tampering never meets another test's rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.audit import chains
from tests.conftest import APPLICATION, OWNER, connect_as
from waymark.database.mark import mark_as

NAME = "test_waymark_audit"


@pytest.fixture(scope="session")
def audit_database(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The audit's tables, and one that stands for any table of a case's state."""
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME}")
        owner.execute(f"CREATE DATABASE {NAME}")
    with django_db_blocker.unblock(), moved_to(NAME, OWNER):
        call_command("migrate", "audit", verbosity=0)
        mark_as("demonstration")
        with chains.connected(OWNER) as owner:
            owner.execute(chains.MAKE_NOTES)
    yield
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture
def database(audit_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a test commits as the application is there for others to see, and gone afterwards."""
    with django_db_blocker.unblock(), moved_to(NAME, APPLICATION):
        yield
        chains.forget()


@pytest.fixture
def audited(database: None) -> None:
    """Two cases with events, and what hangs on no case."""
    chains.tell()


@contextmanager
def moved_to(name: str, role: str) -> Iterator[None]:
    """Connections go to that database, as that role; afterwards where they went before."""
    before = {**connections.settings["default"]}
    connections.settings["default"]["NAME"] = name
    connect_as(role)
    try:
        yield
    finally:
        connections.settings["default"]["NAME"] = before["NAME"]
        connect_as(before["USER"])
