"""The date to answer by is moved in sight of both sides; who has a request is always named."""

from datetime import timedelta

import pytest

from tests.cast import INSTALLATION, Cast, acting
from tests.sharing.steps import NOTHING, ask
from tests.story import Story
from waymark.cases.models import Task
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused
from waymark.sharing import dates, passing, replies
from waymark.sharing.models import MovedDate, PassedOn, Request

LATER = today() + timedelta(days=40)


@pytest.fixture
def made(story: Story, essex: Cast) -> Request:
    return ask(story, essex.partner.organisation)[0]


@pytest.fixture
def colleague(essex: Cast) -> User:
    become(INSTALLATION)
    return essex.appointed(Role.PARTNER, of=essex.partner.organisation)


def waiting(request: Request) -> list[Task]:
    return list(Task.objects.waiting().filter(object_id=request.pk))


# ---- the date


@pytest.mark.clause("2.9.3")
@pytest.mark.parametrize("who", ["chair", "vice_chair", "coordinator"])
def test_chair_and_co_ordinator_move_the_date_and_the_task_follows(
    made: Request, essex: Cast, who: str
) -> None:
    was = made.due_date
    acting(essex.police_officer)
    (old,) = waiting(made)
    dates.move_date(
        made, by=acting(getattr(essex, who)), due_date=LATER, why="The school is closed"
    )
    acting(essex.partner)
    row = MovedDate.objects.get()
    assert (row.was_date, row.due_date, row.why) == (was, LATER, "The school is closed")
    (new,) = waiting(made)
    assert (new.kind, new.user, new.due_date) == ("answer_request", essex.partner, LATER)
    old.refresh_from_db()
    assert (old.due_date, old.outcome) == (was, "date_moved")


@pytest.mark.parametrize("who", ["police_officer", "families_lead"])
def test_others_do_not_move_the_date(made: Request, essex: Cast, who: str) -> None:
    with pytest.raises(Refused, match="not yours to do"):
        dates.move_date(made, by=acting(getattr(essex, who)), due_date=LATER, why="Closed")


def test_a_date_moves_to_another_with_a_reason_while_the_answer_is_awaited(
    made: Request, essex: Cast
) -> None:
    chair = acting(essex.chair)
    for day, why, said in (
        (today() - timedelta(days=1), "Closed", "has passed"),
        (made.due_date, "Closed", "already due on"),
        (LATER, " ", "why the date moves"),
    ):
        with pytest.raises(Refused, match=said):
            dates.move_date(made, by=chair, due_date=day, why=why)
    replies.answer(made, by=acting(essex.partner), answering=NOTHING)
    with pytest.raises(Refused, match="no longer matters"):
        dates.move_date(made, by=acting(essex.chair), due_date=LATER, why="Closed")


# ---- passing on


@pytest.mark.lesson("R16")
def test_a_request_passed_on_is_not_answered_and_its_task_goes_along(
    made: Request, essex: Cast, colleague: User
) -> None:
    acting(essex.partner)
    assert passing.colleagues_for(made) == [colleague]
    passing.pass_on(made, by=essex.partner, to=colleague, version=made.version)
    made.refresh_from_db()
    assert (made.asked_of, made.answered_at) == (colleague, None)
    (task,) = waiting(made)
    assert (task.user, task.due_date) == (colleague, made.due_date)
    passing.pass_on(made, by=acting(colleague), to=essex.partner)
    acting(essex.police_officer)
    chain = [(one.was_with, one.to) for one in PassedOn.objects.all()]
    assert chain == [(essex.partner, colleague), (colleague, essex.partner)]
    replies.answer(made, by=acting(essex.partner), answering=NOTHING)
    acting(essex.police_officer)
    assert waiting(made) == []
    with pytest.raises(Refused, match="answered already"):
        passing.pass_on(made, by=acting(essex.partner), to=colleague)


@pytest.mark.lesson("R16")
def test_passed_to_somebody_without_an_account_the_police_fetch_the_answer(
    made: Request, essex: Cast
) -> None:
    passing.pass_on(made, by=acting(essex.partner), to=None, named="Sam Reed, deputy head")
    acting(essex.police_officer)
    (task,) = waiting(made)
    assert (task.kind, task.user, task.role) == ("fetch_reply", None, Role.POLICE_OFFICER)
    assert task in Task.objects.of(essex.police_officer)
    replies.answer(made, by=acting(essex.partner), answering=NOTHING)  # after all
    acting(essex.police_officer)
    assert waiting(made) == []


def test_it_is_passed_to_somebody_of_the_same_organisation_who_is_named(
    made: Request, essex: Cast, clinic: User
) -> None:
    with pytest.raises(Refused, match="does not answer for Essex Academy"):
        passing.pass_on(made, by=acting(essex.partner), to=clinic)
    with pytest.raises(Refused, match="Nobody is named"):
        passing.pass_on(made, by=acting(essex.partner), to=None, named=" ")
    with pytest.raises(Refused, match="not yours to do"):
        passing.pass_on(made, by=acting(essex.families_lead), to=essex.partner)
    with pytest.raises(Request.DoesNotExist):
        passing.pass_on(made, by=acting(clinic), to=None, named="Sam Reed")


def test_the_police_write_down_who_has_it_and_that_one_sees_it_from_then_on(
    story: Story, essex: Cast
) -> None:
    become(INSTALLATION)
    club = essex.organisation("Club", "voluntary")
    (made,) = ask(story, club)
    become(INSTALLATION)
    coach = essex.appointed(Role.PARTNER, of=club)
    passing.pass_on(made, by=acting(essex.police_officer), to=coach)
    acting(coach)
    assert Request.objects.get() == made
    assert [task.user for task in waiting(made)] == [coach]


def test_two_who_pass_it_on_at_once_do_not_both(
    made: Request, essex: Cast, colleague: User
) -> None:
    passing.pass_on(made, by=acting(essex.partner), to=colleague, version=made.version)
    with pytest.raises(Changed):
        passing.pass_on(made, by=acting(essex.partner), to=None, named="Sam", version=made.version)
