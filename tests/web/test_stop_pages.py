"""Support that stops: whoever gives it says so, and the chair sees to it or lets it go on."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Entry, Task
from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.support.models import Piece


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).consented())


def waiting(user: Any, kind: str) -> int:
    acting(user)
    return Task.objects.waiting().of(user).filter(kind=kind).count()


def told(words: str = "Wants to see the club first") -> dict[str, str]:
    return {"words": words, "told_by": "Alex Ashdown, mother"} | day("happened_date", today())


@pytest.mark.clause("1.1.4")
def test_who_was_told_to_stop_says_so_and_the_chair_sees_to_it(desk: Desk) -> None:
    provider, lead, chair = desk.cast.provider, desk.cast.support_lead, desk.cast.chair
    piece = desk.piece()
    desk.story.withdrawn()
    assert "Say that you have stopped" in desk.at(provider).text("piece", piece.pk)
    desk.done(provider, "piece_stopped", piece.pk)
    assert (waiting(provider, "stop_support"), waiting(lead, "stop_support")) == (0, 1)

    page = desk.at(chair).text("support_stopped", desk.reference)
    assert f"Not yet said by: {lead.name}" in page
    assert "Enter how you know" in desk.refused(chair, "support_stopped", desk.reference)
    desk.done(chair, "support_stopped", desk.reference, **told("The mentor rang the chair"))
    assert waiting(chair, "consent_withdrawn") == 0
    entry = Entry.objects.get(case=desk.case())
    assert "The mentor rang the chair" in entry.words and lead.name in entry.words
    assert waiting(lead, "stop_support") == 1  # what is not said stays in view


@pytest.mark.clause("1.1.4")
def test_a_person_who_asked_to_stop_can_go_on_after_all(desk: Desk) -> None:
    chair, provider = desk.cast.chair, desk.cast.provider
    piece = desk.piece()
    desk.done(provider, "piece_stop", piece.pk)
    assert waiting(chair, "asked_to_stop") == 1
    assert "say what they want" in desk.at(chair).text("plan", desk.reference)
    assert "Consent is still in force" in desk.at(chair).text("support_stopped", desk.reference)
    desk.done(chair, "support_goes_on", desk.reference, piece.pk, **told())
    assert waiting(chair, "asked_to_stop") == 0
    assert waiting(provider, "accept_brief") == 1
    assert Piece.objects.get(pk=piece.pk).state == Piece.State.OFFERED


def test_nobody_but_the_chair_lets_support_go_on(desk: Desk) -> None:
    piece = desk.piece()
    desk.done(desk.cast.provider, "piece_stop", piece.pk)
    page = desk.at(desk.cast.families_lead).text("support_goes_on", desk.reference, piece.pk)
    assert "The chair or vice-chair asks what the person wants" in page


def test_without_consent_nothing_goes_on_though_the_person_only_asked_to_stop(desk: Desk) -> None:
    chair, piece = desk.cast.chair, desk.piece()
    desk.done(desk.cast.provider, "piece_stop", piece.pk)
    desk.story.withdrawn()
    page = desk.refused(chair, "support_goes_on", desk.reference, piece.pk, **told())
    assert "Consent is withdrawn" in page
    desk.done(chair, "support_stopped", desk.reference, **told())
    assert (waiting(chair, "asked_to_stop"), waiting(chair, "consent_withdrawn")) == (0, 0)


def test_nobody_says_twice_that_they_have_stopped(desk: Desk) -> None:
    provider, piece = desk.cast.provider, desk.piece()
    desk.story.withdrawn()
    desk.done(provider, "piece_stopped", piece.pk)
    page = desk.at(provider).text("piece_stopped", piece.pk)
    assert "You have not been told to stop this support" in page


def test_sessions_are_entered_on_their_day_and_once(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).consented())
    provider, piece = essex.provider, desk.piece()
    now = today()
    assert f"Write down the session of {now.day} {now:%B}" in desk.at(provider).text("home")
    form = desk.at(provider).get("piece_log", piece.pk)
    assert "another session of the same day" not in form.text
    assert f'name="happened_date-day" type="text" value="{now.day}"' in form.text
    desk.done(provider, "piece_log", piece.pk, **desk.session_said(another=""))
    again = desk.refused(provider, "piece_log", piece.pk, **desk.session_said(another=""))
    assert "is written down already. Select whether this is another" in again
    assert "Talked of the club" in again
    same = desk.refused(provider, "piece_log", piece.pk, **desk.session_said(another="no"))
    assert "leave this page, or change the day" in same
    desk.done(provider, "piece_log", piece.pk, **desk.session_said(another="yes"))
    acting(provider)
    assert piece.sessions.count() == 2


def test_after_a_withdrawal_no_session_is_asked_for(desk: Desk) -> None:
    provider, piece = desk.cast.provider, desk.piece()
    desk.story.withdrawn()
    home = desk.at(provider).text("home")
    assert "Write down the session" not in home and "Stop support" in home
    page = desk.at(provider).text("piece_log", piece.pk)
    assert "You are told here when it goes on" in page


def test_who_cannot_give_support_says_so_and_the_chair_names_another(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).plan_agreed()
    story.answered("parent", "given", "Alex Ashdown")
    story.answered("person", "given")
    desk = Desk(client, story)
    provider, piece = essex.provider, desk.piece()
    other = essex.appointed(Role.PROVIDER, of=provider.organisation)
    assert "I cannot give this support" in desk.at(provider).text("piece", piece.pk)
    assert "Write down the session" not in desk.at(provider).text("home")
    assert "Enter why you cannot" in desk.refused(provider, "piece_decline", piece.pk, why="")
    desk.done(provider, "piece_decline", piece.pk, why="No room until spring")
    assert "Name who gives support" in desk.at(essex.chair).text("home")
    assert "No room until spring" in desk.at(essex.chair).text("plan", desk.reference)
    desk.done(essex.chair, "name_worker", desk.reference, piece.pk, worker=other.pk)
    assert "Name who gives support" not in desk.at(essex.chair).text("home")
    desk.done(other, "piece_accept", piece.pk)
    assert desk.at(provider).get("piece", piece.pk).status_code == 404


def test_whoever_gave_support_that_ended_reads_that_it_did(client: Client, essex: Cast) -> None:
    story = Story(essex).consented()
    desk = Desk(client, story)
    piece = desk.piece()
    story.exited()
    assert "Read that support has ended" in desk.at(essex.provider).text("home")
    answer = desk.at(essex.provider).get("piece", piece.pk)
    assert answer.status_code == 302 and answer.url == f"/support/{piece.pk}/ended"
    page = desk.at(essex.provider).text("piece_ended", piece.pk)
    assert f"Support {piece.reference} has ended" in page and "Ashdown" not in page
    desk.done(essex.provider, "piece_ended", piece.pk)
    assert "Nothing waits for you" in desk.at(essex.provider).text("home")
    assert desk.at(essex.outsider).get("piece_ended", piece.pk).status_code == 404
