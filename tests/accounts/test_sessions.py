"""Sessions: unguessable, known by a digest, over in time, ended by whose they are."""

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F

from tests.accounts.conftest import PASSWORD, Door
from tests.cast import Cast, acting
from tests.web.police import plain
from waymark.accounts import sessions, store
from waymark.accounts.models import Session
from waymark.database.guard import become, forget_who_asks
from waymark.directory.models import User
from waymark.project.jobs.expiry import expire_sign_ins

COOKIE = settings.SESSION_COOKIE_NAME
QUIETLY = {"headers": {"Sec-Fetch-Dest": "empty"}}


@pytest.fixture
def door(essex: Cast) -> Door:
    return Door(essex.coordinator).signs_in()


def token(door: Door) -> str:
    return door.client.cookies[COOKIE].value


def aged(door: Door, *, used: float = 0, fresh: float = 0, begun: float = 0) -> None:
    """As if so many minutes had gone by for everybody's session of this person."""
    acting(door.user)
    Session.objects.filter(user=door.user).update(
        used_at=F("used_at") - timedelta(minutes=used),
        fresh_at=F("fresh_at") - timedelta(minutes=fresh),
        ends_at=F("ends_at") - timedelta(minutes=begun),
    )


@pytest.mark.requirement("S16")
def test_the_database_knows_the_digest_of_a_token_alone(door: Door) -> None:
    said = token(door)
    assert len(said) >= 43  # 256 bits
    acting(door.user)
    row = Session.objects.get()
    assert row.digest == hashlib.sha256(said.encode()).hexdigest()
    assert said not in row.data


@pytest.mark.requirement("S16", "S79")
def test_nobody_else_sees_a_session(door: Door, essex: Cast) -> None:
    for who in (essex.police_lead, essex.chair, essex.auditor):
        forget_who_asks()
        become(who)
        store.show("no such token")
        assert not Session.objects.exists()


@pytest.mark.requirement("S16")
def test_the_token_is_new_at_signing_in_and_the_one_before_opens_nothing(essex: Cast) -> None:
    door = Door(essex.coordinator)
    door.client.get("/sign-in")
    planted = "planted-by-somebody-else-0123456789"
    door.client.cookies[COOKIE] = planted
    door.signs_in()
    first = token(door)
    assert first != planted
    door.types()  # again, in the same browser
    assert token(door) != first
    door.client.cookies[COOKIE] = first
    assert not door.is_in()


@pytest.mark.requirement("S16", "F5")
@pytest.mark.parametrize(
    "age, goes_on",
    [({"used": 29}, True), ({"used": 31}, False), ({"begun": 479}, True), ({"begun": 481}, False)],
)
def test_a_session_ends_after_half_an_hour_unused_and_eight_in_all(
    door: Door, age: dict[str, float], goes_on: bool
) -> None:
    aged(door, **age)
    assert door.is_in() == goes_on


@pytest.mark.requirement("S16")
def test_a_page_asked_for_prolongs_it_and_what_asks_by_itself_does_not(door: Door) -> None:
    aged(door, used=20)
    door.client.get("/contacts", **QUIETLY)
    door.client.post("/contacts/add?keep=1", {"office": "x"})
    assert door.client.get("/sign-in/stay", **QUIETLY).json()["left"] in range(590, 601)
    assert door.client.post("/sign-in/stay", **QUIETLY).json()["left"] in range(1790, 1801)
    aged(door, used=20)
    door.is_in()
    assert door.client.get("/sign-in/stay", **QUIETLY).json()["left"] > 1790
    aged(door, begun=460)
    told = door.client.post("/sign-in/stay").json()
    assert told["left"] in range(1190, 1201) and not told["longer"]


@pytest.mark.requirement("S16")
def test_a_page_says_when_it_ends_for_the_warning_five_minutes_before(door: Door) -> None:
    page = door.client.get("/contacts").text
    assert 'data-warn="300"' in page and "data-longer" in page and "Stay signed in" in page
    assert "data-stay" not in door.another().client.get("/refer").text


@pytest.mark.requirement("S19")
def test_one_sees_and_ends_ones_own_sessions(door: Door, essex: Cast) -> None:
    second, third = door.another().signs_in(), door.another().signs_in()
    stranger = Door(essex.police_lead).signs_in()
    page = door.client.get("/your-sign-in/where")
    assert page.text.count("Sign out there") == 2 and "127.0.0.1" not in page.text
    acting(door.user)
    keys = {one.key for one in sessions.places(door.user, None)}
    acting(stranger.user)
    other = sessions.places(stranger.user, None)[0].key
    door.client.post(f"/your-sign-in/where/{other}/end")
    assert stranger.is_in()
    of_second = {
        key
        for key in keys
        if key == second.client.session.told.key  # type: ignore[attr-defined]
    }
    door.client.post(f"/your-sign-in/where/{of_second.pop()}/end")
    assert door.is_in() and third.is_in() and not second.is_in()
    door.client.post("/your-sign-in/where/others")
    assert door.is_in() and not third.is_in()


@pytest.mark.requirement("S19")
def test_an_administrator_ends_them_and_a_closed_account_is_out_at_once(
    door: Door, essex: Cast
) -> None:
    acting(essex.administrator)
    assert sessions.end_all(door.user, by=essex.administrator) == 1
    assert not door.is_in()
    door.signs_in()
    acting(essex.administrator)
    User.objects.filter(pk=door.user.pk).update(is_active=False)
    assert not door.is_in()


@pytest.mark.requirement("S14", "S16")
def test_a_sensitive_act_asks_who_it_is_and_goes_on_with_what_was_typed(essex: Cast) -> None:
    door = Door(essex.administrator).signs_in()
    address = f"/accounts/{essex.outsider.pk}/give"
    assert door.client.get(address).status_code == 200
    aged(door, fresh=6)
    before = token(door)
    answer = door.client.post(address, {"role": "panel_member", "area": essex.area.code})
    assert answer["Location"] == f"/sign-in/confirm?next={address}"
    assert "not right" in plain(door.sends(answer["Location"], password="wrong " * 3))
    assert door.sends(answer["Location"], password=PASSWORD)["Location"] == address
    assert token(door) != before
    page = door.client.get(address)
    assert "We kept what you typed. It has not been sent." in plain(page)
    assert 'value="panel_member" selected' in page.text or "checked" in page.text
    aged(door, fresh=6)
    away = door.sends("/sign-in/confirm?next=https://elsewhere.example", password=PASSWORD)
    assert away["Location"] == "/"


@pytest.mark.requirement("S16")
def test_what_is_over_for_a_day_is_deleted(door: Door) -> None:
    acting(door.user)
    aged(door, begun=33 * 60)
    expire_sign_ins()
    acting(door.user)
    assert not Session.objects.exists()
    door.another().signs_in()
    assert expire_sign_ins() == 0
