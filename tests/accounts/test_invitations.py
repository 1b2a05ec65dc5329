"""An account begins with a link by e-mail, and begins again only by two administrators."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from tests.accounts.conftest import Door, by_organisation
from tests.accounts.issuer import Issuer
from tests.cast import Cast, acting
from tests.inbox import Inbox
from tests.web.police import Pages, hidden, plain
from waymark.accounts import factors, invitations, lost
from waymark.accounts.models import Invitation
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused
from waymark.project.jobs import mailing

pytestmark = pytest.mark.usefixtures("two_factors")
GOOD = "four words of rain"


def opened(cast: Cast, **differs: str) -> User:
    said = {"name": "Rosalind Fairwater", "username": "r.fairwater", "email": "rf@example.org"}
    return invitations.open_and_invite(
        by=acting(cast.administrator), organisation=cast.council, **said | differs
    )


def link_in(inbox: Inbox) -> str:
    """The address in the latest letter, as the mail server was handed it."""
    assert mailing.send() == 1
    text = inbox.letters[-1].get_payload(decode=True).decode()  # type: ignore[union-attr]
    found = re.search(r"http://localhost(/invitation/\S+)", text)
    assert found
    return found[1]


def follows(link: str) -> tuple[Client, Any]:
    browser = Client()
    assert browser.get(link)["Location"] == "/invitation"
    return browser, browser.get("/invitation")


def chooses(browser: Client, page: Any, password: str = GOOD) -> Any:
    return browser.post("/invitation", hidden(page) | {"new_password": password})


@pytest.mark.requirement("S10", "S11")
@pytest.mark.lesson("R37")
def test_an_invited_person_chooses_a_password_once_and_then_needs_a_factor(
    essex: Cast, inbox: Inbox, client: Client, settings: Any
) -> None:
    settings.WAYMARK_SECOND_FACTOR = False  # for the administrator, who has no passkey here
    desk = Pages(client, essex.administrator)
    said = {"name": "Rosalind Fairwater", "username": "r.fairwater", "email": "rf@example.org"}
    answer = desk.send("account_open", organisation=str(essex.council.pk), **said)
    assert answer.status_code == 302, plain(answer)
    user = User.objects.get(username="r.fairwater")
    assert "Not used yet" in desk.text("account", user.pk)

    settings.WAYMARK_SECOND_FACTOR = True
    link = link_in(inbox)
    token = link.rpartition("/")[2]
    letter = inbox.letters[-1].as_string()
    assert len(token) == 22  # 128 bits
    assert not [word for word in ("Rosalind", "fairwater", "Essex", "Prevent") if word in letter]
    acting(essex.administrator)
    assert bytes(Invitation.objects.get().sealed) == b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text || n::text FROM accounts_invitation i"
                       " JOIN directory_notice n ON n.id = i.notice_id")  # fmt: skip
        assert token not in cursor.fetchone()[0]

    become(None)
    for guess in ("!", GOOD):  # nobody signs in before a password was chosen
        answer = Client().post("/sign-in", {"username": "r.fairwater", "password": guess})
        assert answer.status_code == 200 and "is not right" in plain(answer)
    browser, page = follows(link)
    assert "r.fairwater" in plain(page) and token not in page.text
    assert "15 characters" in plain(chooses(browser, page, "short"))
    assert "“fairwater”" in plain(chooses(browser, page, "fairwater in the rain"))
    assert chooses(browser, page)["Location"] == "/your-sign-in"
    assert "A password alone can be stolen" in plain(browser.get("/your-sign-in"))
    assert browser.get("/contacts").status_code == 302  # open only once a factor is set
    _, again = follows(link)
    assert again.status_code == 404
    acting(user)
    assert User.objects.get(pk=user.pk).signed_in_date is not None


@pytest.mark.requirement("S10")
def test_a_link_that_is_ended_expired_or_unknown_opens_the_same_page(
    essex: Cast, inbox: Inbox
) -> None:
    user = opened(essex)
    first = link_in(inbox)
    invitations.invite(user, by=acting(essex.administrator))
    second = link_in(inbox)
    become(None)
    pages = [follows(first)[1], follows("/invitation/" + "x" * 22)[1], Client().get("/invitation")]
    assert follows(second)[1].status_code == 200
    pages.append(follows(old(essex, user))[1])
    assert {page.status_code for page in pages} == {404}
    assert len({plain(page) for page in pages}) == 1
    with pytest.raises(Refused, match="not open"):
        invitations.accept("z" * 22, GOOD, by=Visitor())


def old(essex: Cast, user: User) -> str:
    """A link whose 72 hours are over."""
    by = acting(essex.administrator)
    invitations.end_those(user, by=by)
    Invitation.objects.create(
        user=user, by=by, digest=invitations.digest_of("z" * 22), sealed=b"",
        notice=notify(user, "invited", by=by), made_at=Now() - timedelta(hours=73),
        expires_at=Now() - timedelta(hours=1),
    )  # fmt: skip
    return "/invitation/" + "z" * 22


@pytest.mark.requirement("S18")
def test_a_link_never_replaces_a_factor_and_two_bodies_end_lost_ones(
    essex: Cast, inbox: Inbox
) -> None:
    door = Door(essex.coordinator).signs_in().sets_up_app()
    user = essex.coordinator
    acting(essex.administrator)
    User.objects.filter(pk=user.pk).update(email="co@example.org")
    user.refresh_from_db()
    mailing.send()
    invitations.invite(user, by=acting(essex.administrator))
    browser, page = follows(link_in(inbox))
    assert chooses(browser, page)["Location"] == "/sign-in/second"
    assert browser.get("/contacts").status_code == 302

    same = essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    other = essex.appointed(Role.ADMINISTRATOR, of=essex.police)
    with pytest.raises(Refused, match="Nobody has said"):
        lost.confirm(user, by=acting(other))
    lost.say(user, by=acting(essex.administrator), words="Seen at the desk")
    for by, why in ((essex.administrator, "themselves"), (same, "same organisation")):
        with pytest.raises(Refused, match=why):
            lost.confirm(user, by=acting(by))
    lost.confirm(user, by=acting(other))
    acting(user)
    assert not factors.has_any(user) and not door.is_in()
    door.client = Client()
    assert "is not right" in plain(door.sends("/sign-in", username=user.username, password=GOOD))
    browser, page = follows(link_in(inbox))
    assert chooses(browser, page)["Location"] == "/your-sign-in"


def by_essex(browser: Client, issuer: Issuer, subject: str, **claims: Any) -> Any:
    return by_organisation(
        browser, issuer, subject, by="/invitation/with/essex", where="", **claims
    )


@pytest.mark.requirement("S10", "S15")
def test_an_invited_person_chooses_their_organisation_in_place_of_a_password(
    essex: Cast, inbox: Inbox, issuer: Issuer
) -> None:
    user = opened(essex)
    link = link_in(inbox)
    browser, page = follows(link)
    assert "Sign in with Essex County Council" in plain(page)
    assert issuer.address in page["Content-Security-Policy"]
    answer = by_essex(browser, issuer, "rosalind")
    assert answer["Location"] == "/your-sign-in"
    assert "has not told us of two ways" in plain(browser.get("/your-sign-in"))
    assert browser.get("/contacts").status_code == 302  # open only once a factor is set
    assert follows(link)[1].status_code == 404
    assert by_organisation(Client(), issuer, "rosalind")["Location"] == "/contacts"
    acting(user)
    assert not User.objects.get(pk=user.pk).has_usable_password()

    again = opened(essex, name="Somebody Else", username="s.else", email="se@example.org")
    browser, page = follows(link_in(inbox))
    refused = by_essex(browser, issuer, "rosalind", amr=["mfa"])  # is somebody's already
    assert refused.status_code == 403 and "cannot be used here" in plain(refused)
    assert browser.get("/contacts").status_code == 302
    assert by_essex(browser, issuer, "else", amr=["mfa"])["Location"] == "/your-sign-in"
    assert browser.get("/contacts").status_code == 200
    acting(again)
    assert User.objects.get(pk=again.pk).signed_in_date is not None


@pytest.mark.requirement("S15", "S18")
def test_a_link_lets_nobody_put_an_organisation_in_place_of_a_factor(
    essex: Cast, inbox: Inbox, issuer: Issuer
) -> None:
    Door(essex.coordinator).signs_in().sets_up_app()
    user = essex.coordinator
    acting(essex.administrator)
    User.objects.filter(pk=user.pk).update(email="co@example.org")
    user.refresh_from_db()
    mailing.send()
    invitations.invite(user, by=acting(essex.administrator))
    browser, page = follows(link_in(inbox))
    assert "Essex County" not in plain(page)
    assert issuer.address not in page["Content-Security-Policy"]
    answer = by_essex(browser, issuer, "thief", amr=["mfa"])
    assert answer.status_code == 403 and "a link cannot stand in for" in plain(answer)
    assert browser.get("/invitation").status_code == 200  # it is not used up
    nobody = Client()
    assert "not open" in plain(by_essex(nobody, issuer, "thief", amr=["mfa"]))
    assert nobody.get("/contacts").status_code == 302
