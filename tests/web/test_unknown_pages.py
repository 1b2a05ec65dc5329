"""What is not known and what is needed, as those who act write it down, ask it and read it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import plain
from waymark.cases.known import needs, unknown
from waymark.cases.models import Need, OpenQuestion
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.sharing.models import Request
from waymark.sharing.replies import Answer, Answering, answer
from waymark.support.models import Plan

SEEN = "Who the older friend is"  # a story's own question, asked while information is gathered


@pytest.fixture
def clinic(essex: Cast) -> User:
    become(INSTALLATION)
    return essex.appointed(Role.PARTNER, of=essex.organisation("Clinic", "health"))


def desk_of(client: Client, story: Story) -> Desk:
    return Desk(client, story.seen_again())


def needed(story: Story) -> Need:
    return needs.write(
        story.case, by=acting(story.cast.police_officer), kind="health", words="Sleeps badly 🌱",
        source="The tutor", told_date=today(),
    )  # fmt: skip


@pytest.mark.clause("2.7.3", "2.3.1")
def test_a_question_is_written_in_words_or_with_an_organisation(
    client: Client, essex: Cast
) -> None:
    desk = desk_of(client, Story(essex).screened())
    officer, school = essex.police_officer, essex.partner.organisation
    missing = desk.refused(
        officer, "unknown", desk.reference, words="Where is the father? 🌱", who="somebody_else"
    )
    assert "Enter who might know" in missing and "Where is the father? 🌱" in missing
    desk.done(officer, "unknown", desk.reference, words="Where is the father?",
              who="somebody_else", who_else="The mother")  # fmt: skip
    desk.done(officer, "unknown", desk.reference, words="Which friends?", who=str(school.pk))
    page = desk.at(officer).text("unknown", desk.reference)
    assert "Might know: The mother. From: Information gathering." in page
    assert f"Might know: {school.name}." in page and "Go back to information gathering" in page
    assert "It cannot be asked here now" in page and f"Ask {school.name}" not in page


def test_a_closed_question_stands_below_with_how_it_ended(client: Client, essex: Cast) -> None:
    desk = desk_of(client, Story(essex).gathered())
    acting(essex.police_officer)
    question = OpenQuestion.objects.get(case=desk.story.case)
    page = ("question_end", desk.reference, question.pk)
    missing = desk.refused(essex.police_officer, *page, how="found_out", words="")
    assert "Enter what is known now" in missing
    desk.done(essex.police_officer, *page, how="found_out", words="A cousin of the family")
    shown = desk.at(essex.police_officer).text("unknown", desk.reference)
    assert "No question is open." in shown
    assert "Found out in another way. A cousin of the family" in shown
    assert desk.at(essex.police_officer).get("question_end", desk.reference, 7).status_code == 404


@pytest.mark.clause("2.7.8", "2.9.3")
def test_one_click_asks_and_the_answer_stands_beside_the_question(
    client: Client, essex: Cast, clinic: User
) -> None:
    story = Story(essex).partners_asked()
    desk = desk_of(client, story)
    body = clinic.organisation
    desk.done(essex.police_officer, "unknown", desk.reference, words="Since when is sleep bad?",
              who=str(body.pk))  # fmt: skip
    page = desk.at(essex.police_officer).text("unknown", desk.reference)
    assert f"Ask {body.name}" in page
    question = OpenQuestion.objects.get(words="Since when is sleep bad?")
    desk.done(essex.police_officer, "question_ask", desk.reference, question.pk)
    asked = desk.at(essex.families_lead).text("unknown", desk.reference)
    assert f"{body.name} is asked. Due" in asked
    made = Request.objects.get(organisation=body)
    item = made.items.get()
    told = Answering("information", held_back=False, items=[Answer(item, "Since May", "Notes")])
    answer(made, by=acting(clinic), answering=told)
    shown = desk.at(essex.families_lead).get("unknown", desk.reference)
    assert f"{body.name} has answered: look and close" in plain(shown)
    assert reverse("asked_request", args=[desk.reference, made.pk]) in shown.text


def test_where_asking_is_refused_its_page_says_why(client: Client, essex: Cast) -> None:
    desk = desk_of(client, Story(essex).partners_asked())
    acting(essex.police_officer)
    question = OpenQuestion.objects.get(words=SEEN)
    refused = desk.refused(essex.police_officer, "question_ask", desk.reference, question.pk)
    assert "has a request that it has not answered (2.7.8)" in refused
    by_lead = desk.at(essex.families_lead).text("unknown", desk.reference)
    assert "Ask " + essex.partner.organisation.name not in by_lead


@pytest.mark.clause("2.3.1")
def test_what_is_not_known_of_a_factor_says_which(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_answered()
    desk = desk_of(client, story)
    desk.done(essex.police_officer, "assessment_start", desk.reference)
    factor = desk.at(essex.police_officer).get("factor", desk.reference, "E3").text
    address = f"{reverse('unknown', args=[desk.reference])}?factor=E3"
    assert address in factor
    sent = client.post(
        address, {"words": "Which group?", "who": "somebody_else", "who_else": "A sister"}
    )
    assert sent.status_code == 302
    acting(essex.police_officer)
    assert OpenQuestion.objects.get(words="Which group?").factor == "E3"
    assert "From: the factor “" in desk.at(essex.police_officer).text("unknown", desk.reference)
    unheard = client.get(address.replace("E3", "Z9"))
    assert "About the factor" not in unheard.text


@pytest.mark.clause("2.7.6", "2.7.10", "2.3.1")
def test_whoever_decides_next_reads_what_is_not_known(client: Client, essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    desk = desk_of(client, story)
    needed(story)
    review = desk.at(essex.families_lead).text("lead_review", desk.reference)
    assert f"{SEEN} (might know: " in review and "Health: Sleeps badly 🌱" in review
    desk = desk_of(client, story.assessed())
    assert SEEN in desk.at(essex.police_officer).text("assess_risk", desk.reference)
    overview = desk.at(essex.chair).text("assessment", desk.reference)
    assert SEEN in overview and "Health: Sleeps badly 🌱" in overview


@pytest.mark.lesson("R16")
def test_the_panels_papers_say_what_is_still_not_known(client: Client, essex: Cast) -> None:
    story = Story(essex).on_panel()
    needed(story)
    desk = desk_of(client, story)
    desk.open_a_meeting()
    papers = desk.at(essex.panel_member).text("case_panel", desk.reference)
    assert "Still not known" in papers and SEEN in papers and "Sleeps badly 🌱" in papers
    listed = desk.at(essex.panel_member).text("unknown", desk.reference)
    assert SEEN in listed and "Writing on this case is not yours to do" in listed
    co_ordinators = desk.at(essex.coordinator).text("case_panel", desk.reference)
    assert "Still not known" not in co_ordinators and "Sleeps badly" not in co_ordinators


@pytest.mark.clause("2.1.5")
def test_a_need_is_written_down_followed_and_met(client: Client, essex: Cast) -> None:
    desk = desk_of(client, Story(essex).risk_assessed())
    lead = essex.families_lead
    said = {"kind": "housing", "words": "Has to leave the flat 🌱", "source": "The mother"}
    missing = desk.refused(lead, "case_needs", desk.reference, **said)
    assert "Enter on which day it was told" in missing and "leave the flat 🌱" in missing
    said |= day("told_date", today() - timedelta(days=2))
    desk.done(lead, "case_needs", desk.reference, **said)
    need = Need.objects.get(case=desk.story.case)
    follow = ("need_follow", desk.reference, need.pk)
    desk.done(lead, *follow, became="changed", words="May stay until May")
    page = desk.at(lead).text("case_needs", desk.reference)
    assert (
        "There now" in page
        and "In no plan yet" in page
        and "It is there, and has changed: May stay until May" in page
    )
    desk.done(lead, *follow, became="met", words="A new flat is found")
    page = desk.at(lead).text("case_needs", desk.reference)
    assert "No need is written down that is there now." in page
    assert "Met, or no longer there" in page and "It is met: A new flat is found" in page
    refused = desk.at(lead).text(*follow)
    assert "met or no longer there (2.1.5)" in refused


@pytest.mark.clause("2.1.5")
@pytest.mark.lesson("R19")
def test_a_plan_addresses_each_need_that_is_there_or_says_why_not(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).on_panel()
    need = needed(story)
    desk = desk_of(client, story)
    desk.check_the_provider()
    read = desk.at(essex.families_lead).text("plan", desk.reference)
    assert "A plan must address these, or say why not." in read and "Sleeps badly 🌱" in read
    lead = essex.families_lead
    asked = desk.at(lead).text("plan_write", desk.reference)
    assert "Health: what is to be addressed?" in asked and "Sleeps badly 🌱" in asked
    nothing = desk.refused(lead, "plan_write", desk.reference,
                           **desk.plan_said(found_1="Sleeps badly"))  # fmt: skip
    assert "Nothing addresses “Sleeps badly” (2.1.5)" in nothing
    desk.write_the_plan(found_1="Sleeps badly", found_1_not="The doctor sees to it")
    acting(lead)
    plan = Plan.objects.get(case=story.case)
    tied = plan.needs.get(factor=needs.code_of(need))
    assert tied.not_addressed_why == "The doctor sees to it"
    listed = desk.at(lead).text("case_needs", desk.reference)
    assert "In version 1 of the plan. Not addressed: The doctor sees to it" in listed
    assert "Support: Mentoring" in desk.at(lead).text("plan", desk.reference)


@pytest.mark.clause("2.7.3", "2.4.5")
def test_gathering_shows_each_row_with_its_source_and_leaves_a_protected_address_out(
    client: Client, essex: Cast
) -> None:
    desk = desk_of(client, Story(essex).screened())
    officer = essex.police_officer
    before = desk.at(officer).text("gather", desk.reference)
    assert "Where the person lives Not known yet" in before
    assert "Not there yet. Say why it is enough without:" in before
    for words, protected in (("4 Mill Lane", "no"), ("9 Secret Row", "yes")):
        answered = client.post(
            reverse("person_add", args=[desk.reference, "address"]) + "?for=gathering",
            {"words": words, "lives": "yes", "protected": protected,
             "source": "School’s register"},
        )  # fmt: skip
        assert answered.status_code == 302, plain(answered)
        assert answered.headers["Location"] == reverse("gather", args=[desk.reference])
    shown = desk.at(officer).get("gather", desk.reference)
    assert "4 Mill Lane. Source: School’s register" in plain(shown)
    box = shown.text.split('name="to_check_with"')[1].split("</textarea>")[0]
    assert "Ashdown, Robin" in box and "4 Mill Lane" in box and "Secret Row" not in box
    assert "A protected address is left out of what partners are sent." in shown.text


@pytest.mark.clause("2.7.3", "2.11.1")
def test_that_none_is_known_is_said_of_several_proceedings_at_once(
    client: Client, essex: Cast
) -> None:
    desk = desk_of(client, Story(essex).screened())
    officer = essex.police_officer
    missing = desk.at(officer).send("no_proceeding", desk.reference, asked_of="Probation 🌱").text
    assert "Select of which proceedings none is known" in missing
    assert 'value="Probation 🌱"' in missing
    said = {"kinds": ["mappa", "licence"], "asked_of": "Probation"} | day("asked_date", today())
    done = desk.done(officer, "no_proceeding", desk.reference, **said)
    assert done.headers["Location"] == reverse("gather", args=[desk.reference])
    page = desk.at(officer).text("gather", desk.reference)
    assert "MAPPA None known: asked on" in page and "of Probation" in page
    assert "MARAC Not looked into yet" in page


@pytest.mark.clause("2.1.5")
def test_a_need_of_the_plan_that_is_met_meets_the_need_behind_it(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).on_panel()
    need = needed(story)
    desk = desk_of(client, story)
    desk.check_the_provider()
    desk.write_the_plan(found_1="Sleeps badly", found_1_not="The doctor sees to it")
    acting(essex.families_lead)
    tied = Plan.objects.get(case=story.case).needs.get(factor=needs.code_of(need))
    desk.hold_a_panel("plan_agreed")
    desk.done(essex.families_lead, "need", desk.reference, tied.pk, outcome="met",
              words="Sleeps well")  # fmt: skip
    acting(essex.families_lead)
    assert needs.open_needs(story.case) == []
    assert unknown.still_open(story.case)  # a question is not closed by it
