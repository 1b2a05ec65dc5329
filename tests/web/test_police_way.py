"""From screening to the second risk: what the green button offers, and what is read later."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.police import Pages, plain
from tests.words import SUMMED_UP
from waymark.assessments import writing
from waymark.assessments.models import Assessment
from waymark.assessments.writing import Found
from waymark.cases import held
from waymark.cases.endings import leaving
from waymark.cases.models import Case, SafeguardingReferral, Stage, Task
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.policy.lateness import day_in_words
from waymark.sharing import replies


def green(page: Any) -> str:
    """The words of the page's one green button; "" where there is none."""
    for part in page.text.split("<a ")[1:]:
        words, rest = part.split("</a>")[0].split(">", 1)
        if 'class="govuk-button"' in words:
            return rest.strip()
    return ""


def case_page(client: Client, user: User, story: Story) -> Any:
    return Pages(client, user).get("case", story.case.reference)


# ---- what can be done next


def test_the_factors_come_before_the_second_risk_and_lead_on_to_it(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).partners_answered()
    officer = essex.police_officer
    page = case_page(client, officer, story)
    assert green(page) == "Assess the factors"
    assert f'href="/cases/{story.case.reference}/assessment"' in page.text
    story.assessed()
    assert green(case_page(client, officer, story)) == "Assess the risk a second time"
    factors = Pages(client, officer).get("assessment", story.case.reference)
    assert green(factors) == "Assess the risk a second time"
    assert "Begin the next assessment of the factors" in factors.text


def test_partners_are_asked_before_their_answers_are_looked_at(client: Client, essex: Cast) -> None:
    story = Story(essex).reviewed()
    home = Pages(client, essex.police_officer).text("home")
    assert "Ask partners" in home and "Look at the partners’ answers" not in home
    assert (task(story, "ask_partners").due_date - today()).days <= 6
    case = case_page(client, essex.police_officer, story)
    assert green(case) == "Accept this case" and ">Ask partners<" in case.text
    story.partners_asked()
    home = Pages(client, essex.police_officer).text("home")
    assert "Look at the partners’ answers" in home and "Ask partners" not in home
    case = case_page(client, essex.police_officer, story)
    assert green(case) == "Look at the partners’ answers"


def test_a_hold_that_may_end_by_leaving_waits_for_the_police_lead(
    client: Client, essex: Cast
) -> None:
    story = held_case(essex)
    officer = essex.police_officer
    case = case_page(client, officer, story)
    assert green(case) == "Decide on the hold"
    since, again = day_in_words(today()), day_in_words(today() + timedelta(days=5))
    words = f"Held by the police since {since}. They look at it again by {again}."
    assert words in plain(case)
    leaving.propose_leaving(story.case, by=acting(officer), why="Charged on Monday")
    case = case_page(client, officer, story)
    assert green(case) == "" and "Waits for the police lead" in plain(case)
    again = Pages(client, officer).text("release", story.case.reference)
    assert "it can only be held longer" in again and "The police hold it longer" in again
    assert "It leaves Channel: criminal justice" not in again
    lead = case_page(client, essex.police_lead, story)
    assert green(lead) == "Decide whether this case leaves Channel"


def test_risk_is_not_assessed_again_before_it_was_assessed(client: Client, essex: Cast) -> None:
    story = Story(essex).screened()
    assert "Assess the risk again" not in case_page(client, essex.police_officer, story).text
    story.risk_assessed()
    assert "Assess the risk again" in case_page(client, essex.police_officer, story).text


def test_a_step_that_is_done_says_when_and_not_what_would_make_it_possible(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).risk_assessed()
    page = Pages(client, essex.police_officer).text("gather", story.case.reference)
    assert f"This was done on {day_in_words(today())}" in page
    assert "What makes it possible" not in page


# ---- what is read later


@pytest.mark.clause("2.8.17")
def test_reasons_of_a_hold_are_read_by_the_police_and_not_by_the_chair(
    client: Client, essex: Cast
) -> None:
    story = held_case(essex)
    lead, officer = essex.police_lead, essex.police_officer
    day_later = today() + timedelta(days=9)
    held.hold_on(story.case, by=acting(officer), why="Still open", look_again_date=day_later)
    made = leaving.propose_leaving(story.case, by=acting(officer), why="To be charged")
    leaving.decide_leaving(made, by=acting(lead), agrees=False, why="No charge is made")
    story.seen_again()
    held.release(story.case, by=acting(officer), why="Looked into and suitable")
    page = Pages(client, officer).text("case_timeline", story.case.reference)
    for words in (
        "Why the police hold it", "A live matter", "Held longer", "Still open", "To be charged",
        "Not agreed that it leaves Channel", "No charge is made", "The hold ended",
        "Looked into and suitable",
    ):  # fmt: skip
        assert words in page, words
    chair = Pages(client, essex.chair).text("case_timeline", story.case.reference)
    assert "Held by the police" in chair
    for words in ("A live matter", "Still open", "charged", "No charge", "Looked into"):
        assert words not in chair, words


@pytest.mark.clause("2.7.9")
def test_who_was_asked_and_what_was_answered_stays_within_reach(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).next_step_agreed()
    for user in (essex.police_officer, essex.chair):
        pages = Pages(client, user)
        happened = pages.text("case_timeline", story.case.reference)
        assert "Asked: Essex Academy" in happened
        assert "Answered: Essex Academy: information is given" in happened
        case = plain(pages.get("case", story.case.reference))
        assert "1 asked, 1 answered" in case and "Read the answers" in case
        assert "Next step: what was said" in case and "Chair and police said the same" in case
        assert "The factors" in case


@pytest.mark.clause("2.3.5")
def test_what_findings_rest_on_stands_beside_the_factors(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_answered()
    writing.start(story.case, by=acting(essex.police_officer))
    pages = Pages(client, essex.police_officer)
    for page in (
        pages.text("factor", story.case.reference, "E3"),
        pages.text("assessment", story.case.reference),
    ):
        assert "What was seen and said at school." in page
        assert "What partners answered" in page and "Nine days missed" in page


def test_what_is_missing_before_signing_is_all_named_and_linked(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).partners_answered()
    begun = writing.start(story.case, by=acting(essex.police_officer))
    found = [Found("E3", "partly"), Found("I1", "strongly")]
    texts = SUMMED_UP | {"conclusion": ""}
    writing.save(begun, by=essex.police_officer, written=writing.Written(found, texts))
    pages = Pages(client, essex.police_officer)
    page = pages.get("assessment", story.case.reference)
    here = f"/cases/{story.case.reference}/assessment"
    for href in (f"{here}/factors/E3", f"{here}/factors/I1", f"{here}/whole"):
        assert f'href="{href}"' in page.text
    words = plain(page).split("Before it can be signed")[1].split("Factor")[0]
    assert words.count("has no evidence") == 2 and "the conclusion" in words
    assert "Not finished:" in pages.text("factor", story.case.reference, "E3")
    acting(essex.police_officer)
    assert not Assessment.objects.get().is_signed


def test_a_factor_saved_without_evidence_says_so_at_once(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_answered()
    writing.start(story.case, by=acting(essex.police_officer))
    pages = Pages(client, essex.police_officer)
    said = {"state": "partly", "shows": "", "speaks_against": ""}
    saved = pages.send("factor", story.case.reference, "E3", **said)
    assert saved.status_code == 302
    assert "It is saved, and not finished." in plain(client.get(saved["Location"]))


# ---- the lead's review


@pytest.mark.clause("2.5.13")
def test_suspected_harm_is_referred_on_the_page_of_the_review(client: Client, essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    acting(INSTALLATION)
    care = essex.organisation("Children’s Services", "children_social_care")
    lead = Pages(client, essex.families_lead)
    said = {
        "conversations": "With the mother, on Monday", "harm_suspected": "yes",
        "safeguarding": "Referred", "recommendation": "Go on", "to_ask": "nobody",
        "nobody_to_ask_why": "Known nowhere else",
    }  # fmt: skip
    blank = plain(lead.send("lead_review", story.case.reference, **said))
    assert "Select the social care that you refer to" in blank
    assert "With the mother, on Monday" in blank
    said |= {"care_to": str(care.pk), "care_about": "Robin Ashdown", "care_why": "Was hurt"}
    assert lead.send("lead_review", story.case.reference, **said).status_code == 302
    acting(essex.police_lead)
    assert Case.objects.get(pk=story.case.pk).stage == Stage.SECOND_RISK
    assert SafeguardingReferral.objects.get().why == "Was hurt"


@pytest.mark.clause("2.4.3")
def test_deciding_on_sharing_leads_back_to_the_review(client: Client, essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    lead = Pages(client, essex.families_lead)
    said = {"state": "agreed", "ground": "The mother agreed"}
    done = lead.send("sharing_position", story.case.reference, **said)
    assert done["Location"] == f"/cases/{story.case.reference}/review"
    assert "Sharing: the child or family agreed" in lead.text("case_timeline", story.case.reference)


# ---- asking, and going on without


def test_who_answered_in_part_is_not_said_to_be_silent(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_asked()
    item = story.request.items.all()[0]
    part = replies.Answering(
        state="part", held_back=False, items=[replies.Answer(item, "Nine days", "The register")]
    )
    replies.answer(story.request, by=acting(essex.partner), answering=part)
    page = Pages(client, essex.police_officer).text("finish_checks", story.case.reference)
    assert "Essex Academy has answered in part. The rest is due on" in page
    assert "Essex Academy has not answered" not in page


def test_an_organisation_asked_sees_which_request_waits(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_asked()
    home = Pages(client, essex.partner).text("home")
    assert "Answer a request" in home and story.request.reference in home
    assert story.case.reference not in home


def test_the_area_stands_on_every_page_of_the_case(client: Client, essex: Cast) -> None:
    story = Story(essex).screened()
    bar = case_page(client, essex.police_officer, story).text.split("moj-identity-bar")[1:]
    assert any("Essex" in part for part in bar)


def test_a_correction_begins_with_the_row_that_it_corrects(client: Client, essex: Cast) -> None:
    story = Story(essex).screened()
    acting(essex.police_officer)
    name, born = story.case.person.names.get(), story.case.person.birth_dates.get()
    pages = Pages(client, essex.police_officer)
    names = pages.get("person_correct", story.case.reference, "name", name.pk).text
    assert 'value="Ashdown"' in names and 'value="Robin"' in names
    dates = pages.get("person_correct", story.case.reference, "birth-date", born.pk).text
    assert 'value="2011"' in dates and 'value="5"' in dates


# ---- on the way there


def held_case(essex: Cast) -> Story:
    story = Story(essex).reviewed()
    day_to_look = today() + timedelta(days=5)
    officer = acting(essex.police_officer)
    held.hold(story.case, by=officer, why="A live matter", look_again_date=day_to_look)
    return story.seen_again()


def task(story: Story, kind: str) -> Task:
    acting(story.cast.police_lead)
    return story.case.tasks.waiting().get(kind=kind)
