"""Two factors always: an app's codes, recovery codes, and who needs a passkey."""

import threading

import pytest
from django.db import connection, transaction

from tests.accounts.conftest import Door
from tests.accounts.device import Device
from tests.browser.cast import cast_of
from tests.cast import Cast, acting
from tests.web.police import plain
from waymark.accounts import code_apps, factors
from waymark.accounts.models import CodeApp, RecoveryCode

pytestmark = pytest.mark.usefixtures("two_factors")


@pytest.fixture
def door(essex: Cast) -> Door:
    """Somebody whose post is content with an app, and who has none yet."""
    return Door(essex.coordinator).signs_in()


@pytest.mark.requirement("S13")
def test_without_a_factor_only_the_pages_that_set_one_are_reached(door: Door) -> None:
    for address in ("/", "/cases", "/contacts", "/panels", "/contacts/add", "/your-sign-in/no"):
        answer = door.client.get(address)
        to_it = answer.status_code == 302 and answer["Location"].startswith("/your-sign-in?next=")
        assert to_it or answer.status_code == 404, address
    assert "A password alone can be stolen" in door.reads()
    public = door.client.get("/refer")
    assert public.status_code == 200 and "Your sign-in" not in plain(public)


@pytest.mark.requirement("S13")
def test_an_app_is_set_up_and_each_code_is_used_once(door: Door) -> None:
    door.sets_up_app()
    assert door.is_in()
    other = door.another()
    assert other.types()["Location"] == "/sign-in/second" and not other.is_in()
    assert "has been used" in plain(other.types_code(door.code(-1)))  # the one that set it up
    assert "has been used" in plain(other.types_code("000000"))
    code = door.code()
    assert other.types_code(code)["Location"] == "/" and other.is_in()
    third = door.another()
    third.types()
    assert "has been used" in plain(third.types_code(code)) and not third.is_in()
    assert "has been used" in plain(third.types_code(door.code(1)))  # not yet


@pytest.mark.requirement("S13")
def test_the_code_of_the_step_before_is_taken_and_no_earlier_one(door: Door) -> None:
    door.sets_up_app()
    acting(door.user)
    CodeApp.objects.update(last_step=0)
    assert not code_apps.use(door.user, door.code(-3))
    assert code_apps.use(door.user, door.code(-1))
    assert not code_apps.use(door.user, door.code(-1))


@pytest.mark.requirement("S13", "S77")
def test_the_apps_secret_is_sealed(door: Door, essex: Cast) -> None:
    door.sets_up_app()
    acting(door.user)
    kept = bytes(CodeApp.objects.get().sealed)
    assert door.secret.encode() not in kept and len(kept) > 32
    acting(essex.police_officer)
    assert not CodeApp.objects.exists()


@pytest.mark.requirement("S13")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_a_code_at_once_one_is_let_in() -> None:
    user = cast_of("Essex").coordinator
    with transaction.atomic():
        secret = code_apps.new_secret()
        door = Door(acting(user))
        door.secret = secret
        acting(user)
        assert code_apps.keep(secret, door.code(-1), by=user)
        code = door.code()
    let_in: list[bool] = []
    together = threading.Barrier(2)

    def send() -> None:
        with transaction.atomic():
            acting(user)
            together.wait()
            let_in.append(code_apps.use(user, code))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let_in) == [False, True]


@pytest.mark.requirement("S13")
def test_whoever_has_most_power_needs_a_passkey(essex: Cast, device: Device) -> None:
    assert all(factors.needs_passkey(acting(who)) for who in (
        essex.administrator, essex.auditor, essex.chair, essex.vice_chair))  # fmt: skip
    assert not factors.needs_passkey(acting(essex.police_lead))
    door = Door(essex.chair).signs_in().sets_up_app()
    assert "needs a passkey" in door.reads() and not door.is_in()
    assert door.makes_passkey(device).status_code == 302 and door.is_in()
    assert factors.enough(acting(essex.chair))


@pytest.mark.requirement("S13")
def test_a_password_and_a_code_give_a_chair_no_passkey_of_their_own(
    essex: Cast, device: Device
) -> None:
    door = Door(essex.chair).signs_in().sets_up_app()
    door.makes_passkey(device)
    other = door.another().signs_in()
    assert not other.is_in() and "Show it to go on" in other.reads()
    assert "you have not shown it" in other.reads("/your-sign-in/passkey")
    for page in ("recovery-codes", "password", "app"):
        assert "you have not shown it" in other.reads(f"/your-sign-in/{page}")
    assert "you have not shown it" in plain(
        other.client.post("/your-sign-in/password", {"new_password": "four words of rain"})
    )
    options = other.client.post("/sign-in/confirm/begin").text
    assert other.client.post("/sign-in/confirm?next=/contacts", {"said": device.shows(options)})
    assert other.is_in()


@pytest.mark.requirement("S13")
def test_a_session_by_password_alone_sets_no_factor_beside_one_made_since(door: Door) -> None:
    alone = door.another().signs_in()
    door.sets_up_app()
    assert alone.client.get("/your-sign-in")["Location"].startswith("/sign-in?")
    assert not factors.lacking(door.user, "code")
    with pytest.raises(factors.Refused):
        factors.may_change(acting(door.user), "password")


@pytest.mark.requirement("S14")
def test_the_last_factor_stays(door: Door, device: Device) -> None:
    door.sets_up_app()
    assert "the only one that your account" in door.reads("/your-sign-in/app/remove")
    door.makes_passkey(device)
    assert door.sends("/your-sign-in/app/remove").status_code == 302
    key = factors.passkeys_of(acting(door.user))[0].pk
    assert "the only one" in door.reads(f"/your-sign-in/passkey/{key}/remove")
    assert factors.enough(door.user) and door.is_in()


@pytest.mark.requirement("S18")
def test_ten_codes_are_shown_once_and_each_works_once(door: Door) -> None:
    door.sets_up_app()
    shown = plain(door.sends("/your-sign-in/recovery-codes"))
    codes = [word for word in shown.split() if word.count("-") == 2 and len(word) == 13]
    assert len(set(codes)) == 10 and codes[0] not in door.reads("/your-sign-in/recovery-codes")
    acting(door.user)
    kept = [row.hashed for row in RecoveryCode.objects.all()]
    assert len(kept) == 10 and all(one.startswith("argon2$argon2id$") for one in kept)
    other = door.another()
    other.types()
    wrong = codes[3][:-1] + ("0" if codes[3][-1] != "0" else "2")
    assert "not right" in plain(other.types_code(wrong))
    written = codes[3].lower().replace("0", "o").replace("1", "l")
    assert other.types_code(written)["Location"] == "/"
    assert "9 are left" in other.reads("/")
    third = door.another()
    third.types()
    assert "has been used" in plain(third.types_code(codes[3])) and not third.is_in()


@pytest.mark.requirement("S18")
def test_with_a_recovery_code_a_lost_passkey_is_replaced(essex: Cast, device: Device) -> None:
    door = Door(essex.chair).signs_in()
    door.makes_passkey(device)
    code = next(one for one in plain(door.sends("/your-sign-in/recovery-codes")).split()
                if one.count("-") == 2 and len(one) == 13)  # fmt: skip
    other = door.another()
    other.types()
    other.types_code(code)
    assert not other.is_in()
    new = Device(device.origin)
    assert other.makes_passkey(new, name="New laptop").status_code == 302 and other.is_in()
