"""An unsent referral: whatever happens to the page, the words are there again; and they can go."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.web.referrer import HAPPENED, Referrer
from waymark.database import clock
from waymark.database.actor import Duty, Visitor
from waymark.database.guard import become
from waymark.database.sealing import Damaged, open_sealed, place
from waymark.referrals.models import Draft
from waymark.referrals.writing import drafts
from waymark.web.door.visiting import DRAFT

pytestmark = pytest.mark.django_db


@pytest.fixture
def referrer() -> Referrer:
    return Referrer().begins("public")


@pytest.fixture
def later() -> Callable[[], None]:
    """Seven days pass, and a minute."""
    return lambda: clock.set_offset(timedelta(days=7, minutes=1))


def held(referrer: Referrer) -> Draft:
    become(Visitor(drafts.digest_of(referrer.secret)))
    return Draft.objects.get()


@pytest.mark.requirement("S35")
def test_the_browser_holds_a_secret_that_scripts_cannot_read(referrer: Referrer) -> None:
    cookie = referrer.client.cookies[DRAFT]
    assert cookie.key == "__Host-draft"
    assert len(cookie.value) == 43  # 256 bits
    assert cookie["secure"] and cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


@pytest.mark.requirement("S35")
def test_neither_the_database_nor_the_servers_key_opens_a_draft(referrer: Referrer) -> None:
    referrer.tells()
    draft = held(referrer)
    assert referrer.secret not in draft.digest
    assert b"Ashdown" not in bytes(draft.sealed)
    where = place("referrals_draft", "sealed", draft.pk)
    with pytest.raises(Damaged):
        open_sealed(drafts.PURPOSE, bytes(draft.sealed), bound_to=where)
    become(Visitor("0" * 64))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "a" * 43, "é" * 43, "' OR 1=1 --", "A" * 5000])
def test_a_tampered_cookie_opens_nothing(referrer: Referrer, value: str) -> None:
    referrer.tells()
    other = Client()
    other.cookies[DRAFT] = value
    page = other.get("/refer/list")
    assert page.status_code in (404, 410)
    assert "Ashdown" not in page.content.decode()


@pytest.mark.requirement("F12")
def test_each_page_shows_what_was_typed_when_it_is_opened_again(referrer: Referrer) -> None:
    referrer.tells()
    for _ in range(2):  # Back, and refresh: the page is asked for anew
        page = referrer.page("/refer/topic/happened")
        assert all(words in page for words in HAPPENED.values())
    assert 'value="Ashdown"' in referrer.page("/refer/person/1/person")


def test_what_is_wrong_is_kept_as_it_was_typed(referrer: Referrer) -> None:
    said = {"birth-day": "31", "birth-month": "2", "birth-year": "20x1"}
    answer = referrer.fills("/refer/person/1/person", forenames="Robin", **said)
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert 'href="#id_surname"' in page
    again = referrer.page("/refer/person/1/person")
    assert 'value="20x1"' in again
    assert 'value="Robin"' in again
    assert "Not finished" in referrer.page("/refer/list")


@pytest.mark.requirement("F11")
def test_typing_is_kept_every_few_seconds(referrer: Referrer) -> None:
    address = "/refer/topic/happened"
    assert f'data-autosave="{address}/keep"' in referrer.page(address)
    said = {**referrer.hidden(address), "exact_words": "Half a sen"}
    assert referrer.client.post(f"{address}/keep", said).status_code == 204
    assert "Half a sen" in referrer.page(address)
    referrer.client.post(f"{address}/keep", said | {"exact_words": "Half a sentence."})
    page = referrer.page(address)
    assert "Half a sentence." in page
    assert "another tab" not in page  # it was the same tab all the time


@pytest.mark.requirement("F11")
def test_whatever_else_is_asked_is_kept_while_it_is_typed() -> None:
    referrer = Referrer().begins("professional")
    referrer.fills("/refer/person/1/told", told="no", talked_with=["nobody"], consent="refused")
    referrer.fills("own_lead", lead_consulted="yes")
    for address, name in (
        ("/refer/person/1/person", "surname"),
        ("/refer/person/1/told/more", "told_why_not_detail"),
        ("/refer/topic/own_lead/more", "lead_outcome"),
    ):
        said = {**referrer.hidden(address), name: "Half a sen"}
        assert f'name="{name}"' in referrer.page(address)
        assert referrer.client.post(f"{address}/keep", said).status_code == 204
        assert "Half a sen" in referrer.page(address)


def test_two_tabs_lose_nothing_of_each_other(referrer: Referrer) -> None:
    address = "/refer/topic/happened"
    one, two = referrer.hidden(address), referrer.hidden(address)
    referrer.client.post(address, {**one, **HAPPENED, "exact_words": "Typed in one."})
    second = referrer.client.post(address, {**two, **HAPPENED, "exact_words": "Typed in two."})
    assert second["Location"] == f"{address}?changed=tab"
    page = referrer.page(second["Location"])
    assert "You typed something else in another tab" in page
    assert "Typed in one." in page
    assert "Typed in two." in page
    referrer.fills("happened", **HAPPENED | {"exact_words": "Both: one and two."})
    page = referrer.page(address)
    assert "another tab" not in page
    assert "Both: one and two." in page


def test_tabs_on_different_topics_do_not_meet(referrer: Referrer) -> None:
    first = referrer.hidden("/refer/topic/happened")
    referrer.names()
    answer = referrer.client.post("/refer/topic/happened", {**first, **HAPPENED})
    assert answer["Location"] == "/refer/list"
    assert 'value="Ashdown"' in referrer.page("/refer/person/1/person")


@pytest.mark.requirement("F13")
def test_an_old_page_after_a_change_of_the_form_keeps_the_words(referrer: Referrer) -> None:
    old = {**referrer.hidden("/refer/topic/happened"), "asked_as": "0123456789abcdef"}
    answer = referrer.client.post("/refer/topic/happened", {**old, **HAPPENED})
    page = referrer.page(answer["Location"])
    assert "The questions on this page have changed" in page
    assert HAPPENED["exact_words"] in page


@pytest.mark.requirement("S35")
def test_a_draft_is_gone_after_seven_days(referrer: Referrer, later: Callable[[], None]) -> None:
    referrer.tells()
    hidden = referrer.hidden("/refer/topic/happened")
    later()
    answer = referrer.client.post(
        "/refer/topic/happened", {**hidden, "exact_words": "Written after a week."}
    )
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Written after a week." in page  # what was just typed can still be copied
    assert "Ashdown" not in page
    become(Duty("expire_drafts"))
    assert drafts.forget_expired() == 1


@pytest.mark.requirement("S35")
def test_delete_this_now(referrer: Referrer) -> None:
    referrer.tells()
    assert "Delete what you typed?" in referrer.page("/refer/delete")
    secret = referrer.secret
    assert referrer.client.post("/refer/delete", {})["Location"] == "/refer/deleted"
    assert referrer.client.cookies[DRAFT].value == ""
    become(Visitor(drafts.digest_of(secret)))
    assert not Draft.objects.exists()


def test_leaving_quickly_clears_the_browser_and_goes_somewhere_harmless(
    referrer: Referrer,
) -> None:
    referrer.tells()
    secret = referrer.secret
    answer = referrer.get("/leave?next=https://example.test/")
    assert answer["Location"] == "https://www.bbc.co.uk/weather"
    assert referrer.client.cookies[DRAFT].value == ""
    become(Visitor(drafts.digest_of(secret)))
    assert Draft.objects.exists()  # whoever took a code can still come back


def test_a_code_brings_the_draft_back_on_another_machine(referrer: Referrer) -> None:
    referrer.tells()
    shown = re.search(r'class="app-code">([^<]+)<', referrer.page("/refer/code"))
    assert shown
    elsewhere = Referrer()
    typed = shown[1].lower().replace(" ", "-")
    answer = elsewhere.client.post("/refer/come-back", {"code": typed})
    assert answer["Location"] == "/refer/list"
    assert 'value="Ashdown"' in elsewhere.page("/refer/person/1/person")


def test_a_wrong_code_opens_nothing(referrer: Referrer) -> None:
    code = drafts.come_back_code(referrer.secret)
    slip = ("0" if code[0] != "0" else "1") + code[1:]
    elsewhere = Client()
    page = elsewhere.post("/refer/come-back", {"code": slip}).content.decode()
    assert "missing or mistyped" in page
    another = drafts.come_back_code(drafts.new_secret())
    page = elsewhere.post("/refer/come-back", {"code": another}).content.decode()
    assert "There is nothing under that code" in page


def test_a_code_stands_for_the_secret_and_nothing_else() -> None:
    for _ in range(50):
        secret = drafts.new_secret()
        assert drafts.secret_of(drafts.come_back_code(secret)) == secret
    assert drafts.secret_of("not a code") is None


@pytest.mark.requirement("S73")
def test_too_much_at_once_is_refused_and_the_draft_stays(referrer: Referrer) -> None:
    referrer.tells()
    answer = referrer.client.post("/refer/topic/happened", {"exact_words": "x" * 1_100_000})
    assert answer.status_code == 413
    answer = referrer.client.post("/refer/topic/happened", {f"x{n}": "x" for n in range(501)})
    assert answer.status_code == 400
    assert HAPPENED["exact_words"] in referrer.page("/refer/topic/happened")


@pytest.mark.requirement("S73")
@pytest.mark.parametrize(
    ("address", "method"),
    [
        ("/refer/list", "post"),
        ("/refer/add-person", "get"),
        ("/refer/topic/happened/keep", "get"),
        ("/refer/topic/happened", "delete"),
        ("/refer/received", "post"),
        ("/leave", "post"),
        ("/about", "post"),
    ],
)
def test_other_methods_are_refused(referrer: Referrer, address: str, method: str) -> None:
    assert getattr(referrer.client, method)(address).status_code == 405


@pytest.mark.requirement("S73")
def test_reading_pages_changes_nothing(referrer: Referrer) -> None:
    referrer.tells()
    before = held(referrer).saved_at, bytes(held(referrer).sealed)
    for address in ("/refer", "/refer/list", "/refer/check", "/refer/code", "/refer/delete"):
        referrer.get(address)
    assert (held(referrer).saved_at, bytes(held(referrer).sealed)) == before


@pytest.mark.requirement("S70")
def test_an_old_tab_gets_its_form_again_and_a_foreign_site_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    said = {"road": "public", "exact_words": 'Long "typed" words\nof mine'}
    ours = client.post("/refer/road", said, headers={"Origin": "http://testserver"})
    page = ours.content.decode()
    assert ours.status_code == 403
    assert "Long &#34;typed&#34; words\nof mine" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    again = client.post(
        "/refer/road",
        said | {"csrfmiddlewaretoken": token[1]},
        headers={"Origin": "http://testserver"},
    )
    assert again["Location"] == "/refer/list"
    for origin in ("https://elsewhere.test", "null"):
        foreign = client.post("/refer/road", said, headers={"Origin": origin})
        assert (foreign.status_code, foreign.content) == (403, b"")
