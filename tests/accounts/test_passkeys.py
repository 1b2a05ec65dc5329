"""A passkey answers one challenge, of this site, for five minutes; changes are told."""

import pytest

from tests.accounts.conftest import Door
from tests.accounts.device import Device
from tests.accounts.test_sessions import aged
from tests.cast import Cast, acting
from tests.web.police import plain
from waymark.accounts import challenges
from waymark.accounts.models import Passkey
from waymark.directory import mail
from waymark.directory.models import Notice

pytestmark = pytest.mark.usefixtures("two_factors")
NOT_CHECKED = "could not be checked"
GARBAGE = ("", "{}", "[]", "null", '{"id": 7}', '{"id": "AA", "rawId": "AA"}', "x" * 30_000)


@pytest.fixture
def door(essex: Cast, device: Device) -> Door:
    door = Door(essex.police_officer).signs_in()
    assert door.makes_passkey(device).status_code == 302
    return door


@pytest.mark.requirement("S13", "S14")
def test_a_passkey_alone_signs_in_and_leads_to_our_own_pages_only(
    door: Door, device: Device
) -> None:
    other = door.another()
    options = other.client.post("/sign-in/passkey/begin").text
    said = {"said": device.shows(options)}
    answer = other.client.post("/sign-in/passkey?next=//elsewhere.example/x", said)
    assert answer["Location"] == "/" and other.is_in()


@pytest.mark.requirement("S14")
def test_a_challenge_is_answered_once(door: Door, device: Device) -> None:
    other = door.another()
    options = other.client.post("/sign-in/passkey/begin").text
    assert len(options.split('"challenge": "')[1].split('"')[0]) >= 22  # 128 bits and more
    said = {"said": device.shows(options)}
    assert other.client.post("/sign-in/passkey", said).status_code == 302
    other.client.post("/sign-out")
    assert NOT_CHECKED in plain(other.client.post("/sign-in/passkey", said))
    assert NOT_CHECKED in plain(door.another().client.post("/sign-in/passkey", said))


@pytest.mark.requirement("S14")
def test_a_challenge_holds_for_five_minutes(
    door: Door, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenges, "SECONDS", -1)  # given, and over already
    assert NOT_CHECKED in plain(door.another().shows_passkey(device))
    monkeypatch.undo()
    assert challenges.SECONDS == 300
    assert door.another().shows_passkey(device).status_code == 302


@pytest.mark.requirement("S14", "S13")
@pytest.mark.parametrize(
    "bent", [{"origin": "http://localhost:8001"}, {"origin": "https://localhost.example"},
             {"verified": False}]
)  # fmt: skip
def test_another_origin_or_an_unverified_person_is_refused(
    door: Door, device: Device, bent: dict[str, object]
) -> None:
    for name, value in bent.items():
        setattr(device, name, value)
    assert NOT_CHECKED in plain(door.another().shows_passkey(device))
    new = Device(device.origin, verified=device.verified)
    assert NOT_CHECKED in plain(door.makes_passkey(new))


@pytest.mark.requirement("S14")
def test_somebody_elses_passkey_confirms_nothing(door: Door, essex: Cast, device: Device) -> None:
    thief = Door(essex.police_lead).signs_in()
    own = Device(device.origin)
    thief.makes_passkey(own)
    options = thief.client.post("/sign-in/confirm/begin").text
    answer = thief.client.post("/sign-in/confirm", {"said": device.shows(options)})
    assert NOT_CHECKED in plain(answer)
    for garbage in GARBAGE:
        answer = thief.another().client.post("/sign-in/passkey", {"said": garbage})
        assert answer.status_code == 200


@pytest.mark.requirement("S14")
def test_a_change_ends_other_sessions_and_tells_without_a_name(door: Door, device: Device) -> None:
    other = door.another()
    other.shows_passkey(device)
    assert other.is_in()
    door.makes_passkey(Device(device.origin), name="Telephone")
    assert door.is_in() and not other.is_in()
    acting(door.user)
    told = Notice.objects.filter(kind="sign_in_changed").last()
    assert told and "was changed" in mail.message(told).body
    assert door.user.name not in mail.message(told).body


@pytest.mark.requirement("S14")
def test_a_factor_is_changed_after_a_fresh_sign_in_only(door: Door) -> None:
    aged(door, fresh=6)
    key = acting(door.user) and Passkey.objects.get().pk
    for address in ("passkey", "app", "recovery-codes", "password", f"passkey/{key}/remove"):
        answer = door.client.get(f"/your-sign-in/{address}")
        assert answer["Location"].startswith("/sign-in/confirm?next=/your-sign-in/"), address
        assert door.client.post(f"/your-sign-in/{address}", {"name": "x"}).status_code == 302
    assert door.client.post("/your-sign-in/passkey/begin").status_code == 302
    acting(door.user)
    assert Passkey.objects.count() == 1
