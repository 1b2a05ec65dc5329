"""A demonstration that is loaded on another day has the same tasks, as old as on any other."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.db import transaction
from django.utils import timezone

from waymark.cases.reading.worklists import yours
from waymark.database import clock
from waymark.database.clock import LONDON, today
from waymark.database.guard import become
from waymark.project.demonstration import stories
from waymark.project.demonstration.accounts import ACCOUNTS
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.load import begun
from waymark.project.demonstration.passwords import Digests

# Both are Wednesdays, with no bank holiday in the weeks around, and three months after either
# are as long: so not one day may differ. In the weeks before the second the clocks went back.
IN_SUMMER, IN_WINTER = date(2026, 7, 8), date(2026, 11, 4)
POSTS = (
    "officer.one", "officer.two", "lead.one", "chair.essex", "families.essex", "adults.essex",
    "school.essex", "clinic.essex", "coordinator.essex",
)  # fmt: skip
Tasks = list[tuple[str, str, str, int, int]]


@pytest.fixture(scope="module")
def digests() -> Iterator[Digests]:
    made = Digests({account.password_of for account in ACCOUNTS})
    yield made
    made.close()


def loaded_on(day: date, digests: Digests) -> Tasks:
    """The tasks on the homes of that day: whose, which, of whom, how far off and how old."""
    noon = datetime.combine(day, time(12, 30), LONDON)
    clock.offset.set(noon - timezone.now())
    with transaction.atomic():
        calendar, cast = begun(digests)
        teller = stories.Teller(calendar, cast, "essex")
        stories.before_the_panel(teller)
        calendar.tell()
        assert today() == day
        found = homes(cast, {story.case.pk: name for name, story in teller.stories.items()})
        transaction.set_rollback(True)
    return found


def homes(cast: Cast, names: dict[int, str]) -> Tasks:
    found = []
    for post in POSTS:
        become(cast[post])
        for task in yours(cast[post]):
            off, old = task.due_date - today(), today() - clock.day_of(task.made_at)
            name = names.get(task.case_id or 0, "")
            found.append((post, task.kind, name, off.days, old.days))
    return sorted(found)


@pytest.mark.django_db
def test_tasks_are_as_old_whenever_it_is_loaded(digests: Digests) -> None:
    told = loaded_on(IN_SUMMER, digests)
    kinds = {kind for _, kind, *_ in told}
    assert {"gather", "lead_review", "next_step", "answer_request"} <= kinds
    assert any(off < 0 for *_, off, _ in told) and any(off > 0 for *_, off, _ in told)
    assert loaded_on(IN_WINTER, digests) == told
