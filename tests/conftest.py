"""Tests migrate as the owner and run as the application: row-level security is always on."""

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import psycopg
import pytest
from django.conf import settings as of_django
from django.db import connection, connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests import retold, scanner, server
from tests.cast import Cast
from waymark.database import clock
from waymark.database.mark import kind, mark_as
from waymark.project.embedded.clamd import Clamd
from waymark.project.embedded.cluster import Cluster
from waymark.project.roles import closed

OWNER, APPLICATION = "waymark_owner", "waymark_app"
MADE = "test_waymark_made"  # the tables of every room, and no row
# The house stays as it is for all of a run: going through it for garbage less often is 7 % quicker.
gc.set_threshold(100_000, 50, 50)
pytest_plugins = [
    "tests.conformance",
    "tests.inbox",
    "tests.nothing_out",
    "tests.every_form",
    "tests.socket_guard",
]
PASSWORDS = server.new_passwords()
LONGEST = (  # files that take minutes
    "tests/browser/test_journey.py",
    "tests/browser/test_meeting_day.py",
    "tests/security/test_walk_of_roles.py",
    "tests/walk/test_walk.py",
    "tests/project/test_demonstration.py",
    "tests/browser/test_made_ready.py",
    "tests/browser/test_support_and_exit.py",
    "tests/security/test_killed.py",
    "tests/browser/test_every_way_out.py",
)
# how fast an example is says nothing here: other tests run beside it
hypothesis.settings.register_profile(
    "beside_others", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("beside_others")


def connect_as(role: str) -> None:
    """Let every thread's next connection be that role's."""
    for alias in connections:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool:
            close_pool()
        connections.settings[alias]["USER"] = role
        connections.settings[alias]["PASSWORD"] = PASSWORDS[role]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of our own, which is started when the first test asks for a database."""
    with server.throw_away(of_django.CONFIGURATION.var, PASSWORDS) as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, cluster: Cluster
) -> Iterator[None]:
    connections.settings["default"]["HOST"] = str(cluster.socket)
    connect_as(OWNER)
    yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nothing is dropped at the end: the whole server is thrown away."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster
) -> Iterator[None]:
    with django_db_blocker.unblock():
        if not connection.introspection.table_names():
            yield  # no test of this run stands on it
            return
        with connection.cursor() as cursor:
            for statement in closed(_name()):
                cursor.execute(statement)
        _keep_a_copy()
        if kind() is None:
            mark_as("demonstration")
        words = cluster.superuser.replace("dbname=postgres", f"dbname={_name()}")
        with psycopg.connect(words, autocommit=True) as superuser:
            superuser.execute(retold.FUNCTIONS)
        connect_as(APPLICATION)
    yield


def _keep_a_copy() -> None:
    """The tables as they were made, for whoever needs a database of their own."""
    url = {**connection.settings_dict}
    connect_as(OWNER)  # a database is copied while nobody is connected to it
    words = f"host='{url['HOST']}' dbname=postgres user={OWNER} password='{PASSWORDS[OWNER]}'"
    with psycopg.connect(words, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {MADE} TEMPLATE {url['NAME']}")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _empty(self: TransactionTestCase) -> None:
    """What a test has committed is deleted: quicker than TRUNCATE, of so many tables so few."""
    connect_as(APPLICATION)  # whoever still holds a lock lets it go
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '60s'")
        cursor.execute("SELECT retold.empty()")
    connect_as(APPLICATION)


TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "asks_before_opening: case pages ask their questions first, as they really do"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands on a database, so that a developer's quick round can leave it out."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "cluster"} & set(fixtures):
            item.add_marker("database")
    items.sort(key=lambda item: (_stands_on(item), _length(item)))


def _stands_on(item: pytest.Item) -> int:
    """What is rolled back comes first, then what is committed, then what needs no database."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    if {"transactional_db", "live_server"} & fixtures or (
        marker and marker.kwargs.get("transaction")
    ):
        return 1
    return 0 if marker or "db" in fixtures else 2


def _length(item: pytest.Item) -> int:
    """The longest first: processes that share the files end together, if none is left to one."""
    file = item.nodeid.partition("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


@pytest.fixture(autouse=True)
def the_present() -> None:
    """Each test begins today: a request before it may have left its thread's clock moved on."""
    clock.offset.set(timedelta())
    clock.drift.set(timedelta())


@pytest.fixture(autouse=True)
def stories_retold(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a story's steps left is handed on between tests that are rolled back."""
    marker = request.node.get_closest_marker("django_db")
    named = set(request.fixturenames)
    committed = {"transactional_db", "live_server"} & named or (
        marker and marker.kwargs.get("transaction")
    )
    with retold.watched(rolled_back="db" in named and not committed):
        yield


@pytest.fixture(autouse=True)
def nobody_is_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case pages open without the questions before them, but where a test is about those."""
    if not request.node.get_closest_marker("asks_before_opening"):
        monkeypatch.setattr("waymark.web.opening.must_be_asked", lambda *_, **__: None)


@pytest.fixture
def essex(db: None) -> Cast:
    return Cast("Essex")


@pytest.fixture
def thurrock(db: None) -> Cast:
    return Cast("Thurrock")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a run: `CHROMIUM` names it, else the machine's own."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def clamd_of_the_run() -> Iterator[Clamd]:
    """A scanner of our own, which is started when the first test asks for it."""
    with scanner.throw_away() as running:
        yield running


@pytest.fixture
def clamd(clamd_of_the_run: Clamd, settings: Any) -> Clamd:
    """The scanner, told to the product."""
    if clamd_of_the_run.has_ended:
        clamd_of_the_run.start(seconds=30)
    settings.WAYMARK_CLAMD = urlsplit(clamd_of_the_run.address)
    return clamd_of_the_run
