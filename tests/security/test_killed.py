"""Ended without warning: web server, job worker and database amid their work.

How often, `SOAK` says: `make soak` goes on to a thousand kills, which takes longer than a round
of all tests may.
"""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from tests import server
from tests.browser.person import PASSWORD
from tests.security.site import (
    Answer,
    Environment,
    Site,
    Visitor,
    command,
    environment_for,
    hidden_in,
    kill,
    serving,
)
from tests.web.referrer import HAPPENED
from waymark.project import roles
from waymark.project.embedded.children import Child
from waymark.project.embedded.cluster import Cluster

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SOAK", "60"))  # of the web server's processes
CUTS = max(2, KILLS // 20)  # of the database
WORKERS = max(2, KILLS // 10)  # of the job worker
NOTICES = 60 * WORKERS
PATIENCE = 30.0  # seconds to wait for a line to be saved
KEEP = "/refer/topic/happened/keep"
PERSON = {"forenames": "Robin", "surname": "Ashdown", "birth-age": "15"}
CAST = """
import django; django.setup()
from django.db import transaction
from tests.browser.cast import cast_of
print(cast_of("Essex").police_lead.username)
"""
TELL = """
import django; django.setup()
from django.db import transaction
from tests.browser.cast import cast_of
from tests.cast import INSTALLATION
from waymark.database.guard import become
from waymark.directory.notices import notify
user = cast_of("Thurrock").police_lead
with transaction.atomic():
    become(INSTALLATION)
    user.email = "lead@example.org"
    user.save(update_fields=["email"])
    for _ in range({notices}):
        notify(user, "deputy", by=INSTALLATION)
"""


@dataclass
class Installation:
    """Database and web server of its own, with data that outlives both."""

    cluster: Cluster
    site: Site

    def asked(self, query: str) -> list[tuple[object, ...]]:
        strong = self.cluster.superuser.replace("dbname=postgres", "dbname=waymark")
        with psycopg.connect(strong, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def chain_verifies(self) -> bool:
        done = command(self.site.environment, "audit", "verify")
        return done.returncode == 0


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    passwords, var = server.new_passwords(), tmp_path_factory.mktemp("installation")
    with server.folder(settings.CONFIGURATION.var) as home:
        cluster = Cluster(home, passwords["waymark_super"])  # which waits for its disk
        cluster.start()
        try:
            roles.run(cluster.superuser, "waymark", passwords)
            environment = environment_for(cluster, "waymark", passwords, var)
            with serving(environment, var, WEB_CONCURRENCY="8") as site:
                yield Installation(cluster, site)
        finally:
            cluster.stop()


@dataclass
class Person:
    """Somebody with a browser, who presses again when the connection breaks."""

    site: Site
    broken: int = 0

    def presses(self, visitor: Visitor, address: str, **typed: str) -> Answer:
        """Open a page, fill it in and send it, until an answer comes."""
        return self.insists(lambda: visitor.post(address, **typed))

    def insists(self, ask: Callable[[], Answer]) -> Answer:
        while True:
            try:
                answer = ask()
            except (OSError, HTTPException):
                self.broken += 1
                continue
            if answer.status in (200, 204, 302):
                return answer
            assert answer.status in (500, 503), answer.text


@dataclass
class Typist(Person):
    """Types on one page, which is saved every moment."""

    visitor: Visitor = field(init=False)
    number: int = 0  # what the server last said that it had saved

    def goes_on(self, over: threading.Event) -> None:
        self.visitor = Visitor(self.site)
        self.presses(self.visitor, "/refer/road", road="public")
        page = self.insists(lambda: self.visitor.get("/refer/topic/happened"))
        while not over.is_set():
            typed = hidden_in(page.text) | {"exact_words": f"Line {self.number + 1} of it"}
            self.insists(partial(self.visitor.ask, "POST", KEEP, urlencode(typed)))
            self.number += 1

    def finds(self) -> int:
        """The number of the line that stands on the page now; 0 where none does."""
        page = self.insists(lambda: self.visitor.get("/refer/topic/happened"))
        found = re.search(r"Line (\d+) of it", page.text)
        return int(found[1]) if found else 0


@dataclass
class Sender(Person):
    """Refers again and again, and remembers what the server said was received."""

    sent: list[Visitor] = field(default_factory=list)

    def goes_on(self, over: threading.Event) -> None:
        while not over.is_set():
            visitor = Visitor(self.site)
            self.presses(visitor, "/refer/road", road="public")
            self.presses(visitor, "/refer/person/1/person", **PERSON)
            self.presses(visitor, "/refer/topic/happened", **HAPPENED)
            answer = self.presses(visitor, "/refer/check")
            if answer.headers.get("location") == "/refer/received":
                self.sent.append(visitor)


def kill_workers(site: Site, times: int, typists: list[Typist]) -> int:
    """Kill one worker after the other; after every twenty, wait until somebody has saved a line.

    So a slow machine, too, has work that is acknowledged between the kills.
    """
    done, chosen, last = 0, random.Random(5), 0
    while done < times:
        if workers := site.workers():
            kill(chosen.choice(workers))
            done += 1
        time.sleep(0.06)
        if done % 20 == 0:
            wait_until(lambda before=last: saved(typists) > before)
            last = saved(typists)
    return done


def saved(typists: list[Typist]) -> int:
    return sum(typist.number for typist in typists)


def cut_database(installation: Installation, times: int, typists: list[Typist]) -> int:
    """Kill the database as a power cut would, each time after somebody has saved a line."""
    for _ in range(times):
        last = saved(typists)
        wait_until(lambda before=last: saved(typists) > before)
        power_cut(installation.cluster)
        installation.cluster.start()
    return times


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)


def power_cut(cluster: Cluster) -> None:
    assert cluster.process
    os.killpg(cluster.process.pid, signal.SIGKILL)
    cluster.process.wait()


@pytest.mark.requirement("F3")
@pytest.mark.parametrize("killed", ["web server", "database"])
def test_nothing_acknowledged_is_lost_though_one_is_killed_again_and_again(
    installation: Installation, killed: str
) -> None:
    site, over = installation.site, threading.Event()
    typists, senders = [Typist(site) for _ in range(2)], [Sender(site) for _ in range(3)]
    people: list[Typist | Sender] = [*typists, *senders]
    with ThreadPoolExecutor(len(people)) as threads:
        going = [threads.submit(person.goes_on, over) for person in people]
        try:
            if killed == "database":
                assert cut_database(installation, CUTS, typists) == CUTS
            else:
                assert kill_workers(site, KILLS, typists) == KILLS
            wait_until(lambda: any(sender.sent for sender in senders))
        finally:
            over.set()
        for one in going:
            one.result()
    sent = [visitor for sender in senders for visitor in sender.sent]
    assert sent and saved(typists) >= CUTS
    assert killed == "database" or sum(person.broken for person in people) >= KILLS // 10
    for visitor in sent:
        assert "app-code" in visitor.get("/refer/received").text
    for typist in typists:
        assert typist.finds() == typist.number
    assert installation.asked("SELECT count(*) FROM referrals_referral")[0][0] >= len(sent)  # type: ignore[operator]
    assert installation.chain_verifies()


@pytest.mark.requirement("F2")
def test_a_job_whose_worker_is_killed_is_begun_again_and_done_once(
    installation: Installation, tmp_path: Path
) -> None:
    """Killed amid sending e-mails: each goes out; one that was being handed over, maybe twice."""
    environment = installation.site.environment | {"WAYMARK_MAIL_FOLDER": str(tmp_path)}
    told(installation, NOTICES)
    for _ in range(WORKERS):
        before = waiting(installation)
        with_worker(installation, environment, "send_notices", lambda w=before: waits_less(w))
    installation.asked(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' RETURNING id"
    )
    begun = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    assert installation.asked(begun) != [(0,)]
    installation.asked(  # one of them waits once more, since its time has come again
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock, lock)"
        " SELECT queue_name, task_name, args, queueing_lock, lock FROM procrastinate_jobs"
        " WHERE status = 'doing' AND queueing_lock IS NOT NULL LIMIT 1"
        " ON CONFLICT DO NOTHING RETURNING id"  # where it waits already, all is as it should be
    )

    def done(installation: Installation) -> bool:
        return waiting(installation) == 0 and installation.asked(begun) == [(0,)]

    with_worker(installation, environment, "rescue", lambda: done)
    letters = "".join(path.read_text() for path in tmp_path.iterdir())
    sent = re.findall(r"^Message-ID: <(\d+)@", letters, re.MULTILINE)
    assert len(set(sent)) == NOTICES <= len(sent) <= NOTICES + WORKERS
    assert installation.chain_verifies()


def with_worker(
    installation: Installation,
    environment: Environment,
    task: str,
    until: Callable[[], Callable[[Installation], bool]],
) -> None:
    """A job worker that does `task` until that holds, and is then killed."""
    log = Path(environment["WAYMARK_VAR"]) / "worker.log"
    worker = Child.start("job worker", ["worker"], environment, log)
    installation.asked(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES"
        f" ('default', 'waymark.project.{task}', '{{\"timestamp\": 0}}') RETURNING id"
    )
    holds, deadline = until(), time.monotonic() + 60
    while not holds(installation):
        assert time.monotonic() < deadline and not worker.has_ended, log.read_text()[-2000:]
        time.sleep(0.01)
    kill(worker.process.pid)
    worker.process.wait()


def waiting(installation: Installation) -> int:
    """How many notices have not gone out."""
    query = "SELECT count(*) FROM directory_notice WHERE sent_at IS NULL"
    return int(str(installation.asked(query)[0][0]))


def waits_less(than: int) -> Callable[[Installation], bool]:
    return lambda installation: waiting(installation) < than - 5


@pytest.mark.requirement("F20")
def test_after_a_power_cut_all_is_there_again_within_a_minute(installation: Installation) -> None:
    assert installation.asked("SHOW fsync") == [("on",)]
    writer, officer = Visitor(installation.site), Visitor(installation.site)
    writer.post("/refer/road", road="public")
    writer.post("/refer/topic/happened", exact_words="Typed before the cut")
    officer.post("/sign-in", username=somebody(installation), password=PASSWORD)
    assert officer.get("/referrals").status == 200
    installation.asked(
        "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', 'waits')"
        " RETURNING id"
    )
    form = writer.get("/refer/topic/happened")
    power_cut(installation.cluster)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
    assert token
    said = f"csrfmiddlewaretoken={token[1]}&exact_words=Typed+amid+the+cut"
    answer = writer.ask("POST", "/refer/topic/happened", said)
    assert answer.status == 503
    assert "Not saved" in answer.text and "Typed amid the cut" in answer.text
    began = time.monotonic()
    installation.cluster.start()
    page = there_again(writer, "/refer/topic/happened", began)
    assert "Typed before the cut" in page.text and "Typed amid" not in page.text
    assert there_again(officer, "/referrals", began).status == 200
    kept = "SELECT status FROM procrastinate_jobs WHERE task_name = 'waits'"
    assert installation.asked(kept) == [("todo",)]
    assert installation.chain_verifies()
    assert time.monotonic() - began < 60


def there_again(visitor: Visitor, address: str, began: float) -> Answer:
    """A page, once each process that may answer has another connection: within the minute."""
    while (page := visitor.get(address)).status == 503:
        assert time.monotonic() - began < 60
        time.sleep(0.2)
    return page


def somebody(installation: Installation) -> str:
    """A police lead with an account, made in the installation's own database."""
    return ran(installation, CAST).strip().splitlines()[-1]


def told(installation: Installation, notices: int) -> None:
    """So many messages for one person wait to be sent."""
    ran(installation, TELL.format(notices=notices))


def ran(installation: Installation, script: str) -> str:
    """What a script says that runs in the installation, as its application."""
    environment = installation.site.environment
    environment = environment | {"DJANGO_SETTINGS_MODULE": "waymark.project.settings"}
    line = [sys.executable, "-c", script]
    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
