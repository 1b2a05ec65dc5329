"""Limits: each is a setting, and a demonstration under a load test is without them."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD, Door
from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import plain
from waymark.database.limits import Limits
from waymark.project import start
from waymark.referrals.deciding import lookups
from waymark.referrals.models import Referral
from waymark.referrals.writing import receipts
from waymark.web.door import waiting


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a wrong code was made to wait."""
    found: list[float] = []
    monkeypatch.setattr(waiting.time, "sleep", found.append)
    waiting._wrong.clear()
    return found


def marks(cast: Cast, times: int) -> list[str]:
    """What became of so many referrals, sent one after another."""
    for _ in range(times):
        Story(cast).referred()
    acting(cast.police_lead)
    return list(Referral.objects.order_by("received_at", "pk").values_list("marked", flat=True))


def guess(times: int) -> None:
    for _ in range(times):
        Client().post("/receipt", {"code": receipts.new_code()})


@pytest.mark.alone
@pytest.mark.requirement("S38", "S41")
def test_an_installations_own_numbers_hold(essex: Cast, settings: Any, waits: list[float]) -> None:
    settings.WAYMARK_LIMITS = Limits(flood=2, codes=3, code_seconds=1)
    assert marks(essex, 3) == ["", "", "flood"]
    guess(6)
    assert waits == [0.5, 1, 1]


@pytest.mark.alone
@pytest.mark.requirement("S3", "S12", "S29", "S38", "S41")
def test_without_limits_a_flood_is_not_slowed_marked_or_asked(
    essex: Cast, settings: Any, waits: list[float]
) -> None:
    door = Door(essex.coordinator)
    for _ in range(6):
        plain(door.types("wrong " * 3))
    assert door.types(PASSWORD).status_code == 200  # it waits
    settings.WAYMARK_LIMITS = Limits.lifted()
    assert marks(essex, 22) == [""] * 22
    guess(15)
    assert waits == []
    assert not lookups.looks_often(acting(essex.police_officer))
    assert door.types(PASSWORD)["Location"] == "/"
    assert "Limits are off" in plain(Client().get("/refer"))
    settings.CONFIGURATION = replace(settings.CONFIGURATION, limits=Limits.lifted())
    assert any(line.startswith("WAYMARK_LIMITS is off") for line in start.degraded())
