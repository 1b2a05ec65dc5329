"""Cases that the police hold: why is theirs, and nothing is held for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from waymark.audit.models import Event
from waymark.cases import held, held_support
from waymark.cases.endings import leaving, told
from waymark.cases.endings.ending import record_end_checks
from waymark.cases.models import Case, HeldSupport, HoldReason, LeaveProposal, Move, Stage, Task
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.directory.permission import Changed, Refused

WHY = "A live matter stands against it"
SOON = today() + timedelta(days=7)


@pytest.fixture
def story(essex: Cast) -> Story:
    """A case at the next step: opened to its area, so that its chair sees it."""
    return Story(essex).second_risk()


def hold(story: Story, **differs: Any) -> HoldReason:
    said: dict[str, Any] = {"why": WHY, "look_again_date": SOON} | differs
    made = held.hold(story.case, by=acting(story.cast.police_officer), **said)
    story.seen_again()
    return made


def settle(story: Story, **differs: Any) -> None:
    """What is settled before any end, and the person told."""
    officer = acting(story.cast.police_officer)
    said: dict[str, Any] = {
        "harm_suspected": False,
        "harm_considered": "None is suspected",
        "signposted": "To nobody: the police deal with it",
    }
    record_end_checks(story.case, by=officer, **said | differs)
    told.not_told(story.case, by=officer, why="It would harm an inquiry")


@pytest.mark.parametrize(
    "stage",
    ["gathered", "risk_assessed", "reviewed", "partners_asked", "partners_answered", "second_risk"],
)
def test_a_case_is_held_at_any_stage_and_goes_on_from_there(essex: Cast, stage: str) -> None:
    story: Story = getattr(Story(essex), stage)()
    before = story.case.stage
    hold(story)
    assert (story.case.stage, story.case.held_from) == (Stage.POLICE_HELD, before)
    held.release(story.case, by=acting(essex.police_lead), why="Suitable for Channel")
    story.seen_again()
    assert (story.case.stage, story.case.held_from) == (before, "")
    assert not Task.objects.waiting().filter(kind="look_at_hold").exists()


def test_the_chair_sees_that_a_case_is_held_and_not_why(story: Story, essex: Cast) -> None:
    hold(story)
    acting(essex.chair)
    assert Case.objects.get(pk=story.case.pk).stage == Stage.POLICE_HELD
    assert not HoldReason.objects.exists()
    assert WHY not in " ".join(Move.objects.values_list("why", flat=True))
    acting(essex.police_lead)
    assert [one.why for one in HoldReason.objects.all()] == [WHY]


def test_only_the_police_hold_and_release(story: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="not yours to do"):
        held.hold(story.case, by=acting(essex.chair), why=WHY, look_again_date=SOON)
    hold(story)
    with pytest.raises(Refused, match="not yours to do"):
        held.release(story.case, by=acting(essex.chair), why="It suits us")


@pytest.mark.parametrize(
    "said, why",
    [
        ({"why": " "}, "Nothing says why the police hold"),
        ({"look_again_date": None}, "missing or has passed"),
        ({"look_again_date": today() - timedelta(days=1)}, "missing or has passed"),
        ({"look_again_date": today() + timedelta(days=1000)}, "cannot be held so long"),
    ],
)
def test_a_hold_has_its_reason_and_a_day_to_look_again(
    story: Story, said: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=rf"{why}.*2\.8\.17"):
        hold(story, **said)
    assert not HoldReason.objects.exists()


def test_a_case_is_not_held_twice(story: Story) -> None:
    first = story.case.version
    hold(story)
    with pytest.raises(Refused, match="This was done on"):
        hold(story)
    with pytest.raises(Changed):
        hold(story, version=first)


def test_holding_on_never_moves_the_longest_date(story: Story, essex: Cast) -> None:
    longest = hold(story).longest_date
    officer = acting(essex.police_officer)
    with pytest.raises(Refused, match="cannot be held so long"):
        held.hold_on(
            story.case, by=officer, why="Still", look_again_date=longest + timedelta(days=1)
        )
    again = held.hold_on(story.case, by=officer, why="Still", look_again_date=longest)
    assert again.longest_date == longest
    assert HoldReason.objects.filter(ended_at=None).count() == 1
    assert [task.due_date for task in Task.objects.waiting().filter(kind="look_at_hold")] == [
        longest
    ]


def test_release_says_that_the_case_is_suitable(story: Story, essex: Cast) -> None:
    hold(story)
    with pytest.raises(Refused, match="suitable for Channel"):
        held.release(story.case, by=acting(essex.police_officer), why="")


# ---- leaving Channel


def test_officer_proposes_and_the_lead_agrees_that_a_case_leaves(story: Story, essex: Cast) -> None:
    hold(story)
    made = leaving.propose_leaving(story.case, by=acting(essex.police_officer), why="Charged")
    assert story.seen_again().case.stage == Stage.POLICE_HELD
    settle(story)
    leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=True)
    assert story.seen_again().case.stage == Stage.LEFT_CHANNEL
    assert not HoldReason.objects.filter(ended_at=None).exists()
    acting(essex.chair)
    assert not LeaveProposal.objects.exists()
    assert "Charged" not in " ".join(Move.objects.values_list("why", flat=True))


def test_nobody_ends_a_case_alone(story: Story, essex: Cast) -> None:
    hold(story)
    made = leaving.propose_leaving(story.case, by=acting(essex.police_lead), why="Charged")
    settle(story)
    with pytest.raises(Refused, match="You proposed this yourself"):
        leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=True)
    with pytest.raises(IntegrityError, match="leaving_by_two_people"), transaction.atomic():
        LeaveProposal.objects.filter(pk=made.pk).update(
            answered_by=essex.police_lead, answered_at=now(), agreed=True
        )
    assert story.seen_again().case.stage == Stage.POLICE_HELD


def test_two_officers_without_their_lead_are_not_enough(story: Story, essex: Cast) -> None:
    hold(story)
    made = leaving.propose_leaving(story.case, by=acting(essex.police_officer), why="Charged")
    settle(story)
    with pytest.raises(Refused, match="decided by: Police Prevent lead"):
        leaving.decide_leaving(made, by=acting(essex.second_officer), agrees=True)


def test_the_lead_refuses_with_a_reason_and_the_case_stays_held(story: Story, essex: Cast) -> None:
    hold(story)
    made = leaving.propose_leaving(story.case, by=acting(essex.police_officer), why="Charged")
    with pytest.raises(Refused, match="already that this case leaves"):
        leaving.propose_leaving(story.case, by=acting(essex.second_officer), why="Charged")
    with pytest.raises(Refused, match="why not"):
        leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=False)
    leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=False, why="Not charged")
    with pytest.raises(Refused, match="answered already"):
        leaving.decide_leaving(made, by=acting(essex.second_lead), agrees=True)
    assert story.seen_again().case.stage == Stage.POLICE_HELD
    assert not Task.objects.waiting().filter(kind="decide_leaving").exists()


@pytest.mark.lesson("R6")
def test_a_case_does_not_leave_over_an_open_question(essex: Cast) -> None:
    story = Story(essex).partners_asked()
    hold(story)
    made = leaving.propose_leaving(story.case, by=acting(essex.police_officer), why="Charged")
    with pytest.raises(Refused, match=r"not settled whether significant harm.*2\.5\.13"):
        leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=True)
    settle(story)
    with pytest.raises(Refused, match="has not answered"):
        leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=True)
    settle(story, unanswered="The school is told that no answer is needed")
    leaving.decide_leaving(made, by=acting(essex.police_lead), agrees=True)
    assert story.seen_again().case.stage == Stage.LEFT_CHANNEL


# ---- support while held


@pytest.fixture
def supported(story: Story) -> Story:
    """Held while supported: how support began is told by the tests of the panel."""
    Case.objects.filter(pk=story.case.pk).update(stage=Stage.SUPPORTED)
    story.seen_again()
    hold(story)
    return story


@pytest.mark.parametrize("first, second", [("chair", "police_lead"), ("police_lead", "vice_chair")])
def test_support_pauses_when_chair_and_police_lead_agree(
    supported: Story, essex: Cast, first: str, second: str
) -> None:
    case = supported.case
    made = held_support.propose_support(
        case, by=acting(getattr(essex, first)), decision="pauses", why="Until it is looked at"
    )
    assert held_support.support_while_held(case) is None
    with pytest.raises(Refused, match="waits already"):
        held_support.propose_support(
            case, by=acting(essex.chair), decision="stops", why="Until it is looked at"
        )
    with pytest.raises(Refused, match="not yours to decide|proposed this yourself"):
        held_support.decide_support(made, by=acting(essex.police_officer), agrees=True)
    held_support.decide_support(made, by=acting(getattr(essex, second)), agrees=True)
    agreed = held_support.support_while_held(case)
    assert agreed is not None and agreed.decision == HeldSupport.Decision.PAUSES
    assert not Task.objects.waiting().filter(kind="decide_held_support").exists()


def test_one_person_in_both_posts_does_not_decide_on_support(supported: Story, essex: Cast) -> None:
    both = essex.appointed(Role.CHAIR, Role.POLICE_LEAD, of=essex.council)
    made = held_support.propose_support(
        supported.case, by=acting(both), decision="stops", why="Unsafe"
    )
    with pytest.raises(Refused, match="proposed this yourself"):
        held_support.decide_support(made, by=acting(both), agrees=True)


def test_without_support_there_is_nothing_to_decide(story: Story, essex: Cast) -> None:
    hold(story)
    with pytest.raises(Refused, match="no support that a hold could touch"):
        held_support.propose_support(story.case, by=acting(essex.chair), decision="stops", why="x")
    assert not HeldSupport.objects.exists()


def test_a_decision_on_support_is_one_of_three(supported: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="what becomes of support"):
        held_support.propose_support(
            supported.case, by=acting(essex.chair), decision="perhaps", why="x"
        )
    acting(essex.auditor)
    assert Event.objects.filter(kind="refused").count() == 1


def lead_tasks(story: Story) -> list[Task]:
    acting(story.cast.police_lead)
    return list(Task.objects.waiting().filter(kind="end_hold", case=story.case))


@pytest.mark.clause("2.8.17")
def test_the_police_lead_is_told_when_the_longest_hold_ends(story: Story, essex: Cast) -> None:
    longest = hold(story).longest_date
    assert [(one.role, one.due_date) for one in lead_tasks(story)] == [("police_lead", longest)]
    officer = acting(essex.police_officer)
    held.hold_on(story.case, by=officer, why="Still", look_again_date=longest)
    assert [one.due_date for one in lead_tasks(story)] == [longest]
    held.release(story.case, by=acting(essex.police_lead), why="Suitable for Channel")
    assert lead_tasks(story) == []


@pytest.mark.clause("2.8.17", "2.1.6")
def test_past_its_longest_a_case_is_not_held_on_but_can_leave(story: Story, essex: Cast) -> None:
    hold(story)
    with clock_moved(40):
        officer = acting(essex.police_officer)
        with pytest.raises(Refused, match=r"The longest hold ended on .*propose that it leaves"):
            held.hold_on(
                story.case, by=officer, why="Still", look_again_date=today() + timedelta(days=1)
            )
        assert lead_tasks(story)[0].is_overdue(today())
        leaving.propose_leaving(story.case, by=acting(essex.police_officer), why="Charged")
