"""From gathering to the lead’s review, and the risk assessed again: refusals, words kept, sight."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from tests.web.police import Pages, hidden, plain
from tests.web.risk import risk_sent
from waymark.cases.models import LeadReview, RiskAssessment, Stage
from waymark.database.clock import today

OTHERS = ["outsider", "administrator", "auditor", "partner", "provider", "referrer"]
GATHERED = {
    "to_check_with": "Robin Ashdown, of the academy 🌱",
    "why_enough": "Name, date and school are enough",
}


def reviewed(**differs: Any) -> dict[str, Any]:
    said = {
        "conversations": "With the mother, on Monday", "harm_suspected": "no",
        "safeguarding": "Nothing beyond what is known", "recommendation": "Ask the school",
        "to_ask": "nobody", "nobody_to_ask_why": "The family has just moved here",
    }  # fmt: skip
    return said | differs


def desk_at(client: Client, story: Story) -> Desk:
    return Desk(client, story.seen_again())


@pytest.mark.clause("2.7.3")
def test_the_officer_reads_the_extract_and_finishes_gathering(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).screened())
    page = desk.at(essex.police_officer).text("gather", desk.reference)
    assert "What was seen and said at school." in page and "(2.7.3)" in page
    missing = desk.refused(
        essex.police_officer, "gather", desk.reference, **GATHERED | {"why_enough": " "}
    )
    assert "Enter why this is enough to go on" in missing and "of the academy 🌱" in missing
    desk.done(essex.police_officer, "gather", desk.reference, **GATHERED)
    assert desk.stage() == Stage.FIRST_RISK
    again = desk.at(essex.police_officer).text("gather", desk.reference)
    assert "This was done on" in again and "(2.7.3)" in again


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", ["gather", "assess_risk", "lead_review"])
def test_for_others_the_stages_do_not_exist(
    client: Client, essex: Cast, who: str, page: str
) -> None:
    story = Story(essex).risk_assessed()
    answer = Pages(client, getattr(essex, who)).get(page, story.case.reference)
    assert answer.status_code == 404


def test_another_area_does_not_know_of_it(client: Client, essex: Cast, thurrock: Cast) -> None:
    story = Story(essex).risk_assessed()
    answer = Pages(client, thurrock.chair).get("lead_review", story.case.reference)
    assert answer.status_code == 404


def test_whoever_is_slower_is_told_and_keeps_what_they_typed(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).gathered())
    slow = Pages(Client(), essex.second_officer)
    opened = slow.get("assess_risk", desk.reference)
    desk.done(essex.police_officer, "assess_risk", desk.reference, **risk_sent(essex))
    said = hidden(opened) | risk_sent(essex, person_what="What the slower one typed")
    late = slow.client.post(f"/cases/{desk.reference}/risk", said)
    assert "It now stands at: Lead review" in plain(late)
    assert "What the slower one typed" in late.text
    acting(essex.police_lead)
    assert RiskAssessment.objects.filter(case=desk.story.case).count() == 1


@pytest.mark.clause("2.7.5", "2.8.2")
def test_what_a_hold_needs_is_asked_where_there_is_major_risk(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).gathered())
    page = desk.refused(
        essex.police_officer, "assess_risk", desk.reference, **risk_sent(essex, major_risk="yes")
    )
    assert "Enter why the police hold the case" in page
    assert "Enter when the police look at it again" in page and "May be drawn in" in page
    assert desk.stage() == Stage.FIRST_RISK


@pytest.mark.clause("2.5.7", "2.7.10")
def test_the_second_risk_starts_from_the_first_and_rests_on_the_assessment(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).partners_answered()
    desk = desk_at(client, story)
    before = desk.at(essex.police_officer).text("assess_risk", desk.reference)
    assert "The preliminary assessment of the factors is not signed (2.7.10)" in before
    desk = desk_at(client, story.assessed())
    opened = desk.at(essex.police_officer).get("assess_risk", desk.reference)
    assert re.search(r">\s*Drawn in by older friends</textarea>", opened.text)
    as_it_was = risk_sent(essex, person_what="Drawn in by older friends")
    refused = desk.refused(essex.police_officer, "assess_risk", desk.reference, **as_it_was)
    assert "A risk is described as it was the last time (2.8.2)" in refused
    as_it_was["unchanged_why"] = "Nothing new was learnt"
    desk.done(essex.police_officer, "assess_risk", desk.reference, **as_it_was)
    assert desk.stage() == Stage.NEXT_STEP


@pytest.mark.clause("2.8.2", "2.1.2")
def test_the_chair_writes_risk_down_later_and_it_moves_nothing(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).at_next_step())
    page = desk.at(essex.chair).text("assess_risk", desk.reference)
    assert "Risk to partners" in page and "Risk to providers" in page
    assert "Major risk" not in page
    assert "why do the police hold" not in page
    owners = {"person_owner": str(essex.chair.pk), "partners_owner": str(essex.police_lead.pk)}
    said = risk_sent(essex, person_what="Sleeps badly", **owners)
    desk.done(essex.chair, "assess_risk", desk.reference, **said)
    assert desk.stage() == Stage.NEXT_STEP
    acting(essex.police_lead)
    last = RiskAssessment.objects.filter(case=desk.story.case).last()
    assert last is not None and last.turn == "later"
    owned = [(one.to, one.owner) for one in last.of_each()]
    assert owned == [
        ("person", essex.chair),
        ("public", essex.chair),
        ("partners", essex.police_lead),
        ("providers", essex.chair),
    ]
    assert len({one.review_date for one in last.of_each()}) == 1


@pytest.mark.clause("2.7.7", "2.4.2", "2.3.5")
def test_the_lead_reads_extract_and_risk_before_reviewing(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).risk_assessed())
    page = desk.at(essex.families_lead).text("lead_review", desk.reference)
    assert "What was seen and said at school." in page
    assert "Drawn in by older friends" in page
    assert "Ordinarily with the child, the family" in page
    refused = desk.at(essex.chair).text("lead_review", desk.reference)
    assert "This is not yours to do (2.7.8)" in refused or "(2.7.6)" in refused
    desk.done(essex.families_lead, "lead_review", desk.reference, **reviewed())
    assert desk.stage() == Stage.SECOND_RISK


@pytest.mark.clause("2.4.3")
def test_no_partner_is_named_before_sharing_is_decided(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).risk_assessed())
    school = essex.partner.organisation
    said = reviewed(to_ask=str(school.pk), **{f"why_{school.pk}": "Absence and friends"})
    refused = desk.refused(essex.families_lead, "lead_review", desk.reference, **said)
    assert (
        "It is not decided whether information may be shared about this person (2.4.3)" in refused
    )
    assert "Absence and friends" in refused and "With the mother" in refused
    shared = {"state": "agreed", "ground": "The family agreed"}
    desk.done(essex.families_lead, "sharing_position", desk.reference, **shared)
    desk.done(essex.families_lead, "lead_review", desk.reference, **said)
    assert desk.stage() == Stage.PARTNER_CHECKS
    acting(essex.families_lead)
    review = LeadReview.objects.get(case=desk.story.case)
    assert [one.why for one in review.to_ask.all()] == ["Absence and friends"]


@pytest.mark.clause("2.5.13")
def test_harm_suspected_is_told_to_social_care_first(client: Client, essex: Cast) -> None:
    desk = desk_at(client, Story(essex).risk_assessed())
    said = reviewed(harm_suspected="yes")
    refused = desk.refused(essex.families_lead, "lead_review", desk.reference, **said)
    assert "Significant harm is suspected and no safeguarding referral is made (2.5.13)" in refused


@pytest.mark.clause("2.4.7")
def test_the_lead_of_an_adult_reads_that_social_care_needs_agreement(
    client: Client, essex: Cast
) -> None:
    born = today().replace(year=today().year - 30, day=1)
    desk = desk_at(client, Story(essex, born=born).risk_assessed())
    page = desk.at(essex.adult_lead).text("lead_review", desk.reference)
    assert "without the agreement and engagement of the adult" in page and "(2.4.7)" in page
