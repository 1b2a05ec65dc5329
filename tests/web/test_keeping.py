"""What somebody types is kept until it is sent: for them alone, and not as part of the case."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from tests.web.police import hidden
from waymark.assessments.models import Finding
from waymark.cases.models import Unsent
from waymark.database.clock import now
from waymark.project.jobs.expiry import expire

TYPED = {"state": "partly", "shows": "Half a sentence 🌱", "evidence_0_words": "No source yet"}


@pytest.fixture
def begun(client: Client, essex: Cast) -> Desk:
    desk = Desk(client, Story(essex).partners_answered())
    desk.done(essex.police_officer, "assessment_start", desk.reference)
    return desk


def kept(begun: Desk, essex: Cast, query: str = "?keep=1", **typed: str) -> int:
    opened = begun.at(essex.police_officer).get("factor", begun.reference, "E3")
    sent = hidden(opened) | TYPED | typed
    return begun.client.post(f"{opened.request['PATH_INFO']}{query}", sent).status_code


@pytest.mark.requirement("F9")
def test_it_is_there_again_and_nothing_of_it_is_on_the_case(begun: Desk, essex: Cast) -> None:
    assert kept(begun, essex) == 204
    page = begun.at(essex.police_officer).get("factor", begun.reference, "E3").text
    assert "Half a sentence 🌱" in page and "No source yet" in page
    assert "what you typed and have not sent" in page and "There is a problem" not in page
    acting(essex.police_officer)
    assert not Finding.objects.exists()


def test_without_a_script_a_button_keeps_it(begun: Desk, essex: Cast) -> None:
    assert kept(begun, essex, query="", keep="1") == 302
    page = begun.at(essex.police_officer).get("factor", begun.reference, "E3").text
    assert "Half a sentence 🌱" in page and "kept for 30 days" in page


def test_nobody_else_sees_it(begun: Desk, essex: Cast) -> None:
    kept(begun, essex)
    page = begun.at(essex.police_lead).get("factor", begun.reference, "E3").text
    assert "Half a sentence" not in page and "have not sent" not in page
    for who in (essex.police_lead, essex.chair, essex.auditor, essex.administrator):
        acting(who)
        assert not Unsent.objects.exists()


def test_it_is_sealed(begun: Desk, essex: Cast) -> None:
    kept(begun, essex)
    acting(essex.police_officer)
    assert b"Half" not in bytes(Unsent.objects.get().sealed)


def test_it_is_gone_once_sent_or_thrown_away(begun: Desk, essex: Cast) -> None:
    kept(begun, essex)
    said = {"state": "not_yet_known"}
    begun.done(essex.police_officer, "factor", begun.reference, "E3", **said)
    acting(essex.police_officer)
    assert not Unsent.objects.exists()
    kept(begun, essex)
    begun.done(essex.police_officer, "factor", begun.reference, "E3", forget="1")
    acting(essex.police_officer)
    assert not Unsent.objects.exists()


def test_it_is_gone_after_its_days(begun: Desk, essex: Cast) -> None:
    kept(begun, essex)
    assert expire() == 0
    acting(essex.police_officer)
    Unsent.objects.update(expires_at=now() - timedelta(seconds=1))
    assert expire() == 1
    acting(essex.police_officer)
    assert not Unsent.objects.exists()
