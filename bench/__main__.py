"""`make bench`: pages in a small and in a large register, side by side in one run.

BENCH_CASES (1,000,000) says how large, BENCH_RUNS (40) how often each page is opened.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from bench import register
from bench.measured import Costs, ask
from tests import server
from tests.cast import Cast, acting
from tests.story import Story
from tests.words import FOUND, SUMMED_UP
from waymark.assessments import signing, writing
from waymark.database.guard import become
from waymark.database.mark import kind, mark_as
from waymark.oversight.openings import Question, answer
from waymark.policy.pack import in_force
from waymark.project import roles
from waymark.project.embedded.cluster import Cluster

SMALL = 1_000
LARGE = int(os.environ.get("BENCH_CASES", "1000000"))
RUNS = int(os.environ.get("BENCH_RUNS", "40"))
AT_ONCE = 5  # openings of a page before the other register has its turn
ASSESSMENTS = 40
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
PASSWORDS = server.new_passwords()


@dataclass
class Register:
    """A database with so many cases, and what is opened in it: a page's name and who opens it."""

    name: str
    size: int
    clients: dict[str, Client]
    pages: dict[str, tuple[str, str]]


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def connect(name: str, role: str = "waymark_app") -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict |= {"NAME": name, "USER": role, "PASSWORD": PASSWORDS[role]}


def migrated(cluster: Cluster, name: str) -> None:
    """An empty database, which the application is connected to from here on."""
    roles.run(cluster.superuser, name, PASSWORDS)
    connect(name, "waymark_owner")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        for statement in roles.closed(name):
            cursor.execute(statement)
    if kind() is None:
        mark_as("demonstration")
    connect(name)


def made(cluster: Cluster, size: int) -> Register:
    """A migrated database with a cast, one case told through its use cases, and `size` others."""
    name, began = f"bench_{size}", time.monotonic()
    migrated(cluster, name)
    with transaction.atomic():
        story = told()
        clients = {who: _client(getattr(story.cast, who)) for who in ("police_officer", "chair")}
        for who in clients:  # asked once, before a case is opened
            reader = acting(getattr(story.cast, who))
            asked = Question(knows=True, purpose=True)
            answer(story.case, by=reader, question=asked, purpose="meeting")
    with psycopg.connect(cluster.superuser, dbname=name, autocommit=True) as strong:
        register.fill(
            strong, size=size, holder=story.cast.second_officer.pk, edition=in_force().code
        )
    say(f"{name}: {size:,} people and cases in {time.monotonic() - began:.0f} s")
    case = f"/cases/{story.case.reference}"
    pages = {
        "Home of a chair": ("chair", "/"),
        "Home of a police officer": ("police_officer", "/"),
        "List of an area's cases": ("chair", "/cases?area=essex"),
        "List of cases, overdue": ("chair", "/cases?overdue=yes"),
        "Case": ("chair", case),
        f"Changes, {ASSESSMENTS} assessments": ("chair", f"{case}/assessment/changes"),
    }
    return Register(name, size, clients, pages)


def told() -> Story:
    """A case at the panel that was assessed many times."""
    story = Story(Cast("Essex")).on_panel()
    officer = acting(story.cast.police_officer)
    for _ in range(ASSESSMENTS - 1):
        begun = writing.start(story.case, by=officer)
        texts = SUMMED_UP | {"changes": "As before"}
        saved = writing.save(begun, by=officer, written=writing.Written(FOUND, texts))
        signing.sign(saved, by=officer)
    return story


def _client(user: object) -> Client:
    client = Client()
    become(user)  # type: ignore[arg-type]
    client.force_login(user, backend=BACKEND)  # type: ignore[arg-type]
    return client


def measure(registers: list[Register]) -> Iterator[tuple[str, list[Costs]]]:
    """Each page by turns in every register, so that a slow moment of the machine meets all."""
    for page in registers[0].pages:
        costs = [Costs() for _ in registers]
        for _ in range(max(RUNS // AT_ONCE, 1)):
            for one, cost in zip(registers, costs, strict=True):
                connect(one.name)
                who, address = one.pages[page]
                ask(one.clients[who], address)  # the connection is new
                cost.all += [ask(one.clients[who], address) for _ in range(AT_ONCE)]
        yield page, costs


COLUMNS = "{:<28}{:>10}{:>12}{:>9}{:>9}{:>9}{:>9}"


def report(registers: list[Register]) -> None:
    heads = ("", "cases", "queries", "SQL", "template", "p50", "p95")
    print(COLUMNS.format(*heads) + "   (milliseconds)")
    for page, costs in measure(registers):
        for one, cost in zip(registers, costs, strict=True):
            figures = [f"{cost.median(name):.1f}" for name in ("sql", "template", "whole")]
            print(COLUMNS.format(page, f"{one.size:,}", cost.queries, *figures,
                                 f"{cost.p95('whole'):.1f}"))  # fmt: skip
        small, large = costs
        of_parts = large.median("whole") / (large.median("sql") + large.median("template"))
        print(f"  p95 at {registers[1].size:,} to that at {registers[0].size:,}: "
              f"{large.p95('whole') / small.p95('whole'):.2f}; "
              f"whole to SQL and template: {of_parts:.2f}")  # fmt: skip


@contextmanager
def running() -> Iterator[Cluster]:
    settings.ALLOWED_HOSTS = ["*"]
    with server.throw_away(settings.CONFIGURATION.var, PASSWORDS) as cluster:
        connection.settings_dict["HOST"] = str(cluster.socket)
        yield cluster


if __name__ == "__main__":
    with running() as cluster:
        report([made(cluster, SMALL), made(cluster, LARGE)])
