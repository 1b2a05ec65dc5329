"""Who leaves is out at the next request, and all that they held goes on; nothing is orphaned."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.accounts.conftest import Door
from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.police import Pages, plain
from waymark.cases import supervisors, tasks
from waymark.cases.access import by_hand, naming, restricting
from waymark.cases.access.left_behind import KIND
from waymark.cases.holders import holder_of
from waymark.cases.models import Case, Entry, Grant, Holder, NamedPerson, Supervisor, Task
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.database.record import Part
from waymark.directory.models import Appointment, Notice, Role, User
from waymark.directory.permission import Refused
from waymark.oversight import leavers
from waymark.panels.models import Action
from waymark.panels.proposals import ActionSaid
from waymark.project.jobs.unused import suspend_unused
from waymark.support.models import Piece


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).screened()


def leaves(cast: Cast, user: User, to: User | None = None) -> None:
    leavers.suspend(
        user, by=acting(cast.administrator), kind="left", words="Moves to another council", to=to
    )


def reached(user: User, address: str) -> None:
    become(INSTALLATION)
    User.objects.filter(pk=user.pk).update(email=address)


@pytest.mark.requirement("S19")
@pytest.mark.lesson("R40")
def test_a_leaver_is_out_at_once_and_each_case_is_kept_or_passed_on(
    essex: Cast, story: Story, client: Client
) -> None:
    officer, case = essex.police_officer, story.case
    until = today() + timedelta(days=90)
    by_hand.give(case, by=acting(essex.police_lead), who=essex.outsider, parts=[Part.NAME],
                 why="Knows the school", until=until)  # fmt: skip
    for of_case in (case, None):
        tasks.give(
            "review_risk", by=essex.police_lead, case=of_case, area=essex.area, user=officer,
            role=Role.POLICE_OFFICER, limit="accept_case", why="Asked by name", clause="B.1",
        )  # fmt: skip
    acting(officer)
    waiting = {task.pk: task.due_date for task in Task.objects.waiting().filter(user=officer)}
    written = Entry.objects.filter(case=case).count()
    assert len(waiting) == 2
    door = Door(officer).signs_in()
    assert door.is_in()

    leaves(essex, officer, to=essex.second_officer)
    leaves(essex, essex.outsider)
    assert not door.is_in()
    assert not Appointment.objects.in_force(today()).filter(user=officer).exists()
    acting(essex.police_lead)
    assert holder_of(case).user == essex.second_officer
    assert Holder.objects.filter(case=case, until_at=None).count() == 1
    assert not Grant.objects.in_force(now()).filter(user=essex.outsider).exists()
    after = Task.objects.waiting().in_bulk(waiting)
    assert {key: task.due_date for key, task in after.items()} == waiting  # none vanishes (R38)
    assert {task.user for task in after.values()} <= {essex.second_officer, None}
    assert Entry.objects.filter(case=case).count() == written

    asked = Task.objects.waiting().get(kind=KIND)
    desk = Pages(client, essex.second_officer)
    assert "A case that a colleague left" in desk.text("left_case", case.reference)
    answer = desk.send("left_case", case.reference, keeps="no", to=str(essex.police_lead.pk))
    assert answer.status_code == 302
    acting(essex.police_lead)
    assert holder_of(case).user == essex.police_lead
    again = Task.objects.waiting().get(kind=KIND)
    assert again.user == essex.police_lead and again.due_date == asked.due_date
    desk = Pages(client, essex.police_lead)
    assert desk.send("left_case", case.reference, keeps="yes").status_code == 302
    acting(essex.police_lead)
    assert not Task.objects.waiting().filter(kind=KIND).exists()
    desk = Pages(client, essex.administrator)
    theirs = f"?named={officer.username}"
    assert "Suspended" in desk.text("accounts", query=theirs)
    leavers.close(officer, by=acting(essex.administrator))
    assert "Closed" in desk.text("accounts", query=theirs)
    acting(essex.administrator)
    with pytest.raises(Refused, match="closed"):
        leavers.wake(officer, by=essex.administrator)


@pytest.mark.requirement("S19")
@pytest.mark.lesson("R40")
def test_all_that_a_leaver_did_goes_on_with_somebody_who_stays(essex: Cast, client: Client) -> None:
    officer, lead, case = essex.police_officer, essex.police_lead, supported_by_the_officer(essex)
    other = Story(essex, surname="Elsewhere").referred().taken().subject
    for user in (officer, essex.vice_chair, essex.chair):  # who are all named on the case
        leaves(essex, user)
    acting(lead)
    other.refresh_from_db()
    assert other.taken_by in (lead, essex.second_lead)
    screen = Task.objects.waiting().get(subject_id=other.pk)
    assert screen.user == other.taken_by
    (action,) = Action.objects.filter(case=case)
    piece = Piece.objects.get(case=case)
    assert action.owner == piece.lead == lead and piece.lead_organisation == essex.police
    for task in Task.objects.waiting().filter(object_id__in=(action.pk, piece.pk)):
        assert task.user != officer
    assert not Task.objects.waiting().filter(user=officer).exists()

    # named on the restricted case no more; one is left, and the police lead is told
    acting(lead)
    assert not NamedPerson.objects.now().filter(user=officer).exists()
    assert Task.objects.waiting().get(kind="name_people").role == Role.POLICE_LEAD
    acting(essex.administrator)
    assert Notice.objects.filter(user=lead, kind="name_people").exists()

    # each thing is a task to keep or to pass on, with its date
    desk = Pages(client, lead)
    asked = {task.object_id: task.due_date for task in waiting_for(lead)}
    assert set(asked) == {None, action.pk, piece.pk}  # the case too: its chair held it
    page = desk.text("left_case", case.reference)
    assert "What the panel gave them" in page and f"lead support {piece.reference}" in page
    acting(lead)
    naming.name(case, by=lead, who=essex.second_lead, why="Works on it now")
    answer = desk.send("left_case", case.reference, keeps="no", to=str(essex.second_lead.pk))
    assert answer.status_code == 302, plain(answer)
    action.refresh_from_db()
    piece.refresh_from_db()
    assert action.owner == piece.lead == holder_of(case).user == essex.second_lead
    assert {one.object_id: one.due_date for one in waiting_for(essex.second_lead)} == asked
    leavers.close(officer, by=acting(essex.administrator))


@pytest.mark.requirement("S19")
def test_a_plan_says_who_looks_after_it_once_its_lead_has_left(essex: Cast, client: Client) -> None:
    story, lead = Story(essex).consented(), essex.families_lead
    leaves(essex, lead)
    acting(essex.police_lead)
    holds = holder_of(story.case).user
    assert holds != lead
    desk = Pages(client, essex.chair)
    said = f"{lead.name}, whose account is not in use. {holds.name} holds the case."
    assert said in desk.text("plan", story.case.reference)
    given = desk.text("plan_given", story.case.reference)
    assert "Whom to ask Ask the person who gave you this." in given
    assert lead.name not in given and f"{holds.name} looks after" not in given


def supported_by_the_officer(cast: Cast) -> Case:
    """They lead a piece of support, owe the panel something, and are named on the case."""
    story = Story(cast).on_panel()
    owed = ActionSaid("Ring the club", cast.police_officer, today() + timedelta(days=7))
    story.planned(pieces=[story.piece_said(lead=cast.police_officer)])
    story.decided("plan_agreed", plan=story.plan, actions=[owed]).consented()
    restricting.restrict(
        story.case, by=acting(cast.police_lead), kind="other", why="A neighbour asks about it",
        others=[cast.police_officer], chair_is_the_reason=True,
    )  # fmt: skip
    return story.case


def waiting_for(user: User) -> list[Task]:
    acting(user)
    return list(Task.objects.waiting().filter(kind=KIND, user=user))


@pytest.mark.requirement("S19")
@pytest.mark.lesson("R40")
def test_the_last_police_lead_who_was_named_is_followed_and_support_without_a_worker_stops(
    essex: Cast, thurrock: Cast
) -> None:
    case = supported_by_the_officer(essex)
    leaves(essex, essex.provider)
    acting(essex.police_lead)
    piece = Piece.objects.get(case=case)
    assert piece.state == "held" and not Task.objects.waiting().filter(kind="log_session").exists()
    assert Task.objects.waiting().get(kind="brief_declined").role == Role.CHAIR
    leaves(essex, essex.police_lead)
    acting(essex.second_lead)
    assert Case.objects.filter(pk=case.pk).exists()
    named = {one.user for one in NamedPerson.objects.now().filter(case=case)}
    assert essex.second_lead in named and essex.police_lead not in named


@pytest.mark.requirement("S19")
@pytest.mark.lesson("R40")
def test_a_case_goes_to_its_supervisor_and_nobody_supervises_their_own(
    essex: Cast, story: Story
) -> None:
    supervisors.name(story.case, by=acting(essex.police_lead), who=essex.second_lead)
    leaves(essex, essex.police_officer)
    acting(essex.police_lead)
    assert holder_of(story.case).user == essex.second_lead
    assert not Supervisor.objects.filter(case=story.case, until_at=None).exists()
    asked = Task.objects.waiting().get(kind=supervisors.KIND)
    assert asked.role == Role.POLICE_LEAD
    supervisors.name(story.case, by=acting(essex.police_lead), who=essex.second_officer)
    assert not Task.objects.waiting().filter(kind=supervisors.KIND).exists()


@pytest.mark.requirement("S19")
def test_an_account_with_which_something_is_left_is_not_closed(essex: Cast, story: Story) -> None:
    for user in (essex.second_officer, essex.second_lead, essex.police_lead):
        leaves(essex, user)
    leaves(essex, essex.police_officer)  # nobody else sees the case
    with pytest.raises(Refused, match="still left"):
        leavers.close(essex.police_officer, by=acting(essex.administrator))
    lead = essex.appointed(Role.POLICE_LEAD, of=essex.police)
    leavers.close(essex.police_officer, by=acting(essex.administrator))
    acting(lead)
    assert holder_of(story.case).user == lead


@pytest.mark.requirement("S19")
def test_nobody_suspends_themselves_nor_the_last_but_two_administrators(essex: Cast) -> None:
    second = essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    with pytest.raises(Refused, match="themselves"):
        leaves(essex, essex.administrator)
    with pytest.raises(Refused, match="Fewer than two"):
        leaves(essex, second)
    second.refresh_from_db()
    assert second.is_active
    with pytest.raises(Refused, match="not yours"):
        leavers.suspend(second, by=acting(essex.chair), kind="left", words="No more")


@pytest.mark.requirement("S19")
def test_an_account_unused_for_90_days_sleeps_until_an_administrator_wakes_it(
    essex: Cast, story: Story
) -> None:
    officer = essex.police_officer
    become(INSTALLATION)
    old = date.today() - timedelta(days=91)
    User.objects.filter(pk__in=[officer.pk, essex.administrator.pk]).update(opened_date=old)
    User.objects.filter(pk=essex.second_officer.pk).update(
        opened_date=old, signed_in_date=old + timedelta(days=2)
    )
    assert suspend_unused() == 1
    acting(essex.police_lead)
    users = User.objects.in_bulk([officer.pk, essex.administrator.pk, essex.second_officer.pk])
    assert [one.is_active for one in users.values()].count(False) == 1
    assert not users[officer.pk].is_active
    assert holder_of(story.case).user in (essex.police_lead, essex.second_lead)
    acting(essex.administrator)
    assert Notice.objects.filter(kind="account_sleeps", user=essex.administrator).exists()

    reached(officer, "officer@example.org")
    leavers.wake(User.objects.get(pk=officer.pk), by=acting(essex.administrator))
    woken = User.objects.get(pk=officer.pk)
    assert woken.is_active and not woken.has_usable_password()
    assert Notice.objects.filter(kind="invited", user=officer).exists()
    assert Appointment.objects.in_force(today()).filter(user=officer).exists()
    assert suspend_unused() == 0
