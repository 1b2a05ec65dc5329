"""Failures bring waits and never a lock; nothing tells whether an account exists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import PASSWORD, Door
from tests.accounts.device import Device
from tests.cast import INSTALLATION, Cast
from tests.web.police import plain
from waymark.accounts import attempts
from waymark.accounts.models import Attempt
from waymark.database.guard import become
from waymark.directory.models import User

WAIT = "Too many attempts have failed. Wait"


@pytest.fixture
def door(essex: Cast) -> Door:
    return Door(essex.coordinator)


def failed_ago(subject: attempts.Subject, minutes: int, wait: int = 0, times: int = 1) -> None:
    become(None)
    for _ in range(times):
        at = Now() - timedelta(minutes=minutes)
        Attempt.objects.create(subject=subject.digest, failed=True, wait=wait, at=at)


@pytest.mark.requirement("S12")
def test_unknown_wrong_and_disabled_look_and_cost_the_same(essex: Cast) -> None:
    """How long each takes is measured by `python -m bench.alike`."""
    Door(essex.chair)
    disabled = Door(essex.auditor).user
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    came = set()
    for name in ("nobody", essex.chair.username, disabled.username):
        with CaptureQueriesContext(connection) as asked, counted_hashes() as hashed:
            answer = Client().post("/sign-in", {"username": name, "password": "wrong " * 3})
        came.add((answer.status_code, plain(answer), len(asked), len(hashed), *answer.headers))
    ((status, words, *_),) = came
    assert status == 200 and "The user name or the password is not right" in words


@contextmanager
def counted_hashes() -> Iterator[list[str]]:
    """Each time that a password is hashed, which is most of what a try costs."""
    hashed: list[str] = []
    kind = type(get_hasher())

    def noted(name: str) -> Callable[..., Any]:
        real = getattr(kind, name)

        def each(*given: Any) -> Any:
            hashed.append("once")
            return real(*given)

        return each

    with pytest.MonkeyPatch.context() as patch:
        for name in ("encode", "verify"):
            patch.setattr(kind, name, noted(name))
        yield hashed


@pytest.mark.requirement("S12")
def test_five_failures_bring_a_wait_for_any_name_and_the_right_password_too(door: Door) -> None:
    for name in (door.user.username, "nobody at all"):
        for _ in range(5):
            assert WAIT not in plain(door.types("wrong " * 3, name=name))
        assert f"{WAIT} 1 minute, then" in plain(door.types(PASSWORD, name=name))
    assert f"{WAIT} 1 minute, then" in plain(door.types("wrong " * 3))  # which counts for nothing


@pytest.mark.requirement("S12")
def test_waits_grow_to_a_quarter_of_an_hour_and_end(door: Door) -> None:
    for before, then in ((1, 2), (2, 4), (4, 8), (8, 15), (15, 15)):
        name = attempts.of_name(f"after {before}")
        failed_ago(name, minutes=before + 1, wait=before)
        attempts.failed([name])
        assert attempts.counted(name).seconds in range(then * 60 - 5, then * 60 + 1)
    name = attempts.of_name(door.user.username)
    failed_ago(name, minutes=31, wait=15, times=9)
    assert door.types().status_code == 302


@pytest.mark.requirement("S12")
def test_a_source_waits_too_and_no_address_is_kept(door: Door) -> None:
    here, elsewhere = attempts.of_source("127.0.0.1"), attempts.of_source("192.0.2.1")
    assert len({here.digest, elsewhere.digest}) == 2 and "127" not in here.digest[:3]
    failed_ago(here, minutes=1, times=49)
    assert WAIT not in plain(door.types("wrong " * 3))
    assert WAIT in plain(door.types())


@pytest.mark.requirement("S12")
def test_what_failed_is_told_at_the_next_sign_in(door: Door) -> None:
    for _ in range(3):
        door.types("wrong " * 3)
    assert door.types().status_code == 302
    assert "3 attempts to sign in under your name failed since" in door.reads("/")
    assert "attempts to sign in" not in door.reads("/")
    assert "attempts to sign in" not in door.another().signs_in().reads("/")


@pytest.mark.requirement("S12")
def test_a_passkey_never_waits(door: Door, two_factors: None, device: Device) -> None:
    door.signs_in().makes_passkey(device)
    for _ in range(6):
        door.another().types("wrong " * 3)
    other = door.another()
    assert WAIT in plain(other.types())
    assert other.shows_passkey(device)["Location"] == "/"


@pytest.mark.requirement("S12", "S62")
def test_a_failure_is_in_the_audit_without_a_name(door: Door, essex: Cast) -> None:
    door.types("wrong " * 3, name="typed.by.mistake")
    become(INSTALLATION)
    with connection.cursor() as cursor:
        become(essex.auditor)
        cursor.execute("SELECT text FROM audit_event WHERE kind = 'sign_in_failed'")
        texts: list[Any] = [row[0] for row in cursor.fetchall()]
    assert len(texts) == 1 and "visitor" in texts[0] and "mistake" not in texts[0]
