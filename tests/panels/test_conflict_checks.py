"""Where the policy pack asks it, conflict is checked again before every panel."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from waymark.cases import held
from waymark.cases.known import conflict
from waymark.cases.models import ConflictAnswer, ConflictCheck, Task
from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.panels import decisions
from waymark.panels.meeting import meetings
from waymark.panels.reading.coming import coming_to_panel
from waymark.policy.pack import PACKS, put_in_force

pytestmark = pytest.mark.clause("2.7.10", "2.8.17")
SOON = today() + timedelta(days=7)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[None]:
    """A policy pack that asks for the check before every panel."""
    folder = Path(shutil.copytree(PACKS / "set-2019", tmp_path / "set-2019"))
    panels = folder / "panels.toml"
    text = panels.read_text()
    assert "conflict_check = false" in text
    panels.write_text(text.replace("conflict_check = false", "conflict_check = true"))
    put_in_force(folder)
    yield
    put_in_force(None)


def check(story: Story, **differs: Any) -> ConflictAnswer:
    officer = acting(story.cast.police_officer)
    return conflict.check_conflict(story.case, by=officer, **{"conflict": "no"} | differs)


def waiting(story: Story) -> list[Task]:
    acting(story.cast.police_lead)
    return list(Task.objects.waiting().filter(kind="check_conflict", case=story.case))


def test_where_the_pack_does_not_ask_it_a_panel_decides_without(essex: Cast) -> None:
    story = Story(essex).on_panel()
    item = story.meeting_open()
    assert waiting(story) == []
    decisions.may_decide(acting(essex.chair), item)


def test_the_police_have_their_task_the_day_before_the_meeting(essex: Cast, asked: None) -> None:
    story = Story(essex).on_panel()
    meetings.call(essex.area, by=acting(essex.coordinator), on_date=SOON)
    due = SOON - timedelta(days=1)
    assert [(one.role, one.due_date) for one in waiting(story)] == [("police_officer", due)]
    acting(essex.chair)
    assert [one.lacks for one in coming_to_panel(essex.chair)] == [
        ["a plan", "a check for conflict"]
    ]
    check(story)
    assert waiting(story) == []


def test_the_panel_decides_once_the_check_is_recorded(essex: Cast, asked: None) -> None:
    story = Story(essex).on_panel()
    item = story.meeting_open()
    with pytest.raises(Refused, match=r"have not checked for conflict.*\(2\.7\.10\)"):
        decisions.may_decide(acting(essex.chair), item)
    check(story)
    said = story.proposed(item, "deferred")
    decisions.decide(item, by=acting(essex.chair), said=said)


def test_the_check_of_the_last_meeting_does_not_count_again(essex: Cast, asked: None) -> None:
    story = Story(essex).on_panel()
    check(story)
    story.decided("deferred")
    with clock_moved(14):
        item = story.meeting_open()
        with pytest.raises(Refused, match="since the last meeting"):
            decisions.may_decide(acting(essex.chair), item)
        check(story)
        decisions.may_decide(acting(essex.chair), item)


def test_a_held_case_is_taken_note_of_without_another_check(essex: Cast, asked: None) -> None:
    story = Story(essex).on_panel()
    held.hold(story.case, by=acting(essex.police_officer), why="A matter", look_again_date=SOON)
    item = story.seen_again().meeting_open()
    decisions.may_decide(acting(essex.chair), item)


def test_what_the_check_found_is_read_by_the_police_only(essex: Cast) -> None:
    story = Story(essex).on_panel()
    check(story, conflict="yes")
    acting(essex.chair)
    assert ConflictCheck.objects.exists() and not ConflictAnswer.objects.exists()
    acting(essex.police_lead)
    assert [one.conflict for one in ConflictAnswer.objects.all()] == ["yes"]


def test_what_is_to_be_checked_again_has_its_day_and_its_task(essex: Cast) -> None:
    story = Story(essex).on_panel()
    with pytest.raises(Refused, match="date to check conflict again"):
        check(story, conflict="to_be_checked")
    check(story, conflict="to_be_checked", check_again_date=SOON)
    assert [one.due_date for one in waiting(story)] == [SOON]


def test_only_the_police_check(essex: Cast) -> None:
    story = Story(essex).on_panel()
    with pytest.raises(Refused, match="Checking for conflict is for the police"):
        conflict.check_conflict(story.case, by=acting(essex.chair), conflict="no")
    with pytest.raises(Refused, match="whether there is conflict"):
        check(story, conflict="perhaps")
