"""Marker words go through a whole case; then every place is swept where none may be."""

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests import words
from tests.cast import Cast, acting
from tests.security.test_logs import Written
from tests.story import Story
from tests.web.referrer import HAPPENED, Referrer
from waymark.directory.models import User
from waymark.project.embedded.cluster import Cluster

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
SURNAME, REFERRER, TOLD = "Canaryperson", "Canaryreferrer", "Canarywords about the bus"
DOCUMENT = [
    {"topic": "concern", "code": "happened", "question": "What happened?", "answer": TOLD},
]
MARKERS = (
    *("canary", "Ashdown", "Drawn in by older", "Absence has grown", "Nine days missed"),
    *words.GATHERED.values(),
    *words.SUMMED_UP.values(),
)
SWEPT = ("audit_event", "audit_look", "procrastinate_jobs", "procrastinate_events")


@pytest.fixture
def written() -> Iterator[Written]:
    handler = Written()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def told(cast: Cast, *, whole: bool = False) -> Story:
    story = Story(cast, surname=SURNAME)
    story.referred(document=DOCUMENT, referrer={"name": REFERRER})
    return story.reviewed_after_exit() if whole else story.second_risk()


def markers_in(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker.lower() in text.lower()]


def whole_tables(cluster: Cluster) -> dict[str, str]:
    """All rows of the tables that are swept, as their strongest reader sees them."""
    found = {}
    with psycopg.connect(cluster.superuser, dbname=connection.settings_dict["NAME"]) as strong:
        for table in SWEPT:
            rows = strong.execute(f"SELECT x::text FROM {table} x".encode()).fetchall()
            found[table] = "\n".join(row[0] for row in rows)
    return found


@pytest.mark.requirement("S66")
def test_a_whole_case_leaves_no_word_outside_its_own_rows(
    transactional_db: None, cluster: Cluster, written: Written
) -> None:
    with transaction.atomic():
        cast = Cast("Essex")
        story = told(cast, whole=True)
    tables = whole_tables(cluster)
    assert len(tables["audit_event"].splitlines()) > 30  # all of it was audited
    assert {name: markers_in(rows) for name, rows in tables.items() if markers_in(rows)} == {}
    with psycopg.connect(cluster.superuser, dbname=connection.settings_dict["NAME"]) as strong:
        kept = strong.execute("SELECT count(*) FROM people_name WHERE surname = %s", [SURNAME])
        assert kept.fetchone() == (1,)  # the markers did go in
    browse(cast, story)
    break_it(story)
    assert markers_in("".join(written.lines)) == []
    assert markers_in(cluster.log.read_text()) == []
    assert markers_in(repr([vars(message) for message in mail.outbox])) == []
    assert swept_files(cluster) == []


def browse(cast: Cast, story: Story) -> None:
    """Pages and failures, with the markers in what is sent."""
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        acting(cast.police_lead)
        client.force_login(cast.police_lead, backend=BACKEND)
    here = f"/cases/{story.case.reference}"
    client.get(f"/cases?holder={SURNAME}")
    client.get(f"/{SURNAME}/{TOLD}")
    client.post(f"{here}/risk", {"person_what": TOLD})
    client.post("/sign-in", {"username": SURNAME, "password": TOLD})
    client.post("/receipt", {"code": SURNAME})
    client.post("/refer/road", {"road": TOLD}, headers={"host": f"{SURNAME}.example"})


def break_it(story: Story) -> None:
    """The database itself refuses a row that holds a marker, and names it in its own words."""
    for statement in (
        "INSERT INTO people_name (id, surname) VALUES (1, %s)",
        "SELECT %s::int",
        "SELECT pg_sleep(0), %s::date",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [SURNAME])


def swept_files(cluster: Cluster) -> list[str]:
    """Files of logs and mail with a marker in them."""
    folders = [cluster.log.parent, Path(settings.EMAIL_FILE_PATH)]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if markers_in(file.read_bytes().decode(errors="replace"))]


@pytest.mark.requirement("S65")
def test_no_address_title_cookie_or_file_name_tells_who_it_is_about(
    client: Client, essex: Cast
) -> None:
    story = told(essex)
    who: User = essex.police_lead
    client.force_login(who, backend=BACKEND)
    todo, seen, named = ["/", "/cases", "/referrals"], set[str](), 0
    while todo and len(seen) < 40:
        address = todo.pop()
        seen.add(address)
        answer = client.get(address)
        page = answer.content.decode(errors="replace")
        named += SURNAME in page
        places = re.findall(r'(?:href|action|src)="([^"]*)"', page)
        titles = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
        sent = [*answer.headers.values(), *(f"{c.key}={c.value}" for c in client.cookies.values())]
        for text in (*places, *titles, *sent):
            assert markers_in(unquote(text)) == [], (address, text)
        todo += [place for place in places if is_of_the_work(place) and place not in seen]
    assert named >= 2  # the pages do name the person, to whom may see it
    assert any(story.case.reference in address for address in seen)


def is_of_the_work(place: str) -> bool:
    return place.startswith(("/cases", "/referrals", "/panels"))


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE people_name; --",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "<!--#exec cmd='x'--><svg/onload=alert(1)>",
    '=cmd|"/c calc"!A1',
    "</textarea></title><base href=//elsewhere.example>",
    "&lt;b&gt; &amp;amp; \u202etxt.exe",
]


@pytest.mark.requirement("S75")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_back_as_words(client: Client, essex: Cast, text: str) -> None:
    referrer = Referrer(client).begins()
    clean = referrer.page("/refer/topic/happened")
    referrer.names(forenames="Robin", surname=text[:60])
    referrer.fills("happened", **dict.fromkeys(HAPPENED, text))
    for address in ("/refer/topic/happened", "/refer/check"):
        page = referrer.page(address)
        assert text in unescape(page)
        assert not re.search(r"<(?!input|br)[^>]*onerror|<svg/onload|<base|<script>", page)
    typed = referrer.page("/refer/topic/happened")
    assert tags(typed) == tags(clean)  # not one element more
    assert page_is_whole(typed)


def tags(page: str) -> list[str]:
    return re.findall(r"<(/?(?:script|img|svg|base|textarea|title|form|table))\b", page)


def page_is_whole(page: str) -> bool:
    return page.rstrip().endswith("</html>")


@pytest.mark.requirement("S75")
def test_hostile_words_reach_the_police_as_words(client: Client, essex: Cast) -> None:
    answers = [
        {"topic": "concern", "code": "happened", "question": f"Question {n}", "answer": text}
        for n, text in enumerate(HOSTILE)
    ]
    story = Story(essex, surname=HOSTILE[0]).referred(document=answers)
    reference = story.subject.referral.reference
    client.force_login(essex.police_lead, backend=BACKEND)
    page = client.get(f"/referrals/{reference}").text
    assert all(text in unescape(page) for text in HOSTILE)
    assert not [text for text in HOSTILE[:2] if text in page]
    assert not re.search(r"<img src=x|<svg/onload|<base|<script>", page)


@pytest.mark.requirement("S75")
@pytest.mark.parametrize("line", ["\r\n", "\n", "\r", "%0d%0a", "\u2028", "\x85"])
def test_a_new_line_makes_no_header_and_no_line_of_the_log(
    client: Client, db: None, written: Written, line: str
) -> None:
    said = f"/cases{line}X-Hostile: yes{line}Set-Cookie: hostile=1"
    answers = [
        client.get("/sign-in", {"next": said}),
        client.post("/sign-in", {"username": said, "password": "any"}, query_params={"next": said}),
        client.get(f"/nowhere/{said}"),
        client.get("/cases", {"stage": said}),
    ]
    for answer in answers:
        assert "X-Hostile" not in answer.headers and "hostile" not in client.cookies
        assert not re.search(r"[\r\n]", "".join(answer.headers.values()))
    assert all(len(text.splitlines()) == 1 and json.loads(text) for text in written.lines)
    assert "X-Hostile" not in "".join(written.lines)
