"""After the panel, by hand, in a browser: support that stops, a refused exit, later reviews."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from tests.browser.person import Person
from tests.browser.test_journey import Journey, day
from tests.story import Story
from waymark.database import clock
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.project.jobs.watching import watch
from waymark.support.models import Piece

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]
PHONE = 320
DONE = "The mentor was ill, and rings the family on Monday."


def days_later(days: int) -> None:
    """So many days from now, for everybody; the hourly duty has looked at all support."""
    with transaction.atomic():
        clock.set_offset(timedelta(days=days))
    watch()


def begun(come: Come, tell: Callable[[Story], object]) -> tuple[Journey, Story]:
    """What came before is told through use cases: what follows is done by hand."""
    journey = Journey(come)
    with transaction.atomic():
        story = Story(journey.cast)
        tell(story)
    journey.reference = story.case.reference
    return journey, story


def on_a_phone(journey: Journey, user: User) -> Person:
    return journey.come(width=PHONE).signs_in(user)


def fits(who: Person) -> Person:
    across = who.page.evaluate("document.documentElement.scrollWidth")
    assert across <= PHONE, f"{who.page.url} is {across} wide"
    return who


def home(journey: Journey, user: User) -> Person:
    return journey.as_(user).goes_to("/")


def presses_key(who: Person, key: str) -> None:
    """Alt and a letter, as a keyboard sends them: Playwright’s own leave the letter’s text out."""
    session = who.page.context.new_cdp_session(who.page)
    code = {"code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
    pressed = {"modifiers": 1, "key": key, "unmodifiedText": key} | code
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key} | pressed)
    session.send("Input.dispatchKeyEvent", {"type": "keyUp"} | pressed)
    session.detach()


def lacks(who: Person, words: str) -> None:
    assert words not in who.page.inner_text("main")


def state_of(journey: Journey, piece: Piece) -> str:
    return str(journey.seen(journey.cast.chair, lambda: Piece.objects.get(pk=piece.pk).state))


def enters_a_session(mentor: Person, *, picture: str = "") -> None:
    """From home: one choice and one text; the day stands there already, no box is left to fill."""
    fits(mentor.goes_to("/")).follows("Write down the session of")
    fits(mentor).chooses(state="held").fills(words="Walked to the club, and talked of school.")
    asked = mentor.page.locator("main form .govuk-form-group:visible").locator(
        "> fieldset > legend, > label"
    )
    questions = [one.inner_text() for one in asked.all() if one.is_visible()]
    needed = [one for one in questions if one not in ("Day", "Month", "Year")]
    assert len(needed) <= 5, needed
    assert mentor.page.input_value("[name=happened_date-year]") == str(today().year)
    if picture:
        mentor.pictured(picture)
    fits(mentor.presses("Enter this session")).reads("The session is entered")


@pytest.mark.clause("2.9.4", "2.8.13")
@pytest.mark.lesson("R18", "R19")
def test_support_that_is_silent_and_a_check_that_lapses(person: Come) -> None:
    def agreed(story: Story) -> None:
        story.on_panel()
        long = [story.piece_said(until_date=today() + timedelta(days=200), sessions=9)]
        story.plan_agreed(pieces=long)
        story.consented()

    journey, story = begun(person, agreed)
    cast = journey.cast
    piece = journey.seen(cast.provider, story.piece)
    body = f"/panels/areas/{cast.area.code}/providers/{piece.provider_id}"
    chair = journey.as_(cast.chair)
    chair.goes_to(f"{body}/checks/dbs").answers(
        dbs_level="enhanced_barred", **day("on_date", 0), **day("until_date", 80)
    )
    silent(journey)
    mentor = on_a_phone(journey, cast.provider)
    fits(mentor.goes_to("/support")).pictured("support")
    enters_a_session(mentor, picture="enter-a-session")
    mentor.reads("1 of 9 held")
    lacks(home(journey, cast.chair), "silent support")
    lapses(journey, mentor, piece)
    chair.goes_to(f"{body}/checks/dbs").answers(
        dbs_level="enhanced_barred", **day("on_date", 0), **day("until_date", 700)
    )
    fits(mentor.goes_to(f"/support/{piece.pk}/accept")).answers()
    enters_a_session(mentor)
    mentor.reads("2 of 9 held")


def silent(journey: Journey) -> None:
    """Whoever leads the support is asked, then the chair; the panel reads of it until it ends."""
    cast = journey.cast
    days_later(8)
    lead = home(journey, cast.support_lead).follows("Find out why support is silent")
    lead.answers(words=DONE)
    lacks(home(journey, cast.chair), "See to silent support")
    days_later(9)
    chair = home(journey, cast.chair).reads("silent support")
    chair.follows("See to silent support").reads(DONE).answers(words="Another mentor is asked.")
    lacks(home(journey, cast.chair), "See to silent support")
    home(journey, cast.chair).reads("silent support")  # words are no session


def lapses(journey: Journey, mentor: Person, piece: Piece) -> None:
    """Told of 60 days before; on the day after its last it stops, and nothing can be entered."""
    cast = journey.cast
    lacks(home(journey, cast.chair), "Renew a provider’s checks")
    days_later(21)
    for user in (cast.chair, cast.support_lead):
        home(journey, user).reads("Renew a provider’s checks")
    days_later(81)
    assert state_of(journey, piece) == "held"
    home(journey, cast.chair).reads("See to a stopped provider")
    fits(mentor.goes_to(f"/support/{piece.pk}")).reads("do not go on")
    lacks(mentor, "Enter a session")
    fits(mentor.goes_to(f"/support/{piece.pk}/log")).reads("This cannot be done now")
    assert not mentor.page.locator("[name=words]").count()


@pytest.mark.clause("1.1.4", "2.9.4")
@pytest.mark.lesson("R31")
def test_consent_is_withdrawn_by_two_keys_and_ends_all_support_at_once(person: Come) -> None:
    journey, story = begun(person, lambda story: story.consented())
    cast, piece = journey.cast, journey.seen(journey.cast.provider, story.piece)
    mentor = on_a_phone(journey, cast.provider)
    fits(mentor.goes_to(f"/support/{piece.pk}/log"))
    never = {"state": "missed", "missed_why": "did_not_engage"}
    mentor.chooses(**never).fills(words="Waited an hour").presses("Enter this session")
    mentor.reads("Enter what the person was offered")
    assert mentor.page.input_value("[name=words]") == "Waited an hour"
    mentor.fills(offered="An interpreter, and mornings").presses("Enter this session")
    mentor.reads("The session is entered")
    lead = journey.as_(cast.families_lead).goes_to(f"/cases/{journey.reference}")
    presses_key(lead, "w")
    lead.page.wait_for_url("**/consent/withdraw")
    lead.looks().reads("What stops with it, at once", cast.provider.name)
    presses_key(lead, "s")
    lead.page.wait_for_url(f"**/cases/{journey.reference}")
    lead.looks().reads("Consent has ended, and all support is stopped").reads_above("Panel")
    assert state_of(journey, piece) == "held"
    fits(mentor.goes_to(f"/support/{piece.pk}/log")).reads("This cannot be done now")
    fits(mentor.goes_to("/")).follows("Stop support, and say so")
    fits(mentor).reads("This support is stopped").follows("Say that you have stopped").answers()
    home(journey, cast.chair).follows("See that support has stopped").answers(
        **day("happened_date", 0)
    )


@pytest.mark.clause("2.8.14", "2.8.15", "2.8.16", "2.8.18")
@pytest.mark.lesson("R20", "R21")
def test_an_exit_is_refused_planned_anew_endorsed_by_two_and_reopened(person: Come) -> None:
    journey, story = begun(person, lambda story: story.exit_recommended())
    cast = journey.cast
    journey.does(cast.police_lead, "exit", decision="refuse").reads_above("Panel")
    journey.as_(cast.families_lead).goes_to(f"/cases/{journey.reference}/plan").reads(
        "Write the next version"
    )
    with transaction.atomic():
        story.seen_again().reassessed().plan_agreed()
        story.consented().exit_recommended()
    journey.does(cast.vice_chair, "exit", decision="endorse")
    journey.stands_at("Exit recommended")
    journey.does(cast.second_lead, "exit", decision="endorse")
    journey.stands_at("Exited")
    page = f"/cases/{journey.reference}/closing-report"
    report = journey.as_(cast.chair).goes_to(page)
    report.reads("Endorsed by two", cast.vice_chair.name, cast.second_lead.name, "Review 2")
    reviewed(journey)


def reviewed(journey: Journey) -> None:
    """The first finds that one more is needed, as two agree; the second re-opens the case."""
    cast = journey.cast
    days_later(190)
    chair = home(journey, cast.chair).follows("Review after an exit")
    chair.answers(result="further", **day("further_date", 300))
    home(journey, cast.chair)
    lead = home(journey, cast.police_lead).follows("Decide on a further review")
    lead.answers(decision="yes")
    chair.goes_to(f"/cases/{journey.reference}/closing-report").reads("Review 3")
    days_later(380)
    chair = home(journey, cast.chair).reads("overdue").follows("Review after an exit")
    chair.answers(result="reopen")
    journey.stands_at("Panel")
