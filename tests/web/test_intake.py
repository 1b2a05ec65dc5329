"""What came by paper, telephone or e-mail: entered by the police, on the same form."""

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.web.referrer import Referrer
from waymark.database.actor import Visitor
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.referrals import drafts, sending
from waymark.referrals.models import Referral
from waymark.referrals.sending import Came, Sending

pytestmark = pytest.mark.django_db
BACKEND = "waymark.web.sign_in_backend.ByPassword"
CAME = {
    "came_by": "email",
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
    assert len(officer.sends().replace(" ", "")) == 28
    acting(essex.police_lead)
    referral = Referral.objects.get()
    assert (referral.came_by, referral.entered_by) == ("email", essex.police_officer)
    assert referral.sent_by is None
    assert referral.original_kept == CAME["original_kept"]
    assert referral.password_travelled == CAME["password_travelled"]


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
            sending.send(secret, sent, by=by, came=Came("paper", "A file"))
