"""Gathering, risk, the lead’s review and the hold, as those who act see them."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.risk import risk_sent
from tests.web.test_home_and_case import signed_in
from waymark.cases.models import Case, Stage
from waymark.database.clock import today


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).screened()


def stage_of(story: Story) -> str:
    acting(story.cast.police_lead)
    return Case.objects.get(pk=story.case.pk).stage


def day(name: str, days: int) -> dict[str, str]:
    when = today() + timedelta(days=days)
    return {
        f"{name}-day": str(when.day),
        f"{name}-month": str(when.month),
        f"{name}-year": str(when.year),
    }


GATHERED = {
    "to_check_with": "Robin Ashdown, born 4 May 2011, of the academy",
    "why_enough": "Name, date and school are enough to look somebody up",
}


@pytest.mark.clause("2.7.3")
def test_officer_finishes_gathering(client: Client, story: Story, essex: Cast) -> None:
    page = f"/cases/{story.case.reference}/gathering"
    signed_in(client, essex.police_officer)
    assert "What do partners need to find the person" in client.get(page).text
    missing = client.post(page, {**GATHERED, "why_enough": ""})
    assert "Enter why this is enough" in missing.text
    assert GATHERED["to_check_with"] in missing.text
    assert client.post(page, GATHERED).status_code == 302
    assert stage_of(story) == Stage.FIRST_RISK


def test_somebody_quicker_is_told_and_nothing_is_lost(
    client: Client, story: Story, essex: Cast
) -> None:
    page = f"/cases/{story.case.reference}/gathering"
    signed_in(client, essex.police_officer)
    assert client.post(page, {**GATHERED, "version": "1"}).status_code == 302
    late = client.post(page, {**GATHERED, "version": "1"}).text
    assert "This case was changed" in late
    assert GATHERED["to_check_with"] in late


@pytest.mark.clause("2.7.4", "2.7.5", "2.7.7", "2.8.2")
def test_first_risk_goes_on_only_without_conflict_or_major_risk(
    client: Client, story: Story, essex: Cast
) -> None:
    story.gathered()
    page = f"/cases/{story.case.reference}/risk"
    signed_in(client, essex.police_officer)
    without = client.post(page, risk_sent(essex, major_risk="yes")).text
    assert "Enter why the police hold the case" in without
    assert client.post(page, risk_sent(essex)).status_code == 302
    assert stage_of(story) == Stage.LEAD_REVIEW
    acting(essex.police_lead)
    assert Case.objects.get(pk=story.case.pk).led_by == "families_lead"


@pytest.mark.clause("2.7.5", "1.3.7")
def test_conflict_or_major_risk_is_held_and_only_the_police_read_why(
    client: Client, story: Story, essex: Cast
) -> None:
    story.gathered()
    page = f"/cases/{story.case.reference}"
    signed_in(client, essex.police_officer)
    why = {"hold_why": "Something that only we may read"} | day("check_again_date", 5)
    said = risk_sent(essex, conflict="to_be_checked", **why)
    assert client.post(f"{page}/risk", said).status_code == 302
    assert stage_of(story) == Stage.POLICE_HELD
    client.force_login(essex.police_officer, backend="waymark.web.door.sign_in_backend.ByPassword")
    assert "Something that only we may read" in client.get(f"{page}/hold/again").text
    signed_in(client, essex.chair)
    assert client.get(f"{page}/hold/again").status_code == 404


@pytest.mark.clause("2.8.17", "2.1.6")
def test_a_held_case_goes_on_when_the_police_say_it_is_suitable(
    client: Client, story: Story, essex: Cast
) -> None:
    story.gathered().risk_assessed()
    page = f"/cases/{story.case.reference}"
    signed_in(client, essex.police_officer)
    held = {"why": "Something was seen at the harbour"} | day("look_again_date", 5)
    assert client.post(f"{page}/hold", held).status_code == 302
    assert stage_of(story) == Stage.POLICE_HELD
    chair = signed_in(Client(), essex.chair).get(page).text
    assert "Held by the police" in chair and "harbour" not in chair
    freed = {"becomes": "goes_on", "why": "Looked into: it is suitable"}
    assert client.post(f"{page}/hold/again", freed).status_code == 302
    assert stage_of(story) == Stage.LEAD_REVIEW


@pytest.mark.clause("2.7.7", "2.4.2")
def test_families_lead_reviews_a_child_and_the_adult_lead_cannot(
    client: Client, story: Story, essex: Cast
) -> None:
    story.gathered().risk_assessed()
    page = f"/cases/{story.case.reference}/review"
    assert signed_in(Client(), essex.adult_lead).get(page).status_code == 404
    signed_in(client, essex.families_lead)
    assert "What was referred" in client.get(page).text
    said = {
        "conversations": "With the mother, on Monday",
        "harm_suspected": "no",
        "safeguarding": "None now",
        "recommendation": "Go on",
        "to_ask": "nobody",
        "nobody_to_ask_why": "",
    }
    refused = client.post(page, said).text
    assert "Enter why there is nobody to ask" in refused and "With the mother" in refused
    said["nobody_to_ask_why"] = "The family has just moved here from abroad"
    assert client.post(page, said).status_code == 302
    assert stage_of(story) == Stage.SECOND_RISK


@pytest.mark.clause("2.7.6")
def test_adult_lead_reviews_an_adult(client: Client, essex: Cast) -> None:
    born = today().replace(year=today().year - 30, day=1)
    story = Story(essex, born=born).screened().gathered().risk_assessed()
    page = signed_in(client, essex.adult_lead).get(f"/cases/{story.case.reference}/review")
    assert "Review the referral" in page.text
