"""An answer that is a day late goes to the chair, once, however many there are."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, acting
from tests.sharing.steps import NOTHING, ask
from tests.story import Story
from waymark.audit.models import Event
from waymark.cases.models import Case, Task
from waymark.database import clock
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.project.jobs.overdue import DUTY, tell
from waymark.sharing import checks, dates, replies
from waymark.sharing.models import Request


@pytest.fixture(autouse=True)
def in_time(db: None) -> Iterator[None]:
    yield
    clock.set_offset(timedelta())


def told(cast: Cast) -> list[Task]:
    acting(cast.chair)
    return list(Task.objects.filter(kind="reply_overdue").order_by("made_at"))


def days_later(days: int) -> None:
    clock.set_offset(timedelta(days=days))


@pytest.mark.clause("2.9.3")
@pytest.mark.lesson("R16")
def test_the_chair_is_told_the_day_after_the_date_and_once(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    left = (made.due_date - today()).days
    days_later(left)
    assert (tell(), told(essex)) == (0, [])
    days_later(left + 1)
    assert (tell(), tell()) == (1, 0)
    (task,) = told(essex)
    assert (task.role, task.case, task.object_id) == (Role.CHAIR, story.case, made.pk)
    assert task in Task.objects.waiting().of(essex.chair)
    assert "Ashdown" not in task.why and task.due_date > today()


def test_the_duty_sees_what_waits_and_no_case(story: Story, essex: Cast) -> None:
    ask(story, essex.partner.organisation)
    become(DUTY)
    assert {task.kind for task in Task.objects.all()} == {"answer_request"}
    assert not Case.objects.exists() and not Request.objects.exists()


def test_the_answer_closes_what_waits_for_the_chair(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    days_later((made.due_date - today()).days + 1)
    tell()
    replies.answer(made, by=acting(essex.partner), answering=NOTHING)
    (task,) = told(essex)
    assert task.outcome == "answered"
    assert tell() == 0


def test_a_date_that_was_moved_and_has_passed_goes_to_the_chair_again(
    story: Story, essex: Cast
) -> None:
    (made,) = ask(story, essex.partner.organisation)
    days_later((made.due_date - today()).days + 1)
    tell()
    later = today() + timedelta(days=5)
    dates.move_date(made, by=acting(essex.chair), due_date=later, why="Closed until then")
    assert (tell(), told(essex)[0].outcome) == (0, "date_moved")
    days_later(60)
    assert (tell(), tell()) == (1, 0)


def test_what_the_checks_went_on_without_is_not_told(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    checks.finish_checks(
        story.case, by=acting(essex.police_officer), why="Enough is known",
        without_answer={essex.partner.organisation: "Closed for the holidays"},
    )  # fmt: skip
    days_later(60)
    assert tell() == 0


def test_many_cost_no_more_than_few_and_the_chains_hold(
    story: Story, essex: Cast, clinic: User
) -> None:
    ask(story, essex.partner.organisation, clinic.organisation)
    days_later(60)
    with CaptureQueriesContext(connection) as few:
        assert tell() == 2
    clock.set_offset(timedelta())
    for name in ("Brook", "Cliff", "Dale"):
        other = Story(essex, surname=name).reviewed()
        ask(other, essex.partner.organisation, clinic.organisation)
    days_later(60)
    with CaptureQueriesContext(connection) as many:
        assert tell() == 6
    assert len(many) == len(few)
    acting(essex.auditor)
    by_duty = Event.objects.filter(actor=f"duty:{DUTY.name}")
    assert by_duty.filter(chain=story.case.pk).count() == 2 and by_duty.count() == 8
