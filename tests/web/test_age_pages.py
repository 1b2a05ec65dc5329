"""A birthday and a disputed age through their pages: said to all who work on the case."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Handover, SupportConsent
from waymark.database import clock
from waymark.database.clock import today
from waymark.policy.lateness import day_in_words
from waymark.project.jobs.birthdays import follow

WORDS = "“Trusts the mentor” – select … from; rings on Mondays 🌱"


@pytest.fixture
def near(client: Client, essex: Cast) -> Desk:
    """Supported, and 18 in thirty days."""
    birthday = today() + timedelta(days=30)
    born = date(birthday.year - 18, birthday.month, birthday.day)
    desk = Desk(client, Story(essex, born=born).consented())
    follow()
    return desk


@pytest.mark.clause("2.7.6", "2.7.7")
def test_the_families_lead_hands_over_and_the_adult_lead_takes_over(
    near: Desk, essex: Cast
) -> None:
    birthday = day_in_words(today() + timedelta(days=30))
    home = near.at(essex.families_lead).text("home")
    assert "Hand a case over to the adult lead" in home
    page = near.at(essex.families_lead).text("case", near.reference)
    assert f"The person is 18 on {birthday}." in page and "It is not handed over yet." in page
    assert near.at(essex.adult_lead).get("take_over", near.reference).status_code == 404
    assert "Enter what the adult lead must know" in near.refused(
        essex.families_lead, "hand_over", near.reference, words=""
    )
    near.done(essex.families_lead, "hand_over", near.reference, words=WORDS)
    assert "Take a case over" in near.at(essex.adult_lead).text("home")
    page = near.at(essex.adult_lead).text("take_over", near.reference)
    assert WORDS in page and f"leads this case from {birthday}" in page
    near.done(essex.adult_lead, "take_over", near.reference)
    acting(essex.chair)
    assert Handover.objects.get().accepted_by == essex.adult_lead
    assert "They have taken it over." in near.at(essex.chair).text("case", near.reference)
    happened = near.at(essex.chair).text("case_timeline", near.reference, query="?kind=age")
    assert WORDS in happened and "Taken over by the Prevent adult lead" in happened


def test_whoever_may_not_hand_over_is_told_who_does(near: Desk, essex: Cast) -> None:
    page = near.at(essex.chair).text("hand_over", near.reference)
    assert "It is done by: the Prevent families lead, of Essex." in page and "(2.7.6)" in page


@pytest.mark.clause("2.10.4")
def test_the_answer_as_an_adult_is_asked_for_with_the_same_notice(near: Desk, essex: Cast) -> None:
    lead = essex.families_lead
    assert "Record the answer as an adult" in near.at(lead).text("case", near.reference)
    page = near.at(lead).text("consent_ahead", near.reference)
    assert "Show or read them this notice" in page
    assert "Without their yes support stops" in page and "A parent or guardian" not in page
    said = {"authority": "18 from that day", "state": "given", "how": WORDS}
    said |= day("answered_date", today())
    near.done(lead, "consent_ahead", near.reference, **said)
    acting(lead)
    kept = SupportConsent.objects.get(holds_from_date__isnull=False)
    assert kept.holds_from_date == today() + timedelta(days=30)
    happened = near.at(lead).text("case_timeline", near.reference, query="?kind=consent")
    assert "Consent to support: given, to hold from" in happened


@pytest.mark.clause("2.7.7")
def test_a_disputed_age_stands_on_every_page_until_it_is_assessed(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex, born=date(2007, 5, 4)).risk_assessed())
    lead = essex.adult_lead
    assert "Say that the age is in dispute" in desk.at(lead).text("case_person", desk.reference)
    missing = desk.refused(lead, "age_disputed", desk.reference, source="The college", why="")
    assert "Enter why the age is disputed" in missing
    said = {"source": "The college", "why": "Looks much younger"}
    said |= day("assess_by_date", today() + timedelta(days=14))
    answer = desk.done(lead, "age_disputed", desk.reference, **said)
    assert answer.headers["Location"] == "/"  # the families lead leads it now
    assert "the other Prevent lead leads this case now" in desk.at(lead).text("home")
    assert desk.at(lead).get("case", desk.reference).status_code == 404
    families = essex.families_lead
    for page in ("case", "lead_review", "case_timeline"):
        assert "Age in dispute" in desk.at(families).text(page, desk.reference)
    review = desk.at(families).text("lead_review", desk.reference)
    assert "The age is in dispute. The college says: “Looks much younger”" in review
    assert "Prevent families lead reviews it" in review
    assert "See that an age is assessed" in desk.at(families).text("home")
    found = {"body": "Essex County Council", "words": "Two social workers", "born-age": "19"}
    found |= day("on", today())
    desk.done(families, "age_assessed", desk.reference, **found)
    assert desk.case().led_by == "adult_lead"
    page = desk.at(lead).text("case_person", desk.reference)
    assert "Age in dispute" not in page and "Age assessment by Essex County Council" in page
    page = desk.at(lead).text("age_assessed", desk.reference)
    assert "The age is not in dispute (2.7.7)" in page


def test_a_birth_date_that_gives_the_case_to_the_other_lead_says_so(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).reviewed())
    said = {"source": "The passport", "born-year": "1990"}
    answer = desk.done(essex.families_lead, "person_add", desk.reference, "birth-date", **said)
    assert answer.headers["Location"] == "/"
    assert "It is noted." in desk.at(essex.families_lead).text("home")
    assert "Take a case over" in desk.at(essex.adult_lead).text("home")


@pytest.mark.clause("2.10.4")
def test_after_the_day_the_answer_is_written_down_where_support_waits(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).consented())
    born = today() + timedelta(days=20)
    said = {"source": "The passport"} | day("born", date(born.year - 18, born.month, born.day))
    desk.done(essex.chair, "person_add", desk.reference, "birth-date", **said)
    clock.set_offset(timedelta(days=20))
    follow()
    page = desk.at(essex.adult_lead).text("case", desk.reference)
    assert "Consent: Not asked" in page and "Record the answer on consent" in page
    asking = desk.at(essex.adult_lead).text("consent", desk.reference)
    assert "The person is 18 or over and answers for themselves." in asking
    assert "The person’s age: somebody else answers now" in desk.at(essex.chair).text(
        "plan", desk.reference
    )
    desk.ask_for_consent()
    desk.done(essex.adult_lead, "consent", desk.reference, **desk.consent_said("person"))
    assert "Consent: Given" in desk.at(essex.adult_lead).text("case", desk.reference)
