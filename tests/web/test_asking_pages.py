"""Consent is asked with care, and what follows a no, through the pages of those who do it."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Stage, SupportConsent
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.policy.pack import in_force
from waymark.support.models import Piece

SAID = "“No thank you” – select … from; post 🌱"
ADULT = date(1990, 5, 4)


def arranged(desk: Desk, asker: object, **differs: object) -> dict[str, object]:
    said: dict[str, object] = {
        "asker": asker, "along": "The youth worker", "place": SAID, "interpreter": "None",
        "visit_risk": "None known", "how": "In plain words",
    }  # fmt: skip
    return said | day("planned_date", today()) | differs


@pytest.mark.clause("2.4.10", "2.8.4", "2.10.4")
@pytest.mark.lesson("R32")
def test_a_visit_is_arranged_and_made_with_care_before_a_yes_counts(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).plan_agreed(asker=essex.police_officer))
    chair, of = essex.chair, desk.reference
    assert "Arrange how consent is asked" in desk.at(chair).text("case", of)
    page = desk.at(chair).text("consent_arrange", of)
    assert in_force().text("consent_sensitivity").paragraphs[0] in page
    assert all(point in page for point in in_force().text("consent_how").points)
    page = desk.refused(chair, "consent_arrange", of, **arranged(desk, essex.police_officer.pk))
    assert "nobody says that the person chose that (2.4.10)" in page and SAID in page
    early = desk.refused(chair, "consent", of, **desk.consent_said("parent"))
    assert "Nobody has written down that consent was asked (2.10.4)" in early
    desk.done(chair, "consent_arrange", of, **arranged(desk, chair.pk))
    page = desk.refused(chair, "consent_asked", of, parent_knew="no", **day("asked_date", today()))
    assert "Enter who was with the young person" in page
    made = {"with_them": "Her aunt", "parent_knew": "no", "approved_by": "The school’s lead: safer"}
    desk.done(chair, "consent_asked", of, **made, **day("asked_date", today()))
    unseen = desk.refused(chair, "consent", of, **desk.consent_said("parent", evidence=""))
    assert "Nothing shows that Alex Ashdown has parental responsibility" in unseen
    page = desk.at(chair).text("consent", of)
    assert "With them: Her aunt" in page and "Approved: The school’s lead: safer" in page
    acting(chair)
    assert not SupportConsent.objects.exists()


@pytest.mark.clause("2.10.4", "2.8.4")
def test_a_parent_who_is_implicated_never_answers_alone(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).plan_agreed())
    lead, of = essex.families_lead, desk.reference
    desk.ask_for_consent()
    desk.done(lead, "consent", of, **desk.consent_said("parent"))
    acting(lead)
    parent = desk.story.case.answerers.get(kind="parent")
    page = desk.refused(lead, "consent_apart", of, answerer=parent.pk, why="")
    assert "Enter what implicates or excludes them" in page
    desk.done(lead, "consent_apart", of, answerer=parent.pk, why=SAID)
    desk.done(lead, "consent", of, **desk.consent_said("person"))
    assert desk.stage() == Stage.SEEKING_CONSENT
    assert f"Alex Ashdown: {SAID}" in desk.at(lead).text("consent", of)
    desk.done(lead, "consent", of, **desk.consent_said("parent", name="Sam Ashdown"))
    assert desk.stage() == Stage.SUPPORTED


@pytest.mark.clause("1.1.4", "2.8.4")
def test_after_a_no_help_is_offered_advice_taken_and_another_reads(
    client: Client, essex: Cast
) -> None:
    become(INSTALLATION)
    care = essex.organisation("Social care", "children_social_care")
    desk = Desk(client, Story(essex).plan_agreed())
    lead, of = essex.families_lead, desk.reference
    desk.ask_for_consent()
    desk.done(lead, "consent", of, **desk.consent_said("person"))
    desk.done(lead, "consent", of, **desk.consent_said("parent", "refused", evidence=""))
    page = desk.at(lead).text("consent", of)
    assert desk.stage() == Stage.PANEL and "Consent: In conflict" in page
    assert "Never write it down as the child's no." in page
    acting(lead)
    assert desk.case().consents.get(answerer="person").state == "given"
    assert "Offer help that needs no consent" in desk.at(lead).text("home")
    said = {"offered": "The youth club, open to all"}
    page = desk.refused(lead, "consent_help", of, **said)
    assert "Enter whose advice was taken" in page and "youth club, open to all" in page
    desk.done(lead, "consent_help", of, advice_from="The lawyer", advice=SAID, **said)
    assert f"Advice of The lawyer: {SAID}" in desk.at(lead).text("consent", of)
    refer = {"to": care.pk, "about": "Robin Ashdown", "why": "Bruises were seen"}
    desk.done(lead, "case_safeguarding", of, **refer)
    acting(lead)
    made = desk.case().safeguarding.get()
    page = desk.at(lead).text("safeguarding_read", of, made.pk)
    assert "You asked for consent, or made this referral (1.1.4)" in page
    assert "Read a referral to social care" in desk.at(essex.chair).text("home")
    page = desk.at(essex.chair).text("safeguarding_read", of, made.pk)
    assert in_force().text("no_is_no_sign").paragraphs[0] in page and "Bruises were seen" in page
    desk.done(essex.chair, "safeguarding_read", of, made.pk, words="On what the nurse saw")
    again = desk.at(essex.chair).text("safeguarding_read", of, made.pk)
    assert "does not wait to be read" in again


@pytest.mark.clause("2.4.6", "2.4.7")
def test_an_adult_agrees_to_social_care_and_is_helped_to_decide(
    client: Client, essex: Cast
) -> None:
    become(INSTALLATION)
    care = essex.organisation("Adult care", "adult_social_care")
    story = Story(essex, born=ADULT).on_panel()
    piece = story.piece_said(provider=care, provider_user=None)
    desk = Desk(client, story.plan_agreed(pieces=[piece]))
    lead, of = essex.adult_lead, desk.reference
    plan = desk.at(lead).text("plan", of)
    assert "Only where the person agrees and takes part, as an adult (2.4.7)" in plan
    desk.done(lead, "consent_arrange", of, **arranged(desk, lead.pk))
    page = desk.at(lead).text("consent_asked", of)
    assert "young person" not in page
    desk.done(lead, "consent_asked", of, **day("asked_date", today()))
    page = desk.at(lead).text("consent", of)
    assert "Social care works with an adult only if the adult agrees" in page
    assert "Mental Capacity Act 2005" in page
    said = desk.consent_said("person", "capacity_lacking", doubt="yes")
    page = desk.refused(lead, "consent", of, **said)
    assert "Enter what was done to help them decide for themselves" in page
    said |= {"capacity_steps": "Pictures, a friend, and a week to think"}
    desk.done(lead, "consent", of, **said)
    assert desk.stage() == Stage.PANEL
    acting(lead)
    assert Piece.objects.get().state == Piece.State.PLANNED
    kept = SupportConsent.objects.get()
    assert kept.capacity_steps.startswith("Pictures") and kept.asking is not None


@pytest.mark.clause("2.1.7", "1.1.4")
def test_the_notice_is_for_anybody_to_read_and_print(client: Client, db: None) -> None:
    page = client.get("/consent-notice")
    notice = in_force().consent.notice
    assert notice.edition in page.text and "It does not give you a criminal record" in page.text
    paper = client.get("/consent-notice/paper.pdf")
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
