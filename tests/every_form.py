"""Each form that a test sends is first sent as others may send it: with garbage in its fields, and
with words told in confidence in each of its boxes. No fault may come of the one, and of the other
no word in a header, title, address, log line, e-mail, job or trail (S63, S66).

It is done once in a process for the same fields at the same address, in a savepoint that is taken
back: the test goes on as if nobody had been there. Left alone are tests that keep what they write,
and those marked `alone`, which count what is sent or make it fail. A whole run in which some page's
form was never tried fails.
"""

import logging
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import Resolver404, resolve

from tests.cast import INSTALLATION
from tests.forms import TYPED, Field, Form, FormsOf, nameless, that_take_one
from tests.nothing_out import Lines
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.project.embedded.cluster import Cluster
from waymark.project.jobs import mailing

ENCODED = "application/x-www-form-urlencoded"
WORDS = "Canarywords told of somebody in confidence"
CANARY = re.compile("canary", re.IGNORECASE)
GARBAGE = (
    b"", b"%00", b"a%00b", b"%FF%FE", b"%ED%A0%80", b"%E2%80%AE%E2%80%8B", b"%0D%0ASet-Cookie:x=1",
    b"-1", b"0", b"9223372036854775808", b"99999999999999999999999", b"1e309", b"NaN", b"%C2%B2",
    b"2026-02-30", b"0000-00-00", b"99999", b"31", b"None", b"[]", b"%7B%7D", b"true", b"on",
    b"%27%3B+DROP+TABLE+cases_case%3B--", b"%3Cscript%3Ealert(1)%3C/script%3E", b"%7B%7B7*7%7D%7D",
    b"../../etc/passwd", b"%F0%9F%92%A3" * 400, b"x" * 20_001,
)  # fmt: skip
ASKS = b'<form method="get"'
HELD = ("audit_event", "audit_look", "procrastinate_jobs", "procrastinate_events",
        "directory_notice")  # fmt: skip
FUNCTION = (
    "CREATE OR REPLACE FUNCTION retold.holding(words text) RETURNS SETOF text LANGUAGE sql"
    " SECURITY DEFINER AS $body$ "
    + " UNION ALL ".join(
        f"SELECT '{table}' FROM public.{table} x WHERE x::text ~* words" for table in HELD
    )
    + " $body$"
)
SENT: set[tuple[str, frozenset[str]]] = set()  # by this process: a route and what was answered
ASKED: set[tuple[str, frozenset[str]]] = set()  # where somebody looks for something
TRIED: set[tuple[str, frozenset[str]]] = set()  # a route and what its form asks


class Trying:
    """`Trying(client, send, form, said)`: one form, before whoever has it before them sends it.

    `seed`: of the garbage, such as the name of the test: the same each time.
    """

    def __init__(
        self, client: Client, send: Any, form: Form, said: dict[str, Any], seed: str = ""
    ):  # fmt: skip
        self.client, self.send, self.form, self.said = client, send, form, said
        self.chance = random.Random(seed)
        self.found: list[str] = []

    def all(self) -> list[str]:
        """What came of it that must not."""
        with self.sent(self.form.garbage(GARBAGE, self.chance), ENCODED):
            pass
        told = [self.form.filled(WORDS, self.said)]
        if boxes := [one.name for one in self.form.fields.values() if one.kind in TYPED]:
            told.append(dict.fromkeys(self.form.fields, WORDS))
            told[1][self.chance.choice(boxes)] = WORDS * 500
        for said in told:
            with self.sent(said) as answer:
                self.look(answer)
                if answer.status_code == 302 and answer["Location"].startswith("/"):
                    self.look(self.client.get(answer["Location"]))
                    self.look_at_mail()
                self.look_at_rows()
        return self.found

    @contextmanager
    def sent(self, said: Any, content_type: str = MULTIPART_CONTENT) -> Iterator[Any]:
        cookies, outbox = deepcopy(self.client.cookies), len(mail.outbox)
        raises, self.client.raise_request_exception = self.client.raise_request_exception, False
        with transaction.atomic():
            answer = self.send(said, content_type)
            if answer.status_code >= 500:
                self.found.append(f"a fault at {self.form.action}: {answer.exc_info}")
            yield answer
            transaction.set_rollback(True)
        self.client.cookies, self.client.raise_request_exception = cookies, raises
        del mail.outbox[outbox:]

    def look(self, answer: Any) -> None:
        page = answer.content.decode(errors="replace") if not answer.streaming else ""
        places = {
            "a header": [*answer.headers.values()],
            "a cookie": [f"{each.key}={each.value}" for each in self.client.cookies.values()],
            "a title": re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
            "an address": re.findall(r'(?:href|action|src)="([^"]*)"', page),
            "a page of a fault": [page] if answer.status_code >= 400 else [],
        }
        for place, texts in places.items():
            if place == "a title" and "/organisations/" in self.form.action:
                continue  # the directory names bodies: no person, and no case
            if CANARY.search(unquote("\n".join(texts))):
                self.found.append(f"{place} after {self.form.action} tells of it")

    def look_at_mail(self) -> None:
        become(INSTALLATION)
        User.objects.update(email="somebody@example.org")
        mailing.send()
        if CANARY.search(repr([vars(message) for message in mail.outbox])):
            self.found.append(f"an e-mail after {self.form.action} tells of it")

    def look_at_rows(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM retold.holding('canary')")
            names = [name for (name,) in cursor.fetchall()]
        self.found += [f"{name} after {self.form.action} tells of it" for name in names]


class Net:
    """The forms of one test: those that no test before it has sent are tried."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self.request, self.seed = request, request.node.nodeid
        self.pages: dict[Client, tuple[str, Any]] = {}
        self.routes: list[str] = []
        self.found: list[str] = []
        self.within = False

    def rests(self, client: Client) -> bool:
        """Where nothing more is to be sent: it would be kept, or counted."""
        return (
            client.handler.enforce_csrf_checks
            or connection.force_debug_cursor
            or not connection.in_atomic_block
            or self.request.node.get_closest_marker("alone") is not None
        )

    def before(self, client: Client, send: Any, path: str, said: Any) -> None:
        """A form is about to be sent by a test."""
        route = _route(path)
        if self.within or not route or self.rests(client):
            return
        said = said if isinstance(said, dict) else {}
        if not _is_new(SENT, route, said):
            return
        form = self.form(client, path, said)
        if _is_new(TRIED, route, form.fields):
            self.request.getfixturevalue("words_are_looked_for")
            self.routes.append(route)
            self.within = True
            self.found += Trying(client, send, form, said, self.seed).all()
            self.within = False

    def opened(self, client: Client, ask: Any, path: str, answer: Any) -> None:
        """A page was opened by a test: what is asked on it to look for something is tried."""
        if self.within:
            return
        self.pages[client] = (path, answer)
        if self.rests(client) or answer.streaming or ASKS not in answer.content:
            return
        for form in FormsOf(answer.text, path, method="get").found:
            if _is_new(ASKED, urlsplit(form.action).path, form.fields):
                self.looks_for_garbage(client, ask, form)

    def looks_for_garbage(self, client: Client, ask: Any, form: Form) -> None:
        self.within = True
        query = form.garbage(GARBAGE, random.Random(self.seed)).decode("latin-1")
        raises, client.raise_request_exception = client.raise_request_exception, False
        with transaction.atomic():
            if ask(f"{urlsplit(form.action).path}?{query}").status_code >= 500:
                self.found.append(f"a fault at {form.action}, asked for {query}")
            transaction.set_rollback(True)
        client.raise_request_exception = raises
        self.within = False

    def form(self, client: Client, path: str, said: dict[str, Any]) -> Form:
        """As the page that was opened before shows it; what it lacks is sent all the same."""
        form = Form(path)
        address, answer = self.pages.get(client, ("", None))
        if answer is not None and "html" in answer.headers.get("Content-Type", ""):
            there = FormsOf(answer.text, address).found
            form = next((one for one in there if one.action == path), form)
        for name, value in said.items():
            form.fields.setdefault(name, Field(name, "text", [str(value)]))
        return form


def _route(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return ""


def _is_new(known: set[tuple[str, frozenset[str]]], route: str, names: Any) -> bool:
    key = (route, frozenset(map(nameless, names)))
    is_new = key not in known
    known.add(key)
    return is_new


@pytest.fixture(scope="session")
def words_are_looked_for(cluster: Cluster) -> Iterator[None]:
    """In rows, as the server's owner: nobody else sees each of them. At the end in files, too."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.superuser, dbname=name, autocommit=True) as owner:
        owner.execute(FUNCTION)
    yield
    folders = [cluster.log.parent, Path(settings.EMAIL_FILE_PATH), Path(settings.WAYMARK_FILES)]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert [file for file in files if CANARY.search(file.read_bytes().decode("latin-1"))] == []


@pytest.fixture(autouse=True)
def every_form_is_tried(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    net, lines = Net(request), Lines(CANARY)
    got, posted = Client.get, Client.post

    def get(client: Client, path: str, *args: Any, **more: Any) -> Any:
        answer = got(client, path, *args, **more)
        net.opened(client, lambda address: got(client, address), path, answer)
        return answer

    def post(
        client: Client, path: str, data: Any = None, content_type: str = MULTIPART_CONTENT,
        **more: Any,
    ) -> Any:  # fmt: skip
        others = {name: value for name, value in more.items() if name != "follow"}
        net.before(
            client, lambda said, typed: posted(client, path, said, typed, **others), path, data
        )
        return posted(client, path, data, content_type, **more)

    monkeypatch.setattr(Client, "get", get)
    monkeypatch.setattr(Client, "post", post)
    logging.getLogger().addHandler(lines)
    request.node.user_properties.append(("forms", net.routes))
    yield
    logging.getLogger().removeHandler(lines)
    assert net.found == []
    assert not net.routes or lines.naming == []


class Whole:
    """Of a run of all tests: the addresses that take a form which no test has sent."""

    def __init__(self, config: pytest.Config):
        self.tried: set[str] = set()
        option = config.option
        narrowed = option.keyword or option.markexpr or option.unrecorded
        self.is_whole = config.args_source is config.ArgsSource.TESTPATHS and not narrowed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tried.update(dict(report.user_properties).get("forms", ()))

    def missing(self) -> list[str]:
        return sorted(that_take_one() - self.tried) if self.is_whole else []

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if missing := self.missing():
            terminalreporter.section("FAILED: forms that no test sends", red=True)
            terminalreporter.write_line("\n".join(missing))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "alone: nothing is to be sent but by the test itself")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Whole(config), "every form of a whole run")
