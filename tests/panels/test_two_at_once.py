"""Two people act on the same case at the same instant: they take turns, nothing is overwritten."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections, transaction

from tests.audit.chains import verified
from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.permission import Changed, Refused
from waymark.panels import next_steps
from waymark.panels.endings import exits
from waymark.panels.models import EndOpinion, NextStep
from waymark.support import sessions
from waymark.support.consent import withdrawals
from waymark.support.models import Piece, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*acts: tuple[Any, Callable[[], object]]) -> list[object]:
    """Do all of them together, each as its own person; what each came to, in order."""
    came_to: list[object] = [None] * len(acts)
    start = Barrier(len(acts))

    def one(number: int, user: Any, act: Callable[[], object]) -> None:
        try:
            start.wait()
            with transaction.atomic():
                become(user)
                came_to[number] = act() or "done"
        except Exception as problem:
            came_to[number] = problem
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(n, *each)) for n, each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


@pytest.fixture
def essex_at_once() -> Cast:
    with transaction.atomic():
        return Cast("Essex")


def stage_of(story: Story) -> str:
    with transaction.atomic():
        return story.seen_again().case.stage


def test_chair_and_police_who_say_the_next_step_together_agree_once(essex_at_once: Cast) -> None:
    cast = essex_at_once
    with transaction.atomic():
        story = Story(cast).at_next_step()
        said = story.opinion()

    def say(user: Any) -> tuple[Any, Callable[[], object]]:
        return user, lambda: next_steps.give_opinion(story.case, by=user, said=said)

    came_to = at_once(say(cast.chair), say(cast.police_lead), say(cast.vice_chair))
    assert sum(isinstance(each, NextStep) for each in came_to) == 2
    assert sum(isinstance(each, Refused) for each in came_to) == 1
    assert stage_of(story) == Stage.PANEL


def test_an_endorsement_and_a_refusal_together_leave_one_outcome(essex_at_once: Cast) -> None:
    cast = essex_at_once
    with transaction.atomic():
        story = Story(cast).exit_recommended()
        seen = story.case.version
    came_to = at_once(
        (cast.vice_chair, lambda: exits.refuse(
            story.proposal, by=cast.vice_chair, why="Not yet", version=seen)),
        (cast.police_lead, lambda: exits.endorse(
            story.proposal, by=cast.police_lead, why="Managed", left_open="Known", version=seen)),
    )  # fmt: skip
    assert came_to[0] == "done"
    assert came_to[1] == "done" or isinstance(came_to[1], Changed)
    assert stage_of(story) == Stage.PANEL


def test_two_who_endorse_for_one_post_together_endorse_once(essex_at_once: Cast) -> None:
    cast = essex_at_once
    with transaction.atomic():
        story = Story(cast).exit_recommended()

    def endorse(user: Any) -> tuple[Any, Callable[[], object]]:
        return user, lambda: exits.endorse(
            story.proposal, by=user, why="Managed", left_open="Known"
        )

    came_to = at_once(endorse(cast.police_lead), endorse(cast.second_lead))
    assert sorted(type(each).__name__ for each in came_to) == ["Refused", "str"]
    with transaction.atomic():
        acting(cast.police_lead)
        assert EndOpinion.objects.count() == 1


def test_what_a_whole_walk_wrote_fits_its_audit(essex_at_once: Cast) -> None:
    with transaction.atomic():
        Story(essex_at_once).reviewed_after_exit()
    found = verified()
    assert not any(vars(found).values()), found


def test_a_session_and_a_withdrawal_together_take_turns(essex_at_once: Cast) -> None:
    cast = essex_at_once
    with transaction.atomic():
        story = Story(cast).consented()
        piece = story.piece()

    def withdraw() -> object:
        return withdrawals.withdraw(
            story.case, by=cast.chair, kind="person", authority="The person", how="By telephone",
            answered_date=today(),
        )  # fmt: skip

    def log() -> object:
        return sessions.log(
            piece, by=cast.provider, state="held", happened_date=today(), words="Met"
        )

    withdrawn, logged = at_once((cast.chair, withdraw), (cast.provider, log))
    assert withdrawn == "done"
    assert isinstance(logged, Session | Refused)
    with transaction.atomic():
        acting(cast.provider)
        assert Piece.objects.get().state == Piece.State.HELD
        assert Session.objects.count() == isinstance(logged, Session)
    assert stage_of(story) == Stage.PANEL
