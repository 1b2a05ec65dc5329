"""What is delivered of support, its silence, and what those who give it pass on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.sharing.steps import ask
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Case, ChangeTold, CriminalityRisen, Task
from waymark.cases.reading.changes import told
from waymark.database import clock
from waymark.database.clock import today
from waymark.panels.reading.coming import coming_to_panel
from waymark.project.jobs.watching import watch
from waymark.support.reading.silence import silence_in_words, silent_cases


@pytest.fixture(autouse=True)
def in_time(db: None) -> Iterator[None]:
    yield
    clock.set_offset(timedelta())


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).consented())


def days_later(days: int) -> None:
    clock.set_offset(timedelta(days=days))
    watch()


def waiting(user: Any, kind: str) -> list[Task]:
    acting(user)
    return list(Task.objects.waiting().of(user).filter(kind=kind))


def session(state: str, **said: Any) -> dict[str, Any]:
    return {"state": state, "words": "Waited an hour"} | day("happened_date", today()) | said


@pytest.mark.clause("2.9.4", "2.8.2")
@pytest.mark.lesson("R18", "R31")
def test_what_is_ordered_is_not_delivered_until_it_is_entered(desk: Desk, essex: Cast) -> None:
    piece, provider, lead = desk.piece(), essex.provider, essex.support_lead
    form = desk.at(provider).get("piece_log", piece.pk).text
    assert f'value="{today().year}"' in form and "0 of 3 held" in form
    never = session("missed", missed_why="did_not_engage")
    assert "Enter what the person was offered" in desk.refused(
        provider, "piece_log", piece.pk, **never
    )
    desk.done(provider, "piece_log", piece.pk, **never | {"offered": "An interpreter; mornings"})
    agreed = day("next_date", today() + timedelta(days=5))
    held = session("held", another="yes", progress="Speaks of the club", words="Walked", **agreed)
    desk.done(provider, "piece_log", piece.pk, **held)

    assert "Enter how many hours" in desk.refused(
        lead, "piece_arrange", piece.pk, kind="hours_agreed", words="By the council"
    )
    desk.done(lead, "piece_arrange", piece.pk, kind="hours_agreed", hours="12", words="By letter")
    desk.done(lead, "piece_arrange", piece.pk, kind="funding_asked", words="Until the 3rd")
    (due,) = waiting(lead, "progress_due")
    desk.done(lead, "piece_progress", piece.pk, words="Comes on his own now")
    (later,) = waiting(lead, "progress_due")
    assert due.pk != later.pk and "led by" in desk.at(provider).text("piece_progress", piece.pk)

    for page in (
        desk.at(provider).text("piece", piece.pk),
        desk.at(lead).text("piece", piece.pk),
        desk.at(essex.chair).text("plan", desk.reference),
    ):
        assert "1 of 3 held, 1 not held, 1 still to come" in page
        assert "Hours are agreed, 12 hours" in page and "Funding is asked for" in page
        assert "Agreed with the person" in page
    plan = desk.at(essex.chair).text("plan", desk.reference)
    assert "The person did not engage (1)" in plan and "Comes on his own now" in plan
    assert "Offered: An interpreter" in desk.at(lead).text("piece", piece.pk)
    assert "1 of 3 held" in desk.at(lead).text("support")


@pytest.mark.clause("2.9.4")
@pytest.mark.lesson("R18")
def test_silence_reaches_the_lead_then_the_chair_and_the_agenda(desk: Desk, essex: Cast) -> None:
    piece, lead, chair = desk.piece(), essex.support_lead, essex.chair
    days_later(7)
    assert not waiting(lead, "silent_support")
    days_later(8)
    days_later(8)
    assert len(waiting(lead, "silent_support")) == 1 and not waiting(chair, "silence_unanswered")
    acting(chair)
    (silent,) = silent_cases(essex.area)[desk.story.case.pk]
    assert silent.pk == piece.pk and "for 8 days" in silence_in_words(desk.case())[0]
    assert any("silent support" in lack for one in coming_to_panel(chair) for lack in one.lacks)

    desk.done(lead, "piece_silence", piece.pk, words="The mentor is ill; rings on Monday")
    days_later(9)
    assert not waiting(lead, "silent_support")
    (unanswered,) = waiting(chair, "silence_unanswered")
    plan = desk.at(chair).text("plan", desk.reference)
    assert "Nothing was entered" in plan and "The mentor is ill; rings on Monday" in plan
    assert "rings on Monday" in desk.at(chair).text("plan_silence", desk.reference, piece.pk)
    desk.done(chair, "plan_silence", desk.reference, piece.pk, words="Another worker is asked")
    assert not waiting(chair, "silence_unanswered")
    acting(chair)
    assert silent_cases(essex.area)  # words are no session
    heard = desk.hearing(desk.open_a_meeting())
    assert "Another worker is asked" in heard and "a session is overdue" in heard
    days_later(17)
    assert len(waiting(lead, "silent_support")) == 1  # still silent: told anew
    said = desk.session_said()
    desk.done(essex.provider, "piece_log", piece.pk, **said)
    assert not waiting(lead, "silent_support") and unanswered.pk
    acting(chair)
    assert not silent_cases(essex.area)


@pytest.mark.clause("2.9.4", "2.4.9", "1.3.7", "2.8.17")
def test_what_whoever_gives_support_sees_goes_to_the_police_or_the_lead(
    desk: Desk, essex: Cast
) -> None:
    piece, provider = desk.piece(), essex.provider
    page = desk.at(provider).text("piece_danger", piece.pk)
    assert page.index("Ring 999 first") < page.index("What did you see or hear?")
    desk.done(provider, "piece_danger", piece.pk, words="Showed a knife and named a school")
    (task,) = waiting(essex.police_lead, "consider_risen")
    assert task.due_date == today() and "knife" not in task.why
    assert CriminalityRisen.objects.get().words.startswith("Showed a knife")
    assert "Showed a knife" in desk.at(essex.police_lead).text("considered", desk.reference)
    acting(provider)
    assert not Case.objects.exists() and not CriminalityRisen.objects.exists()

    concern = {"kind": "concern", "words": "Stopped eating"} | day("happened_date", today())
    assert "what the person was told" in desk.refused(provider, "piece_change", piece.pk, **concern)
    desk.done(
        provider, "piece_change", piece.pk, **concern, person_knows="Told at the first meeting"
    )
    (read,) = waiting(essex.families_lead, "read_change")
    assert read.case_id == desk.story.case.pk and not waiting(essex.adult_lead, "read_change")


@pytest.mark.clause("2.9.4", "2.10.5")
def test_partners_and_family_tell_of_changes_at_any_time(client: Client, essex: Cast) -> None:
    story = Story(essex).reviewed()
    (asked,) = ask(story, essex.partner.organisation)
    desk, lead = Desk(client, story), essex.families_lead
    change = {"kind": "change", "words": "Moves to another school"} | day("happened_date", today())
    desk.done(essex.partner, "request_change", asked.pk, **change)
    acting(essex.partner)
    assert not Case.objects.exists() and ChangeTold.objects.count() == 1  # their own
    family = change | {"source": "family", "told_by": "Alex Ashdown, mother", "words": "Sleeps"}
    desk.done(lead, "tell_change", desk.reference, **family)
    desk.done(essex.coordinator, "tell_change", desk.reference, **family | {"words": "Eats"})
    assert desk.at(essex.coordinator).get("changes_told", desk.reference).status_code == 403

    assert "Moves to another school" in desk.at(essex.chair).text("changes_told", desk.reference)
    page = desk.at(lead).text("changes_told", desk.reference)
    assert "Moves to another school" in page and "Alex Ashdown, mother (the family)" in page
    tasks = waiting(lead, "read_change")
    assert len(tasks) == 3
    first = told(desk.case())[-1]
    assert "Enter what follows" in desk.refused(lead, "read_change", desk.reference, first.pk)
    desk.done(lead, "read_change", desk.reference, first.pk, follows="The new school is asked")
    assert len(waiting(lead, "read_change")) == 2
    assert "was read" in desk.at(lead).text("read_change", desk.reference, first.pk)
    assert "The new school is asked" in desk.at(lead).text("changes_told", desk.reference)
    since = told(desk.case(), since=first.at)
    assert [one.words for one in since] == ["Eats", "Sleeps"]
