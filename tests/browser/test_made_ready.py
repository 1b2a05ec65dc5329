"""A case made ready for the panel by hand: an adult's, a child's, and two assessors at once."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from tests.browser.person import Person
from tests.browser.test_journey import Journey, made_ready, screened
from tests.story import Story
from waymark.database.clock import today

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]
GROWN_UP = date(today().year - 34, 2, 3)
EVIDENCE = {
    "evidence_0_kind": "fact", "evidence_0_self_report": "no", "evidence_0_date-day": "",
    "evidence_0_date-month": "", "evidence_0_date-year": "",
}  # fmt: skip


def begun(come: Come, born: date) -> Journey:
    """Somebody was referred: what follows is done by hand."""
    journey = Journey(come)
    with transaction.atomic():
        Story(journey.cast, born=born).referred()
    return journey


@pytest.mark.clause("2.7.6", "2.7.11")
def test_an_adults_case_from_screening_to_the_next_step(person: Come) -> None:
    """All of it without a script: the child's whole way is gone with one, and looked at by axe."""
    journey = begun(partial(person, script=False), GROWN_UP)
    screened(journey)
    made_ready(journey, lead=journey.cast.adult_lead)
    journey.stands_at("Next step")
    journey.does(journey.cast.chair, "next-step/panel")
    chair = journey.as_(journey.cast.chair).goes_to(f"/cases/{journey.reference}/next-step")
    chair.reads("The other post’s opinion is not shown to you before both are given")
    journey.does(journey.cast.police_lead, "next-step/panel")
    journey.stands_at("Panel")


@pytest.mark.clause("2.7.7", "2.3.1")
@pytest.mark.requirement("F9")
def test_two_assess_a_childs_case_at_once_in_two_windows(person: Come) -> None:
    """Half of it is not known; different factors are both kept, the same one shows both texts."""
    journey = begun(person, date(today().year - 13, 2, 3))
    with transaction.atomic():
        story = Story(journey.cast, surname="Birch").partners_answered()
        journey.reference = story.case.reference
    cast, page = journey.cast, f"/cases/{journey.reference}/assessment"
    journey.does(cast.police_officer, "assessment/begin")
    one, other = journey.as_(cast.police_officer), journey.as_(cast.police_lead)
    for who, code, words in ((one, "E3", "Seeks a group"), (other, "E4", "Wants to be seen")):
        who.goes_to(f"{page}/factors/{code}").chooses(state="partly").fills(shows=words)
    for who in (one, other):
        takes_the_answer(who)
    one.pictured("factor")
    for who in (one, other):
        who.presses("Save and continue").reads("It is saved")
    for who in (one, other):
        who.goes_to(f"{page}/factors/E3")
    other.fills(shows="Seeks older friends").presses("Save and continue")
    one.fills(shows="Seeks a group, and rank in it").presses("Save and continue")
    one.reads("saved this factor while you had the page open", "Seeks older friends")
    assert one.page.input_value("[name=shows]") == "Seeks a group, and rank in it"
    one.presses("Save and continue")
    one.goes_to(page).reads("Seeks a group, and rank in it", "Wants to be seen", "Not yet known")


def takes_the_answer(who: Person) -> None:
    """Evidence is taken from the school's reply, which nobody types again."""
    options = who.page.locator("[name=evidence_0_taken_from] option[value^=answer]")
    who.page.select_option("[name=evidence_0_taken_from]", options.first.get_attribute("value"))
    for name, value in EVIDENCE.items():
        box = who.page.locator(f"[name={name}]")
        if value:
            box.select_option(value)


@pytest.mark.clause("2.2.7")
def test_a_repeated_assessment_is_confirmed_by_the_keyboard_and_seen_in_words(
    person: Come, tmp_path: Path
) -> None:
    journey = Journey(person)
    with transaction.atomic():
        journey.reference = Story(journey.cast).assessed().case.reference
    officer = journey.as_(journey.cast.police_officer)
    journey.does(journey.cast.police_officer, "assessment/begin")
    here = f"/cases/{journey.reference}/assessment"
    officer.goes_to(f"{here}/factors/E3#unchanged")
    assert officer.page.evaluate("document.activeElement.id") == "unchanged"
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**/factors/E4")
    officer.looks().reads("Confirmed today")
    journey.does(journey.cast.police_officer, "assessment/whole")
    journey.does(journey.cast.police_officer, "assessment/sign")
    for width in (1280, 320):
        reader = journey.come(width=width).signs_in(journey.cast.police_lead)
        reader.goes_to(f"{here}/changes").reads("Partly present", "Not yet known")
        across = reader.page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"the page is {across} wide at {width}"
    prints_whole(officer.goes_to(f"{here}/changes"), tmp_path / "changes.pdf")


def prints_whole(who: Person, to: Path) -> None:
    """On paper no column is cut off: as wide as the sheet, no wider."""
    who.page.emulate_media(media="print")
    who.page.set_viewport_size({"width": 720, "height": 1000})  # A4 between its margins
    assert who.page.evaluate("document.documentElement.scrollWidth") <= 720
    who.page.pdf(path=to, format="A4")
    assert to.read_bytes().startswith(b"%PDF")
    who.page.emulate_media(media="screen")


def test_what_is_typed_is_there_again_after_the_window_was_closed(person: Come) -> None:
    journey = Journey(person)
    with transaction.atomic():
        journey.reference = Story(journey.cast).partners_answered().case.reference
    journey.does(journey.cast.police_officer, "assessment/begin")
    officer = journey.as_(journey.cast.police_officer)
    officer.goes_to(f"/cases/{journey.reference}/assessment/factors/E3")
    officer.fills(shows="Half a sentence, and then the telephone")
    officer.page.wait_for_selector("text=Saved at", timeout=15_000)
    again = journey.come().signs_in(journey.cast.police_officer)
    again.goes_to(f"/cases/{journey.reference}/assessment/factors/E3")
    again.reads("what you typed and have not sent", "Half a sentence, and then the telephone")
