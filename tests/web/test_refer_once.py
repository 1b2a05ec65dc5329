"""Sending: twice is once, the receipt for an hour, and nothing of the sender's machine is kept."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, acting
from tests.web.referrer import Referrer
from waymark.database import clock
from waymark.project.embedded.cluster import Cluster
from waymark.referrals.models import Referral
from waymark.web.door.visiting import DRAFT

TRAIT = "Ruritanian"


@pytest.fixture
def referrer(db: None) -> Referrer:
    return Referrer().begins("public").tells()


@pytest.mark.requirement("S40", "F10")
def test_pressed_twice_it_is_received_once(referrer: Referrer, essex: Cast) -> None:
    hidden = referrer.hidden("/refer/check")
    first = referrer.client.post("/refer/check", hidden)
    code = referrer.code()
    second = referrer.client.post("/refer/check", hidden)
    assert first["Location"] == second["Location"] == "/refer/received"
    assert referrer.code() == code  # reload, or a bookmark
    acting(essex.police_lead)
    assert Referral.objects.count() == 1


@pytest.mark.requirement("S35", "F12")
def test_back_after_sending_says_already_sent_with_empty_fields(referrer: Referrer) -> None:
    old = referrer.hidden("/refer/topic/happened")
    referrer.sends()
    for address in ("/refer/list", "/refer/topic/happened", "/refer/check"):
        page = referrer.page(address)
        assert "Already sent" in page
        assert "<textarea" not in page
    said = {**old, "exact_words": "Typed again after sending"}
    page = referrer.client.post("/refer/topic/happened", said).content.decode()
    assert "Already sent" in page
    assert "<textarea" not in page
    assert "Typed again after sending" in page  # not lost: it can be copied
    assert "add it with your code" in page


@pytest.mark.requirement("S40")
def test_the_receipt_is_shown_for_an_hour_only(referrer: Referrer) -> None:
    referrer.sends()
    clock.set_offset(timedelta(minutes=61))
    page = referrer.page("/refer/received")
    assert "Already sent" in page
    assert "app-code" not in page


def test_the_receipt_is_not_skipped_by_mistake(referrer: Referrer) -> None:
    code = referrer.sends()
    assert code in referrer.page("/refer/another")
    assert "See your receipt" in referrer.page("/refer/road")
    assert referrer.client.post("/refer/another", {})["Location"] == "/refer"
    assert referrer.client.cookies[DRAFT].value == ""


def test_the_receipt_page_says_what_happens_next(referrer: Referrer) -> None:
    referrer.sends()
    page = referrer.page("/refer/received")
    for words in ("What happens next", "5 working days", "Whom to ring", "It is your only way"):
        assert words in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S40", "F10")
def test_two_presses_at_once_are_received_once(cluster: Cluster) -> None:
    referrer = Referrer().begins("public").tells()

    def press(_: int) -> str:
        client = Client()
        client.cookies[DRAFT] = referrer.secret
        try:
            return str(client.post("/refer/check", {})["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {"/refer/received"}
    assert referrer.code()
    assert len(rows_of("referrals_referral", cluster)) == 1
    assert len(rows_of("referrals_receipt", cluster)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S37")
def test_nothing_of_the_senders_machine_is_kept(
    cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = {"HTTP_USER_AGENT": "CanaryBrowser/7", "REMOTE_ADDR": "203.0.113.77"}
    client = Client(HTTP_X_FORWARDED_FOR="198.51.100.99", **canary)
    referrer = Referrer(client).begins("professional").tells()
    referrer.names(nationality=TRAIT)
    referrer.sends()
    kept = dump(cluster)
    assert TRAIT in kept  # it is really all that is searched
    for trace in ("CanaryBrowser", "203.0.113.77", "198.51.100.99"):
        assert trace not in kept
        assert trace not in caplog.text


def dump(cluster: Cluster) -> str:
    """Every row of every table, as text."""
    tables = connection.introspection.table_names()
    return "".join(row for table in tables for row in rows_of(table, cluster))


def rows_of(table: str, cluster: Cluster) -> list[str]:
    """Every row as the superuser sees it, whatever the policies say."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.superuser, dbname=name) as all_seeing:
        return [row[0] for row in all_seeing.execute(f"SELECT t::text FROM {table} t")]
