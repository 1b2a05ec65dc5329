"""Few connections, many people: whoever asks next gets nothing of who asked before."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.referrer import Referrer
from waymark.cases.models import Case
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.project.embedded.cluster import Cluster
from waymark.referrals.models import Draft, Referral
from waymark.referrals.writing import drafts

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
POSTS = ("police_officer", "police_lead", "chair", "families_lead", "coordinator", "auditor")
REQUESTS = 240


@pytest.fixture
def two_connections(transactional_db: None) -> Iterator[None]:
    known = connections.settings["default"]
    options = known["OPTIONS"]
    _forget()
    pool = {"min_size": 1, "max_size": 2, "timeout": 20}
    known["OPTIONS"] = options | {"pool": pool}
    yield
    _forget()
    known["OPTIONS"] = options


def _forget() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


class Asking:
    """Somebody with a browser, and the references that may be on their pages."""

    def __init__(self, user: User, references: list[str]):
        self.references = references
        self.client = Client(raise_request_exception=False)
        with transaction.atomic():
            acting(user)
            self.client.force_login(user, backend=BACKEND)
        self.first = {address: self.found(address) for address in self.addresses}
        self.wrong: list[tuple[str, object]] = []
        self.right = 0

    @property
    def addresses(self) -> list[str]:
        return ["/", "/cases", "/nowhere", *(f"/cases/{name}" for name in self.references)]

    def found(self, address: str) -> tuple[int, frozenset[str]]:
        answer = self.client.get(address)
        on_page = frozenset(name for name in self.references if name in answer.text)
        return answer.status_code, on_page if answer.status_code == 200 else frozenset()

    def ask(self, address: str) -> None:
        status, on_page = self.found(address)
        if (status, on_page) == self.first[address]:
            self.right += 1
        elif status not in (500, 503):  # whose connection was killed or cancelled
            self.wrong.append((address, (status, on_page, self.first[address])))


def disturb(cluster: Cluster, until: threading.Event) -> None:
    """Cancel what runs, and kill a connection now and then."""
    with psycopg.connect(cluster.superuser, autocommit=True) as strong:
        for turn in range(10_000):
            if until.wait(0.25):
                return
            way = "pg_terminate_backend" if turn % 4 == 3 else "pg_cancel_backend"
            strong.execute(
                f"SELECT {way}(pid) FROM pg_stat_activity WHERE usename = 'waymark_app'".encode()
            )


@pytest.mark.requirement("S81")
def test_many_people_over_two_connections_never_get_anothers_row(
    two_connections: None, cluster: Cluster
) -> None:
    with transaction.atomic():
        casts = [Cast(area) for area in ("Essex", "Thurrock", "Southend", "Luton")]
        names = ("Ashdown", "Birchwood", "Coldharbour", "Dunmow")
        stories = [Story(cast, surname=name) for cast, name in zip(casts, names, strict=True)]
        references = [story.screened().case.reference for story in stories]
    users = [getattr(cast, post) for cast in casts for post in POSTS]
    people = [Asking(user, references) for user in users]
    own = {person.first["/cases"] for person in people}
    assert len(people) >= 20 and len(own) >= 4  # they do not all see the same
    chosen = random.Random(7)
    todo = [
        (person, chosen.choice(person.addresses)) for person in chosen.choices(people, k=REQUESTS)
    ]
    over = threading.Event()
    disturber = threading.Thread(target=disturb, args=(cluster, over))
    disturber.start()
    try:
        with ThreadPoolExecutor(6) as threads:
            list(threads.map(lambda pair: _ask(*pair), todo))
    finally:
        over.set()
        disturber.join()
    assert [wrong for person in people for wrong in person.wrong] == []
    assert sum(person.right for person in people) >= REQUESTS / 2


def _ask(person: Asking, address: str) -> None:
    try:
        person.ask(address)
    finally:
        connection.close()  # as at the end of a request


@pytest.mark.requirement("S81")
def test_a_broken_connection_is_not_given_to_the_next(
    two_connections: None, cluster: Cluster
) -> None:
    def number() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    first = number()
    connection.close()
    with psycopg.connect(cluster.superuser, autocommit=True) as strong:
        strong.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert number() != first


@pytest.mark.requirement("S80", "S81")
def test_who_asks_is_forgotten_with_the_transaction(two_connections: None) -> None:
    with transaction.atomic():
        cast = Cast("Essex")
        Story(cast).screened()
        become(cast.police_lead)
        assert Case.objects.count() == 1
    for _ in range(4):
        connection.close()
        assert Case.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_case")
            assert cursor.fetchone() == (0,)


@pytest.mark.requirement("S80")
@pytest.mark.parametrize("address", ["/refer", "/sign-in", "/", "/nowhere"])
def test_a_request_begins_by_saying_who_asks(client: Client, db: None, address: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = [found["sql"] for found in asked if not found["sql"].startswith("SAVEPOINT")]
    assert "set_config('waymark." in statements[0]
    assert "true)" in statements[0]


@pytest.mark.requirement("S80")
def test_a_visitor_reads_the_draft_in_hand_and_no_other(client: Client, db: None) -> None:
    here, there = Referrer().begins(), Referrer().begins()
    become(Visitor(drafts.digest_of(here.secret)))
    assert [row.digest for row in Draft.objects.all()] == [drafts.digest_of(here.secret)]
    become(Visitor(drafts.digest_of(there.secret)))
    assert [row.digest for row in Draft.objects.all()] == [drafts.digest_of(there.secret)]
    become(None)
    assert Draft.objects.count() == 0
    become(Visitor("garbage"))
    assert Draft.objects.count() == 0


@pytest.mark.requirement("S80")
def test_a_visitor_sends_and_cannot_read_what_was_sent(essex: Cast) -> None:
    story = Story(essex).referred()
    assert Referral.objects.filter(receipt=story.sent.receipt).exists()  # as the police see it
    become(Visitor(drafts.digest_of(drafts.new_secret())))
    assert Referral.objects.count() == 0
    assert Case.objects.count() == 0
