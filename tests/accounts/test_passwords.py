"""What a password may be, and changing one's own."""

import time

import pytest
from django.utils.module_loading import import_string

from tests.accounts.conftest import PASSWORD, Door
from tests.cast import Cast, acting
from tests.web.police import plain
from waymark.accounts import recovery
from waymark.accounts.passwords import may_be_password
from waymark.directory.models import Notice, Organisation, User
from waymark.directory.permission import Refused, permits
from waymark.project import settings as product

WHOSE = User(
    name="Rosalind Fairwater", username="chair.essex", organisation=Organisation(name="Essex Trust")
)
SOON_GUESSED = "would soon be guessed"
NOT_GOOD = {
    "too short a one": "15 characters or more",
    "x" * 129: "128 characters at most",
    "my fairwater is blue": "“fairwater”",
    "rain falls on Es-sex today": "“essex”",
    "way marks along a way-mark": "“waymark”",
} | dict.fromkeys(
    (
        "1qaz2wsx3edc4rfv", "passwordpassword", "basketball12345", "aaaaaaaaaaaaaaaaaaaa",
        "password12345678", "qwertyuiopasdfgh", "letmeinletmein12", "Manchester1234!!",
        "P@$$w0rdP@$$w0rd", "Charlotte17081999", "summer2024summer", "  passwordpassword  ",
    ),
    SOON_GUESSED,
)  # fmt: skip
GOOD = (
    "correcthorsebatterystaple", "four words of rain", "nine ripe pears", "ünïcode ✓ and so",
    "99999 12 a b c d", "blue door river lamp", "xkqzvwpjmtrlbnd",
    "four words of rain over " + "é1" * 52,
)  # fmt: skip


@pytest.mark.requirement("S11")
@pytest.mark.parametrize("password", NOT_GOOD)
def test_a_poor_password_is_refused_with_the_reason(password: str) -> None:
    with pytest.raises(Refused) as refused:
        may_be_password(password[:14] if password.startswith("too short") else password, WHOSE)
    assert NOT_GOOD[password] in str(refused.value)


@pytest.mark.requirement("S11")
@pytest.mark.parametrize("password", GOOD)
def test_no_kind_of_character_has_to_be_in_it(password: str) -> None:
    assert permits(may_be_password, password, WHOSE)


@pytest.mark.requirement("S11")
def test_signs_chosen_to_be_read_in_many_ways_are_judged_as_soon() -> None:
    began = time.process_time()
    assert permits(may_be_password, "4@8({[<369!1|05$7+%2" * 6, WHOSE)
    assert time.process_time() - began < 5  # half a minute where nothing bounds it


@pytest.mark.requirement("S11")
def test_passwords_are_kept_as_slow_digests() -> None:
    hasher = import_string(product.PASSWORD_HASHERS[0])()
    assert hasher.encode(PASSWORD, hasher.salt()).startswith("argon2$argon2id$")
    for one in (hasher, recovery.HASHER):
        assert one.memory_cost >= 19 * 1024 and one.time_cost >= 2 and one.parallelism >= 1


@pytest.mark.requirement("S11", "S14")
def test_changing_it_ends_other_sessions_and_tells_the_person(essex: Cast) -> None:
    here, there = Door(essex.coordinator).signs_in(), Door(essex.coordinator).signs_in()
    answer = here.sends("/your-sign-in/password", new_password="coordinating")
    assert "15 characters or more" in plain(answer)
    assert here.sends("/your-sign-in/password", new_password="nine ripe pears").status_code == 302
    assert here.is_in() and not there.is_in()
    acting(essex.coordinator)
    assert Notice.objects.get(kind="sign_in_changed").user == essex.coordinator
    again = Door.__new__(Door)
    again.user, again.client = essex.coordinator, there.client
    assert "is not right" in plain(again.types())
    assert again.types("nine ripe pears").status_code == 302
