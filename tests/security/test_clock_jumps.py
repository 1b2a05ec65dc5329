"""A machine whose clock jumps, between requests and between jobs (F5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.conftest import Door
from tests.cast import Cast, acting
from tests.sharing.steps import ask
from tests.story import Story
from tests.web.police import Pages
from waymark.audit.models import Event
from waymark.database import clock
from waymark.database.guard import become
from waymark.project.jobs import overdue
from waymark.sharing.models import Request

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
JUMPS = (timedelta(), HOUR, -HOUR, -YEAR, timedelta())
DAY = clock.today() - timedelta(days=1)
YESTERDAY = {f"happened_date-{part}": getattr(DAY, part) for part in ("day", "month", "year")}
Jump = Callable[[timedelta], None]


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Jump:
    """Let this machine's clock be wrong by so much from now on."""
    real = timezone.now
    return lambda by: monkeypatch.setattr(timezone, "now", lambda: real() + by)


@pytest.mark.requirement("F5", "S16")
def test_between_requests_order_holds_and_the_session_goes_on(
    client: Client, essex: Cast, jump: Jump
) -> None:
    case = Story(essex).screened().case
    desk = Pages(client, essex.police_officer)
    for number, by in enumerate(JUMPS):
        jump(by)
        said = {"kind": "telephone", "told_by": "A tutor", "words": f"Note {number}", **YESTERDAY}
        assert desk.send("entry", case.reference, **said).status_code == 302
    jump(timedelta())
    acting(essex.police_officer)
    entries = case.entries.order_by("at")
    assert [one.words for one in entries] == [f"Note {number}" for number in range(len(JUMPS))]
    acting(essex.auditor)
    times = [
        one.at
        for one in Event.objects.filter(chain=case.pk, kind="entry_written").order_by("number")
    ]
    assert len(times) == len(JUMPS) and times == sorted(times)


@pytest.mark.requirement("F5", "S16")
def test_when_a_session_ends_is_the_databases_word(essex: Cast, jump: Jump) -> None:
    door = Door(essex.coordinator).signs_in()
    for by in (YEAR, -YEAR, -HOUR):
        jump(by)
        assert door.is_in()


@pytest.mark.requirement("F5")
def test_between_jobs_no_deadline_is_skipped_or_met_twice(essex: Cast, jump: Jump) -> None:
    story = Story(essex).reviewed()
    (request,) = ask(story, essex.partner.organisation)
    days = (Request.objects.get(pk=request.pk).due_date - clock.today()).days
    for by in JUMPS:  # not a day before, whatever the machine says
        jump(by + YEAR)
        clock.set_offset(timedelta(days=days))
        assert overdue.tell() == 0
    told = []
    for by in (-YEAR, HOUR, -HOUR, YEAR):  # at once when it is due, and once
        jump(by)
        clock.set_offset(timedelta(days=days + 1))
        told.append(overdue.tell())
    assert told == [1, 0, 0, 0]
    become(None)
    clock.set_offset(timedelta())
