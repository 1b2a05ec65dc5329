"""Days that are harder than others: clocks that change, 29 February, a server far away."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from django.test import Client

from tests.cast import Cast
from tests.story import Story
from tests.web.police import Pages
from waymark.cases.models import Case
from waymark.database.clock import LONDON, day_of, now, offset, set_offset
from waymark.directory.models import Role
from waymark.people.age import adult_on, comes_of_age
from waymark.people.models import BirthDate
from waymark.policy.days import due_date
from waymark.policy.pack import PACKS, put_in_force
from waymark.policy.work import Limit


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine itself is set to another time zone."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def clock(db: None) -> Iterator[None]:
    before = offset.get()
    yield
    offset.set(before)


def limit(amount: int, unit: Literal["working_days", "days", "months"]) -> Limit:
    return Limit("any", "Any", amount, unit, "A local setting")


@pytest.mark.requirement("F18")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # summer time
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # 01:30 for the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),  # 01:30 once more
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),  # 25 hours long
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2027, 3, 27, 23, 59, 59, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC), date(2027, 3, 28)),  # 23 hours long
        (datetime(2027, 3, 28, 23, 0, tzinfo=UTC), date(2027, 3, 29)),
    ],
)
def test_a_day_is_londons_wherever_the_server_stands(
    server_zone: None, moment: datetime, day: date
) -> None:
    assert day_of(moment) == day
    assert due_date(moment, limit(7, "days")) == day + timedelta(days=7)


@pytest.mark.requirement("F18")
@pytest.mark.parametrize("fold", [0, 1])
def test_both_half_past_ones_of_the_night_that_is_longer_fall_due_alike(
    server_zone: None, fold: int
) -> None:
    moment = datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=LONDON)
    for given in (moment, moment.astimezone(UTC)):
        assert due_date(given, limit(5, "working_days")) == date(2026, 11, 2)
        assert due_date(given, limit(1, "months")) == date(2026, 11, 25)


@pytest.mark.requirement("F18")
def test_a_deadline_that_spans_the_change_keeps_its_day(
    server_zone: None, clock: None, essex: Cast
) -> None:
    set_offset(datetime(2027, 3, 26, 11, 0, tzinfo=LONDON) - now() + offset.get())
    story = Story(essex).screened()
    due = {task.kind: task.due_date for task in story.case.tasks.waiting()}
    set_offset(datetime(2027, 3, 30, 22, 30, tzinfo=UTC) - now() + offset.get())
    story.seen_again()
    assert due and {task.kind: task.due_date for task in story.case.tasks.waiting()} == due
    assert all(isinstance(day, date) and not isinstance(day, datetime) for day in due.values())
    assert day_of(story.case.opened_at) == date(2027, 3, 26)


BORN = date(2012, 2, 29)


@pytest.mark.requirement("F19")
def test_born_on_29_february_comes_of_age_on_1_march() -> None:
    assert not adult_on(date(2008, 2, 29), date(2026, 2, 28))
    assert adult_on(date(2008, 2, 29), date(2026, 3, 1))
    assert adult_on(date(2008, 2, 28), date(2026, 2, 28))


@pytest.mark.requirement("F19")
def test_a_pack_may_say_28_february(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKS / "set-2019", tmp_path / "set-2019"))
    pack = folder / "people.toml"
    said = pack.read_text()
    pack.write_text(said.replace('leap_birthday = "1 March"', 'leap_birthday = "28 February"'))
    put_in_force(folder)
    try:
        assert adult_on(date(2008, 2, 29), date(2026, 2, 28))
        assert not adult_on(date(2008, 2, 29), date(2026, 2, 27))
        assert comes_of_age(date(2006, 2, 28)) == date(2024, 2, 28)
    finally:
        put_in_force(None)


@pytest.mark.requirement("F19")
@pytest.mark.parametrize(
    ("day", "led_by"), [(date(2030, 2, 28), "families_lead"), (date(2030, 3, 1), "adult_lead")]
)
def test_the_lead_follows_the_age_of_who_was_born_on_29_february(
    clock: None, essex: Cast, client: Client, day: date, led_by: str
) -> None:
    set_offset(datetime(day.year, day.month, day.day, 10, tzinfo=LONDON) - now() + offset.get())
    story = Story(essex, born=BORN).gathered()
    lead = Role(led_by)
    said = (
        "born on 29 February 2012. In a year without that day they count as a year older on"
        f" 1 March (local setting), and so are 18 on 1 March 2030. Today the {lead.label} leads"
    )
    before = Pages(client, essex.police_officer).text("assess_risk", story.case.reference)
    assert said in before  # before the lead is chosen
    story.risk_assessed()
    reader = getattr(essex, led_by)
    assert said in Pages(client, reader).text("lead_review", story.case.reference)
    assert "29 February 2012" in Pages(client, reader).text("case_person", story.case.reference)
    assert Case.objects.get(pk=story.case.pk).led_by == led_by
    assert [row.exact() for row in BirthDate.objects.filter(person=story.case.person)] == [BORN]
