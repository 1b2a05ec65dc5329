"""Signing in by one's own organisation: who is let in, by what, and what is asked besides."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from tests.accounts.conftest import Door, by_organisation, linked
from tests.accounts.issuer import Issuer
from tests.cast import INSTALLATION, Cast, acting
from tests.web.police import plain
from waymark.accounts import lost
from waymark.accounts.models import Attempt, Session, SignOn
from waymark.accounts.sign_on import links
from waymark.accounts.sign_on.tokens import Shown
from waymark.database.guard import become
from waymark.database.keys import random_key
from waymark.directory.models import Role, User

pytestmark = pytest.mark.usefixtures("two_factors")
BACK = "/sign-in/with/essex/back"
NOT_KNOWN = "We cannot sign you in with this account"
ENDED = "This sign-in has ended"
TWO = {"amr": ["pwd", "mfa"]}


@pytest.fixture
def door(essex: Cast, issuer: Issuer) -> Door:
    """Somebody whose organisation knows them, and whose post is content with any two factors."""
    return linked(Door(essex.coordinator), issuer)


def events(kind: str, cast: Cast) -> list[str]:
    acting(cast.auditor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM audit_event WHERE kind = %s", [kind])
        return [row[0] for row in cursor.fetchall()]


def is_in(browser: Client) -> bool:
    return bool(browser.get("/contacts").status_code == 200)


@pytest.mark.requirement("S15", "S74")
def test_an_organisation_that_proves_two_factors_signs_its_person_in(
    door: Door, essex: Cast, issuer: Issuer
) -> None:
    browser = Client()
    page = plain(browser.get("/sign-in"))
    assert "Sign in with Essex County Council" in page
    assert by_organisation(browser, issuer, **TWO)["Location"] == "/contacts"
    assert is_in(browser)
    acting(door.user)
    row = SignOn.objects.get()
    assert row.used_at is not None
    with connection.cursor() as cursor:  # what a copy of the database would tell
        cursor.execute("SELECT s::text FROM accounts_signon s")
        assert "abc-123" not in cursor.fetchone()[0] and len(row.digest) == 64
    (shown,) = events("sign_on_shown", essex)
    assert f"user:{door.user.pk}\n" in shown and str(row.pk) in shown
    assert '"provider":"essex"' in shown and "abc-123" not in shown
    (signed_in,) = events("signed_in", essex)
    assert '"how":"organisation"' in signed_in
    elsewhere = by_organisation(Client(), issuer, where="https://elsewhere.example/", **TWO)
    assert elsewhere["Location"] == "/"


@pytest.mark.requirement("S13", "S15")
def test_unless_two_factors_are_proved_ours_is_asked_for(door: Door, issuer: Issuer) -> None:
    first = Door(door.user)
    for unproved in ({}, {"amr": ["pwd"]}, {"acr": "mfa"}):
        browser = Client()
        assert by_organisation(browser, issuer, **unproved)["Location"] == "/contacts"
        assert "has not told us of two ways" in plain(browser.get("/your-sign-in"))
        assert not is_in(browser)  # only what sets a factor is reached
    first.client = browser
    first.sets_up_app()
    assert is_in(browser)
    again = Door(door.user)
    again.secret = first.secret
    assert by_organisation(again.client, issuer)["Location"] == "/sign-in/second"
    assert not is_in(again.client)
    assert again.types_code(again.code())["Location"] == "/contacts" and is_in(again.client)


@pytest.mark.requirement("S15")
def test_what_proves_two_factors_is_for_each_provider_to_say(
    door: Door, issuer: Issuer, settings: Any
) -> None:
    settings.WAYMARK_SIGN_ON = (
        issuer.provider(acr=("urn:two",), amr=(frozenset({"pwd", "otp"}),)),
    )
    asked = Client().post("/sign-in/with/essex")["Location"]
    assert parse_qs(urlsplit(asked).query)["acr_values"] == ["urn:two"]
    for said, proved in (
        ({"acr": "urn:two"}, True),
        ({"amr": ["otp", "pwd", "geo"]}, True),
        ({"amr": ["otp"]}, False),
        ({"amr": ["mfa"]}, False),
        ({"acr": "urn:one"}, False),
    ):
        browser = Client()
        by_organisation(browser, issuer, **said)
        assert is_in(browser) == proved, said


@pytest.mark.requirement("S13")
def test_who_needs_a_passkey_needs_it_still(essex: Cast, issuer: Issuer) -> None:
    for user, subject in ((essex.chair, "chair"), (essex.auditor, "auditor")):
        linked(Door(user), issuer, subject)
        browser = Client()
        by_organisation(browser, issuer, subject, **TWO)
        assert browser.get("/contacts").status_code == 302
        assert "it needs a passkey" in plain(browser.get("/your-sign-in"))


@pytest.mark.requirement("S15", "S12")
def test_who_is_not_known_and_who_is_shut_out_read_the_same(
    door: Door, essex: Cast, issuer: Issuer
) -> None:
    become(INSTALLATION)
    User.objects.filter(pk=essex.outsider.pk).update(email="rf@example.org")
    answers = [by_organisation(Client(), issuer, "nobody", **TWO)]  # with an e-mail of an account
    answers.append(by_organisation(Client(), issuer, "ABC-123", **TWO))
    become(INSTALLATION)
    User.objects.filter(pk=door.user.pk).update(is_active=False)
    answers.append(by_organisation(Client(), issuer, **TWO))
    assert {answer.status_code for answer in answers} == {403}
    assert {plain(answer) for answer in answers} == {plain(answers[0])}
    assert NOT_KNOWN in plain(answers[0]) and "Ask an administrator" in plain(answers[0])
    become(INSTALLATION)
    assert not Attempt.objects.exists()


@pytest.mark.requirement("S15")
def test_the_same_subject_of_another_issuer_is_somebody_else(
    door: Door, issuer: Issuer, settings: Any
) -> None:
    other = Issuer()
    settings.WAYMARK_SIGN_ON = (other.provider(amr=(frozenset({"mfa"}),)),)
    try:
        assert NOT_KNOWN in plain(by_organisation(Client(), other, **TWO))
    finally:
        other.ends()


@pytest.mark.requirement("S15")
def test_an_answer_counts_once_in_the_browser_and_for_the_provider_it_was_begun_with(
    door: Door, issuer: Issuer, settings: Any
) -> None:
    second = issuer.provider(code="kent", name="Kent", issuer=f"{issuer.address}/kent")
    settings.WAYMARK_SIGN_ON = (*settings.WAYMARK_SIGN_ON, second)
    browser, other = Client(), Client()

    def brought(by: Client) -> dict[str, str]:
        return issuer.logs_in(by.post("/sign-in/with/essex")["Location"], **TWO)

    mine = brought(browser)
    assert ENDED in plain(other.get(BACK, mine))  # another browser, which began nothing
    brought(other)
    assert ENDED in plain(other.get(BACK, mine))  # nor this
    assert ENDED in plain(browser.get("/sign-in/with/kent/back", brought(browser)))
    assert ENDED in plain(browser.get(BACK, brought(browser) | {"state": "é"}))
    mine = brought(browser)
    assert browser.get(BACK, {"code": mine["code"]}).status_code == 403  # no state at all
    assert not is_in(browser) and not is_in(other)
    mine = brought(browser)
    assert browser.get(BACK, mine)["Location"] == "/" and is_in(browser)
    assert ENDED in plain(browser.get(BACK, mine)) and is_in(browser)
    fresh = brought(other)  # its state is right, the code was used
    assert "is not answering" in plain(other.get(BACK, fresh | {"code": mine["code"]}))
    fresh = brought(other)  # somebody else's code, with this browser's state (PKCE)
    stolen = brought(Client())["code"]
    assert "is not answering" in plain(other.get(BACK, fresh | {"code": stolen}))
    fresh = brought(other)
    assert "is not answering" in plain(other.get(BACK, fresh | {"iss": "https://other.example"}))
    assert not is_in(other)


@pytest.mark.requirement("S15")
def test_after_ten_minutes_it_begins_anew(door: Door, issuer: Issuer, monkeypatch: Any) -> None:
    monkeypatch.setattr("waymark.accounts.sign_on.asking.LASTS", -1)
    assert ENDED in plain(by_organisation(Client(), issuer, **TWO))


@pytest.mark.requirement("S67")
def test_only_a_page_that_leads_to_a_provider_lets_a_form_end_there(
    essex: Cast, issuer: Issuer, settings: Any
) -> None:
    door = Door(essex.coordinator)
    settings.WAYMARK_SIGN_ON = (issuer.provider(passes_through=("https://adfs.example",)),)
    ours = "form-action 'self'; "
    led = f"form-action 'self' {issuer.address} https://adfs.example; "
    start = door.client.get("/sign-in")["Content-Security-Policy"]
    assert led in start and start.replace(led, ours) == strict(door.client, "/refer")
    door.signs_in().sets_up_app()
    for address in ("/your-sign-in", "/contacts", "/sign-in/confirm", "/sign-in/second"):
        assert ours in strict(door.client, address)
    assert f"form-action 'self' {issuer.address}" in strict(door.client, "/your-sign-in/with/essex")
    settings.WAYMARK_SIGN_ON = ()
    assert strict(Client(), "/sign-in") == strict(Client(), "/refer")
    assert "your organisation" not in plain(Client().get("/sign-in"))
    assert Client().post("/sign-in/with/essex").status_code == 404
    assert Client().get(BACK).status_code == 404


def strict(browser: Client, address: str) -> str:
    return str(browser.get(address)["Content-Security-Policy"])


@pytest.mark.requirement("S14", "S15")
def test_a_link_is_made_and_removed_like_a_factor(essex: Cast, issuer: Issuer) -> None:
    door = Door(essex.coordinator).signs_in().sets_up_app()
    acting(door.user)
    CODE = "UPDATE accounts_codeapp SET last_step = 0"
    with connection.cursor() as cursor:
        cursor.execute(CODE)
    elsewhere = door.another().signs_in()
    page = plain(door.client.get("/your-sign-in"))
    assert "Sign in with Essex County Council from now on" in page
    made = by_organisation(door.client, issuer, where="", by="/your-sign-in/with/essex")
    assert made["Location"] == "/your-sign-in", plain(made)
    assert "You can now sign in by your organisation" in door.reads()
    assert not elsewhere.is_in() and door.is_in()
    told = events("sign_on_linked", essex)
    assert len(told) == 1 and '"provider":"essex"' in told[0].replace(" ", "")
    assert "abc-123" not in told[0]

    other = Door(essex.adult_lead).signs_in().sets_up_app()  # what is somebody's is nobody else's
    refused = by_organisation(other.client, issuer, where="", by="/your-sign-in/with/essex")
    assert refused.status_code == 403 and "cannot be linked" in plain(refused)
    acting(other.user)
    assert not SignOn.objects.exists()

    acting(door.user)
    key = SignOn.objects.get().pk
    assert other.client.get(f"/your-sign-in/with/{key}/remove").status_code == 404
    assert door.sends(f"/your-sign-in/with/{key}/remove")["Location"] == "/your-sign-in"
    assert NOT_KNOWN in plain(by_organisation(Client(), issuer, **TWO))
    assert len(events("sign_on_unlinked", essex)) == 1
    assert len(events("sign_on_unknown", essex)) == 1


@pytest.mark.requirement("S14")
def test_linking_is_for_who_has_just_shown_who_they_are(essex: Cast, issuer: Issuer) -> None:
    door = Door(essex.coordinator).signs_in().sets_up_app()
    led = door.client.post("/your-sign-in/with/essex")["Location"]
    passes(door, 6)
    assert ENDED in plain(door.client.get(BACK, issuer.logs_in(led)))
    assert door.client.post("/your-sign-in/with/essex")["Location"].startswith("/sign-in/confirm")
    acting(door.user)
    assert not SignOn.objects.exists()


def passes(door: Door, minutes: int) -> None:
    """So long ago they showed who they are."""
    acting(door.user)
    Session.objects.update(fresh_at=F("fresh_at") - timedelta(minutes=minutes))


@pytest.mark.requirement("S15")
def test_the_last_way_in_is_not_removed(door: Door, issuer: Issuer) -> None:
    become(INSTALLATION)
    User.objects.filter(pk=door.user.pk).update(password="!")
    by_organisation(door.client, issuer, **TWO)
    acting(door.user)
    address = f"/your-sign-in/with/{SignOn.objects.get().pk}/remove"
    assert "It is your only way to sign in" in plain(door.client.get(address))
    assert "It is your only way to sign in" in plain(door.client.post(address))
    acting(door.user)
    assert SignOn.objects.exists()


@pytest.mark.requirement("S13", "S15")
def test_a_password_beside_a_link_sets_no_factor(door: Door) -> None:
    """Else a stolen one would step round the organisation's two."""
    door.signs_in()
    assert "have not done so now" in door.reads()
    assert "have not done so now" in door.reads("/your-sign-in/app")
    assert "have not done so now" in door.reads("/your-sign-in/passkey")


@pytest.mark.requirement("S14", "S15")
def test_who_has_only_their_organisation_confirms_by_it_anew(door: Door, issuer: Issuer) -> None:
    by_organisation(door.client, issuer, **TWO)
    passes(door, 6)
    page = door.client.get("/your-sign-in/app", follow=True)
    assert "Confirm with Essex County Council" in plain(page)
    assert issuer.address in page["Content-Security-Policy"]
    again = "/sign-in/confirm/with/essex"
    asked = parse_qs(urlsplit(door.client.post(again)["Location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    where = "/your-sign-in/app"

    def confirms(subject: str = "abc-123", **said: Any) -> Any:
        return by_organisation(door.client, issuer, subject, by=again, where=where, **said)

    long_ago = int(timezone.now().timestamp()) - 3600
    issuer.says["auth_time"] = long_ago
    assert "is not answering" in plain(confirms(**TWO))
    issuer.says["auth_time"] = None
    assert "is not answering" in plain(confirms(**TWO))
    issuer.says.clear()
    assert "is not answering" in plain(confirms())  # with less than before
    assert NOT_KNOWN in plain(confirms("somebody-else", **TWO))
    assert door.client.get(where).status_code == 302
    assert confirms(**TWO)["Location"] == where
    assert door.client.get(where).status_code == 200
    door.sets_up_app()
    passes(door, 6)
    assert door.client.post(again).status_code == 404  # by a factor of ours, now that there is one


@pytest.mark.requirement("S15", "S23")
def test_who_is_whose_elsewhere_is_seen_by_nobody_else(
    door: Door, essex: Cast, issuer: Issuer
) -> None:
    for user in (essex.chair, essex.auditor, essex.police_lead, essex.outsider):
        acting(user)
        assert not SignOn.objects.exists()
    become(None)
    assert not SignOn.objects.exists()
    shown = Shown(issuer.provider(), "abc-123", False, None)
    found = links.holder(shown)
    assert found and found.key == door.user.pk and found.is_open


@pytest.mark.requirement("S15")
def test_a_new_key_of_the_server_finds_who_was_linked_under_the_old(
    door: Door, issuer: Issuer, settings: Any
) -> None:
    settings.WAYMARK_KEYS = (random_key().to_bytes(32), *settings.WAYMARK_KEYS)
    browser = Client()
    by_organisation(browser, issuer, **TWO)
    assert is_in(browser)


@pytest.mark.requirement("S18")
def test_when_all_is_lost_the_link_ends_too(door: Door, essex: Cast, issuer: Issuer) -> None:
    acting(essex.administrator)
    User.objects.filter(pk=door.user.pk).update(email="co@example.org")
    door.user.refresh_from_db()
    other = essex.appointed(Role.ADMINISTRATOR, of=essex.police)
    lost.say(door.user, by=acting(essex.administrator), words="Seen at the desk")
    lost.confirm(door.user, by=acting(other))
    assert NOT_KNOWN in plain(by_organisation(Client(), issuer, **TWO))
