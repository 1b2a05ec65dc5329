"""Garbage, and words that must not get out, in every field of every form (S63, S66)."""

import logging
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
import pytest
from django.core import mail
from django.db import connection

from tests.cast import INSTALLATION, Cast
from tests.security.forms import Form, Forms, Reached
from tests.security.test_leaks import MARKERS, SWEPT, markers_in, swept_files
from tests.security.test_logs import Written
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.project.embedded.cluster import Cluster
from waymark.project.jobs import mailing

pytestmark = pytest.mark.slow
SEED = 20261127
TYPED = "application/x-www-form-urlencoded"
WORDS = "Canarywords told of somebody in confidence"
GARBAGE = (
    b"", b"%00", b"a%00b", b"%FF%FE", b"%ED%A0%80", b"%E2%80%AE%E2%80%8B", b"%0D%0ASet-Cookie:x=1",
    b"-1", b"0", b"9223372036854775808", b"99999999999999999999999", b"1e309", b"NaN", b"%C2%B2",
    b"2026-02-30", b"0000-00-00", b"99999", b"31", b"None", b"[]", b"%7B%7D", b"true", b"on",
    b"%27%3B+DROP+TABLE+cases_case%3B--", b"%3Cscript%3Ealert(1)%3C/script%3E", b"%7B%7B7*7%7D%7D",
    b"../../etc/passwd", b"%F0%9F%92%A3" * 400, b"x" * 20_001,
)  # fmt: skip
HOLDING = " UNION ALL ".join(
    f"SELECT '{table}' FROM public.{table} x WHERE x::text ~* words"
    for table in (*SWEPT, "directory_notice")
)
FUNCTION = (
    f"CREATE OR REPLACE FUNCTION retold.holding(words text) RETURNS SETOF text LANGUAGE sql"
    f" SECURITY DEFINER AS $body$ {HOLDING} $body$"
)


@pytest.fixture
def everything(cluster: Cluster, db: None) -> None:
    """Rows of the tables that are swept are seen as their strongest reader sees them."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.superuser, dbname=name, autocommit=True) as superuser:
        superuser.execute(FUNCTION)


@pytest.fixture
def written() -> Iterator[Written]:
    handler = Written()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


class Sweep:
    """What was sent, and each place with a word in it that must not be there."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.found: list[tuple[str, ...]] = []
        self.came: Counter[str] = Counter()

    def fills(self, one: Reached) -> None:
        """Once as it may be, once with every box wrong or too long."""
        wrong = dict.fromkeys(one.form.fields, WORDS)
        if long := self._box(one.form):
            wrong[long] = WORDS * 500
        for said in (one.form.filled(WORDS, self.chance), wrong):
            with one.sent(said) as answer:
                self.came[f"{answer.status_code}"] += 1
                self._look(one, answer)
                if answer.status_code == 302 and answer["Location"].startswith("/"):
                    self._look(one, one.client.get(answer["Location"]))
                self._look_at_rows(one)
        self.came["forms"] += 1
        self.came["fields"] += len(one.form.fields)

    def _box(self, form: Form) -> str:
        boxes = [field.name for field in form.fields.values() if field.kind in ("text", "textarea")]
        return self.chance.choice(boxes) if boxes else ""

    def _look(self, one: Reached, answer: Any) -> None:
        page = answer.content.decode(errors="replace") if not answer.streaming else ""
        places = {
            "header": [*answer.headers.values()],
            "cookie": [f"{each.key}={each.value}" for each in one.client.cookies.values()],
            "title": re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
            "address": re.findall(r'(?:href|action|src)="([^"]*)"', page),
            "error": [page] if answer.status_code >= 400 and answer.status_code != 503 else [],
        }
        for place, texts in places.items():
            if place == "title" and "/organisations/" in one.form.action:
                continue  # the directory names bodies: no person, and no case
            if words := markers_in(unquote("\n".join(texts))):
                self.found.append((place, one.who, one.form.action, str(words)))

    def _look_at_rows(self, one: Reached) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM retold.holding(%s)", ["|".join(MARKERS)])
            self.found += [("rows", one.form.action, name) for (name,) in cursor.fetchall()]
        mailing.send()


@pytest.mark.requirement("S63", "S66", "S73")
def test_no_form_answers_with_a_fault_or_lets_a_word_out(
    essex: Cast, thurrock: Cast, everything: None, cluster: Cluster, written: Written,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    chance = random.Random(SEED)
    sweep, faults = Sweep(chance), []
    become(INSTALLATION)
    User.objects.update(email="somebody@example.org")
    for one in Forms(essex, thurrock).reached(chance):
        with one.sent(one.form.garbage(GARBAGE, chance), TYPED) as answer:
            if answer.status_code >= 500:
                faults.append((one.who, one.form.action))
        sweep.fills(one)
    record_property("filled", dict(sweep.came))
    assert faults == []
    assert sweep.found == []
    assert markers_in("".join(written.lines)) == []
    assert markers_in(cluster.log.read_text()) == []
    assert markers_in(repr([vars(message) for message in mail.outbox])) == []
    assert swept_files(cluster) == [] and list(tmp_path.rglob("*")) == []
    assert sweep.came["forms"] >= 85 and sweep.came["fields"] >= 550, sweep.came
    assert sweep.came["302"] >= 70 and mail.outbox, sweep.came
