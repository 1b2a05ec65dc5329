"""What came by paper, telephone or e-mail: entered by the police, on the same form."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.web.referrer import Referrer
from waymark.cases.models import Task
from waymark.database.actor import Visitor
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.referrals.models import Referral
from waymark.referrals.writing import drafts, sending
from waymark.referrals.writing.sending import Came, Sending

pytestmark = pytest.mark.django_db
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
CAME = {
    "came_by": "email",
    "came_on-day": "2",
    "came_on-month": "11",
    "came_on-year": "2026",
    "original_kept": "Mailbox of the Prevent team, folder Referrals",
    "password_travelled": "Rung through to the team by the sender, the same morning",
    "road": "professional",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(acting(user), backend=BACKEND)
    return client


@pytest.mark.clause("2.5.4", "2.5.5")
def test_an_officer_enters_what_came_by_email(essex: Cast) -> None:
    client = signed_in(essex.police_officer)
    assert client.post("/referrals/enter", CAME)["Location"] == "/refer/list"
    officer = Referrer(client)
    page = officer.page("/refer/list")
    assert "You are entering what came by e-mail" in page
    assert "Leave this page quickly" not in page
    officer.tells()
    officer.fills("referrer", referrer_name="Jo Meadow", later="yes")
    assert "Enter this referral" in officer.page("/refer/check")
    assert len(officer.sends().replace(" ", "")) == 28
    received = officer.page("/refer/received")
    acting(essex.police_lead)
    referral = Referral.objects.get()
    assert f"Referral {referral.reference} is entered" in received.split("</title>")[0]
    for words in ("Give the referrer this code", "Open the referral", 'href="/referrals/enter"'):
        assert words in received
    for words in ("Leave this page quickly", "Your only way back", "Write this code down"):
        assert words not in received
    assert "Sign out" in received and 'href="/referrals"' in received
    assert (referral.came_by, referral.entered_by) == ("email", essex.police_officer)
    assert referral.sent_by is None
    assert referral.original_kept == CAME["original_kept"]
    assert referral.password_travelled == CAME["password_travelled"]


@pytest.mark.clause("2.5.6")
def test_the_time_for_screening_counts_from_the_day_it_came_in(essex: Cast) -> None:
    client = signed_in(essex.police_officer)
    client.post("/referrals/enter", CAME)
    assert "You have an entry that is not sent" in client.get("/referrals").content.decode()
    officer = Referrer(client)
    officer.tells()
    officer.sends()
    acting(essex.police_lead)
    referral = Referral.objects.get()
    assert referral.came_date == date(2026, 11, 2)
    assert Task.objects.get(kind="screen").due_date == date(2026, 11, 9)
    page = client.get(f"/referrals/{referral.reference}").content.decode()
    assert "Came in on 2 November 2026" in page and "Entered on" in page
    assert "not sent" not in client.get("/referrals").content.decode()


@pytest.mark.parametrize("day", ["", "2099"])
def test_the_day_it_came_in_must_be_said_and_past(essex: Cast, day: str) -> None:
    client = signed_in(essex.police_officer)
    answer = client.post("/referrals/enter", CAME | {"came_on-year": day})
    assert answer.status_code == 200
    assert "The day it came in must" in answer.content.decode()


def test_what_the_police_lead_reads_first_is_entered_all_the_same(essex: Cast) -> None:
    client = signed_in(essex.police_officer)
    client.post("/referrals/enter", CAME)
    officer = Referrer(client)
    officer.tells()
    officer.names(insider="yes")
    assert len(officer.sends().replace(" ", "")) == 28
    page = officer.page("/refer/received")
    assert "the police lead reads it first" in page
    assert "Open the referral" not in page


def test_nothing_said_of_the_name_is_not_called_a_wish(essex: Cast) -> None:
    client = signed_in(essex.police_lead)
    client.post("/referrals/enter", CAME)
    officer = Referrer(client)
    officer.tells()
    officer.sends()
    acting(essex.police_lead)
    address = f"/referrals/{Referral.objects.get().reference}"
    for page in (address, f"{address}/referrer"):
        words = client.get(page).content.decode()
        assert "They have not said whether others may learn their name: treat it as no." in words
        assert "They wish to stay unknown" not in words


def test_where_the_original_is_must_be_said(essex: Cast) -> None:
    client = signed_in(essex.police_officer)
    answer = client.post("/referrals/enter", CAME | {"original_kept": ""})
    assert "Where is the original kept" in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()


@pytest.mark.parametrize("who", ["chair", "coordinator", "referrer", "outsider", "administrator"])
def test_for_others_the_page_does_not_exist(essex: Cast, who: str) -> None:
    assert signed_in(getattr(essex, who)).get("/referrals/enter").status_code == 404


def test_nobody_else_sends_as_if_it_came_by_another_way(essex: Cast) -> None:
    secret = drafts.new_secret()
    visitor = Visitor(drafts.digest_of(secret))
    sent = Sending(road="public", document=[], people=(), referrer={})
    for by in (visitor, acting(essex.chair)):
        with pytest.raises(Refused, match="Only the police"):
            sending.send(secret, sent, by=by, came=Came("paper", date(2026, 11, 2), "A file"))
