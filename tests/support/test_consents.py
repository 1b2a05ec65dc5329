"""Consent to support: who answers, what it comes to, and what stops in the same second."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from waymark.cases import held, held_support
from waymark.cases.endings import early_end
from waymark.cases.models import EarlyEnd, HeldSupport, Stage, SupportConsent, Task
from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.support import pieces, sessions, stops, while_held, winding_down
from waymark.support.consent import consents, withdrawals
from waymark.support.consent.consents import State
from waymark.support.models import Piece, Session

GIVEN, REFUSED, LACKING = "given", "refused", "capacity_lacking"
ADULT = date(1990, 5, 4)


@pytest.fixture
def asked(essex: Cast) -> Story:
    """A child's case with an agreed plan."""
    return Story(essex).plan_agreed()


@pytest.fixture
def supported(essex: Cast) -> Story:
    return Story(essex).consented()


def stage_of(story: Story) -> str:
    story.seen_again()
    return story.case.stage


def test_nobody_asked_is_not_asked(asked: Story) -> None:
    assert consents.state_of(asked.case) is State.NOT_ASKED


def test_a_parent_answers_for_a_child_who_is_asked_too(asked: Story) -> None:
    assert asked.answered("parent", GIVEN, "Alex Ashdown") is State.NOT_ASKED
    assert stage_of(asked) == Stage.SEEKING_CONSENT
    assert asked.answered("person", GIVEN) is State.GIVEN
    assert stage_of(asked) == Stage.SUPPORTED


def test_a_childs_yes_alone_opens_nothing(asked: Story) -> None:
    assert asked.answered("person", GIVEN) is State.NOT_ASKED
    assert stage_of(asked) == Stage.SEEKING_CONSENT


def test_a_childs_no_closes_what_a_parent_opened(asked: Story) -> None:
    asked.answered("parent", GIVEN, "Alex Ashdown")
    assert asked.answered("person", REFUSED) is State.CONFLICT
    assert stage_of(asked) == Stage.PANEL
    assert set(Piece.objects.values_list("state", flat=True)) == {"planned"}


def test_a_child_who_cannot_decide_does_not_close_what_a_parent_opens(asked: Story) -> None:
    asked.answered("parent", GIVEN, "Alex Ashdown")
    assert asked.answered("person", LACKING) is State.GIVEN


def test_two_parents_who_disagree_are_a_conflict(asked: Story) -> None:
    asked.answered("parent", GIVEN, "Alex Ashdown")
    assert asked.answered("parent", REFUSED, "Sam Ashdown") is State.CONFLICT
    assert stage_of(asked) == Stage.PANEL


def test_the_same_parent_written_otherwise_is_one_answerer(asked: Story) -> None:
    asked.answered("parent", GIVEN, "Alex  Ashdown")
    asked.answered("parent", GIVEN, "alex ashdown")
    assert asked.case.answerers.filter(kind="parent").count() == 1


@pytest.mark.parametrize(
    "state, comes_to, stage",
    [
        (GIVEN, State.GIVEN, Stage.SUPPORTED),
        (REFUSED, State.REFUSED, Stage.PANEL),
        (LACKING, State.CAPACITY_LACKING, Stage.PANEL),
    ],
)
def test_an_adult_answers_alone(essex: Cast, state: str, comes_to: State, stage: Stage) -> None:
    story = Story(essex, born=ADULT).plan_agreed()
    assert story.answered("person", state) is comes_to
    assert stage_of(story) == stage


def test_a_parent_does_not_answer_for_an_adult(essex: Cast) -> None:
    story = Story(essex, born=ADULT).plan_agreed()
    assert story.answered("parent", GIVEN, "Alex Ashdown") is State.NOT_ASKED
    assert stage_of(story) == Stage.SEEKING_CONSENT


def test_only_the_one_named_in_the_plan_asks_or_the_chair_writes_it_down(
    asked: Story, essex: Cast
) -> None:
    asked.asked()
    said = {"authority": "Their own", "how": "Asked", "answered_date": today()}
    with pytest.raises(Refused, match="The plan names who asks"):
        consents.answer(
            asked.case, by=acting(essex.police_officer), kind="person", state=GIVEN, **said
        )
    chair = acting(essex.chair)
    stands = consents.answer(asked.case, by=chair, kind="person", state=GIVEN, **said)
    assert stands is State.NOT_ASKED


@pytest.mark.parametrize(
    "said, why",
    [
        ({"how": " "}, "how they were asked"),
        ({"authority": ""}, "how we know that they may answer"),
        ({"answered_date": today() + timedelta(days=1)}, "still to come"),
        ({"answered_date": today() - timedelta(days=400)}, "before the plan was agreed"),
    ],
)
def test_an_answer_without_its_words_is_refused(
    asked: Story, said: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        asked.answered("parent", GIVEN, "Alex Ashdown", **said)
    assert not SupportConsent.objects.exists()


def test_no_answer_by_the_date_goes_back_to_the_panel_and_not_before(
    asked: Story, essex: Cast
) -> None:
    with pytest.raises(Refused, match="still time to answer"):
        consents.close_unanswered(asked.case, by=acting(essex.chair), why="Called twice")
    with clock_moved(21):
        consents.close_unanswered(asked.case, by=acting(essex.chair), why="Called twice")
    assert stage_of(asked) == Stage.PANEL


# ---- withdrawal: in the same second


@pytest.mark.lesson("R17")
def test_a_withdrawal_stops_every_piece_and_goes_to_the_panel(
    supported: Story, essex: Cast
) -> None:
    piece = supported.piece()
    supported.withdrawn()
    assert (supported.case.stage, consents.state_of(supported.case)) == ("panel", State.WITHDRAWN)
    acting(essex.provider)
    piece.refresh_from_db()
    assert piece.state == Piece.State.HELD
    with pytest.raises(Refused, match="does not run now"):
        supported.session(piece)
    with pytest.raises(Refused, match="support is held"):
        pieces.accept_brief(piece, by=acting(essex.provider))


def test_chair_lead_and_provider_are_told_of_a_withdrawal_without_personal_words(
    supported: Story, essex: Cast
) -> None:
    supported.withdrawn()
    for user, kind in (
        (essex.provider, "stop_support"),
        (essex.support_lead, "stop_support"),
        (essex.chair, "consent_withdrawn"),
    ):
        acting(user)
        task = Task.objects.waiting().of(user).get(kind=kind)
        assert task.due_date == today()
        assert "Ashdown" not in task.why and "Robin" not in task.why


def test_consent_withdrawn_while_an_exit_waits_goes_to_the_panel(essex: Cast) -> None:
    story = Story(essex).exit_recommended()
    assert story.withdrawn().case.stage == Stage.PANEL


def test_consent_withdrawn_while_the_police_hold_the_case_stops_support_and_leads_to_the_panel(
    supported: Story, essex: Cast
) -> None:
    officer = acting(essex.police_officer)
    day = today() + timedelta(days=7)
    held.hold(supported.case, by=officer, why="Risk has risen", look_again_date=day)
    supported.withdrawn()
    assert supported.case.stage == Stage.POLICE_HELD
    assert Piece.objects.get().state == Piece.State.HELD
    held.release(supported.case, by=acting(essex.police_officer), why="Suitable")
    assert stage_of(supported) == Stage.PANEL


def test_there_is_nothing_to_withdraw_twice(supported: Story) -> None:
    supported.withdrawn()
    with pytest.raises(Refused, match="no consent in force to withdraw: it is withdrawn"):
        supported.withdrawn()


def test_a_parent_withdraws_for_a_child(supported: Story, essex: Cast) -> None:
    withdrawals.withdraw(
        supported.case, by=acting(essex.chair), kind="parent", name="Alex Ashdown", authority="",
        how="By telephone", answered_date=today(),
    )  # fmt: skip
    assert consents.state_of(supported.case) is State.WITHDRAWN
    assert stage_of(supported) == Stage.PANEL


def test_whoever_gives_support_stops_at_once_when_asked_to(supported: Story, essex: Cast) -> None:
    piece = supported.piece()
    stops.stop_as_asked(piece, by=acting(essex.provider))
    piece.refresh_from_db()
    assert piece.state == Piece.State.HELD
    acting(essex.chair)
    assert Task.objects.waiting().of(essex.chair).filter(kind="asked_to_stop").count() == 1


def test_a_new_plan_asks_for_consent_anew(supported: Story, essex: Cast) -> None:
    supported.reassessed().decided("new_plan")
    assert supported.piece().state == Piece.State.RUNNING
    supported.reassessed().plan_agreed()
    assert consents.state_of(supported.case) is State.NOT_ASKED
    acting(essex.chair)
    states = Piece.objects.order_by("plan__number").values_list("state", flat=True)
    assert list(states) == ["ended", "planned"]


# ---- the database's floor


def test_the_database_lets_no_piece_run_without_consent(asked: Story, essex: Cast) -> None:
    acting(essex.chair)
    for state in ("offered", "running"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Piece.objects.update(state=state)
    assert Piece.objects.get().state == Piece.State.PLANNED


def test_the_database_lets_no_session_in_without_consent(supported: Story, essex: Cast) -> None:
    piece = supported.piece()
    supported.withdrawn()
    acting(essex.provider)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Session.objects.create(
            case_id=piece.case_id, piece=piece, state="held", happened_date=today(),
            words="Round the rule", by=essex.provider, organisation=essex.provider.organisation,
            at=piece.turns.last().at,
        )  # fmt: skip
    assert not Session.objects.exists()


def test_an_answer_is_never_overwritten(supported: Story, essex: Cast) -> None:
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        SupportConsent.objects.update(state=REFUSED)
    assert consents.is_in_force(supported.case)


# ---- what chair, police and a hold do to support


def test_support_pauses_while_held_as_chair_and_police_agree_and_goes_on(
    supported: Story, essex: Cast
) -> None:
    officer = acting(essex.police_officer)
    day = today() + timedelta(days=7)
    held.hold(supported.case, by=officer, why="Risk has risen", look_again_date=day)
    for decision, state in (("pauses", "held"), ("goes_on", "offered")):
        proposal = held_support.propose_support(
            supported.case, by=acting(essex.police_lead), decision=decision, why="Weighed"
        )
        while_held.decide(proposal, by=acting(essex.chair), agrees=True)
        assert Piece.objects.get().state == state
    assert HeldSupport.objects.count() == 2


def test_a_case_that_can_go_on_no_longer_takes_its_support_with_it(
    supported: Story, essex: Cast
) -> None:
    piece = supported.piece()
    supported.end_settled()
    proposal = early_end.propose_end(
        supported.case, by=acting(essex.chair), reason=EarlyEnd.Reason.MOVED_ABROAD, why="Told"
    )
    winding_down.decide_early_end(proposal, by=acting(essex.police_lead), agrees=True)
    assert stage_of(supported) == Stage.NO_LONGER_POSSIBLE
    assert Piece.objects.get().state == Piece.State.ENDED
    acting(essex.provider)
    assert not Piece.objects.filter(pk=piece.pk).exists()


def test_a_session_of_the_day_counts_once_entered_and_ordered_does_not(supported: Story) -> None:
    supported.session()
    counted = sessions.count(supported.piece())
    assert (counted.ordered, counted.held, counted.silent) == (3, 1, 2)
