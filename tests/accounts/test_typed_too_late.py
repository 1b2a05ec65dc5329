"""What is posted after a session's end: kept for the same person, form and browser."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.urls import resolve

from tests.accounts.conftest import Door
from tests.accounts.test_sessions import aged
from tests.cast import Cast, acting
from tests.web.police import plain
from waymark.accounts import typed
from waymark.accounts.models import Typed
from waymark.directory.models import Contact
from waymark.project.jobs.expiry import expire_sign_ins
from waymark.web.door.interrupted import COOKIE

FORM = "/contacts/add"
WORDS = "Canary office 🌱 “quoted”"
KEPT = "We kept what you typed. It has not been sent."


@pytest.fixture
def door(essex: Cast) -> Door:
    return Door(essex.coordinator).signs_in()


def sent_too_late(door: Door, **more: Any) -> Any:
    assert door.client.get(FORM).status_code == 200
    aged(door, used=31)
    assert door.client.get("/sign-in/stay").status_code == 302  # as the page's script asks
    return door.client.post(FORM, {"office": "other", "other_office": WORDS, **more})


@pytest.mark.requirement("S17")
def test_the_words_are_there_again_after_signing_in_and_were_not_sent(
    door: Door, essex: Cast
) -> None:
    answer = sent_too_late(door, password="hush")
    assert answer["Location"] == f"/sign-in?next={FORM}"
    assert WORDS not in answer.text and "Canary" not in str(answer.headers)
    assert door.types(where=FORM)["Location"] == FORM
    page = door.client.get(FORM)
    assert KEPT in plain(page) and f'value="{WORDS}"' in page.text
    assert "There is a problem" not in page.text
    assert KEPT in plain(door.client.get(FORM))  # also when the page is loaded again
    assert KEPT not in door.reads("/contacts")
    acting(essex.coordinator)
    assert not Contact.objects.filter(office=WORDS).exists()
    door.client.post(FORM, {"office": "other", "other_office": "Something else"})
    assert KEPT not in door.reads(FORM)


@pytest.mark.requirement("S17")
def test_another_person_and_another_browser_see_nothing(door: Door, essex: Cast) -> None:
    sent_too_late(door)
    row_of = acting(essex.coordinator) and Typed.objects.get()
    assert WORDS.encode() not in bytes(row_of.sealed)
    assert FORM.encode() not in bytes(row_of.sealed)
    other = Door(essex.administrator)
    other.client = door.client  # the same browser
    other.types(where=FORM)
    page = other.client.get(FORM)
    assert page.status_code == 200 and KEPT not in page.text and WORDS not in page.text
    acting(essex.administrator)
    assert not Typed.objects.exists()
    elsewhere = Door(essex.coordinator).signs_in()
    assert KEPT not in elsewhere.reads(FORM)


@pytest.mark.requirement("S17")
def test_files_are_not_kept_and_that_is_said(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(resolve(FORM).func), "takes_files", True)
    sent_too_late(door, paper=SimpleUploadedFile("a.txt", b"words"))
    door.types(where=FORM)
    assert f"{KEPT} The files that you chose were not kept: choose them again." in door.reads(FORM)


@pytest.mark.requirement("S17")
def test_they_are_gone_after_a_day(door: Door, essex: Cast) -> None:
    sent_too_late(door)
    acting(essex.coordinator)
    assert Typed.objects.filter(expires_at__gt=Now()).count() == 1
    row = Typed.objects.get()
    assert (row.expires_at - row.at).total_seconds() == 24 * 60 * 60
    expire_sign_ins()
    acting(essex.coordinator)
    assert Typed.objects.count() == 1


@pytest.mark.requirement("S17")
def test_where_nobody_knows_who_typed_it_the_words_stay_on_the_page(door: Door) -> None:
    door.client.post("/sign-out")
    page = door.client.post(FORM, {"office": "other", "other_office": WORDS})
    assert page.status_code == 403 and WORDS in page.text and "You are not signed in" in page.text
    assert door.client.post(FORM, {})["Location"] == f"/sign-in?next={FORM}"
    acting(door.user)
    assert not Typed.objects.exists()


@pytest.mark.requirement("S17")
def test_what_a_page_keeps_by_itself_is_not_kept_as_sent(door: Door) -> None:
    aged(door, used=31)
    quietly = {"headers": {"Sec-Fetch-Dest": "empty"}}
    answer = door.client.post(FORM, {"other_office": WORDS}, **quietly)
    assert answer["Location"].startswith("/sign-in?")
    acting(door.user)
    assert not Typed.objects.exists()


@pytest.mark.requirement("S17")
def test_whoever_sends_again_and_again_fills_nothing_and_loses_nothing(
    door: Door, essex: Cast
) -> None:
    sent_too_late(door)
    half = {"office": "other", "other_office": "x" * (typed.MOST // 2)}
    assert door.client.post(FORM, half).status_code == 302
    answer = door.client.post(FORM, half)  # with the others it is too much
    assert answer.status_code == 403 and "There is no room to keep it" in plain(answer)
    assert "x" * 2000 in answer.text
    for _ in range(typed.AT_ONCE - 2):
        door.client.cookies.pop(COOKIE, None)  # as if from another browser each time
        assert door.client.post(FORM, {"other_office": "again"}).status_code == 302
    answer = door.client.post(FORM, {"other_office": "one more"})
    assert "There is no room to keep it" in plain(answer) and "one more" in answer.text
    acting(essex.coordinator)
    kept = Typed.objects.order_by("at")
    assert kept.count() == typed.AT_ONCE
    assert sum(len(bytes(one.sealed)) for one in kept) <= typed.MOST
    assert typed.keep("of another person", essex.administrator.pk, FORM, "other_office=a")
