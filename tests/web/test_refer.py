"""Refer: anybody, without an account, from the first worry to the receipt."""

import re

import pytest

from tests.cast import Cast, acting
from tests.web.referrer import HAPPENED, Referrer
from waymark.policy.pack import in_force
from waymark.referrals.models import Referral

pytestmark = pytest.mark.django_db
PROSE = (
    "select * from people where \"post\" = 'x'; <script>alert(1)</script> {{ 7*7 }} *b* #eval "
    "=1+1 “quotes” \U0001f642 \u0645\u0631\u062d\u0628\u0627\r\n\r\nsecond paragraph & so on"
)


@pytest.fixture
def referrer() -> Referrer:
    return Referrer()


def sent_to(cast: Cast) -> Referral:
    acting(cast.police_lead)
    return Referral.objects.get()


@pytest.mark.clause("2.5.1")
@pytest.mark.requirement("S36")
def test_a_member_of_the_public_refers_without_account_or_script(
    referrer: Referrer, essex: Cast
) -> None:
    code = referrer.begins("public").tells().sends()
    assert len(code.replace(" ", "")) == 28
    acting(essex.police_officer)
    referral = Referral.objects.get()
    said = {row["code"]: row["answer"] for row in referral.document}
    assert said["exact_words"] == HAPPENED["exact_words"]
    assert said["birth"] == "About 15 years old"
    assert (referral.road, referral.came_by) == ("public", "online")


@pytest.mark.clause("2.4.9", "2.5.3")
def test_danger_and_crime_come_before_any_form(referrer: Referrer) -> None:
    assert "Is anyone in danger right now?" in referrer.page("/refer")
    yes = referrer.client.post("/refer", {"answer": "yes"})
    assert "999" in referrer.page(yes["Location"])
    no = referrer.client.post("/refer", {"answer": "no"})
    assert no["Location"] == "/refer/crime"
    assert "terrorist activity" in referrer.page("/refer/crime")
    yes = referrer.client.post("/refer/crime", {"answer": "yes"})
    assert "Contact the police without delay" in referrer.page(yes["Location"])
    no = referrer.client.post("/refer/crime", {"answer": "no"})
    assert no["Location"] == "/refer/read/before"


@pytest.mark.clause("2.1.7", "2.1.8", "2.3.2", "2.3.3", "2.3.4", "2.3.6", "2.4.1", "2.5.2")
def test_what_is_to_be_known_is_said_before_the_first_question(referrer: Referrer) -> None:
    address, read = "/refer/read/before", ""
    while address != "/refer/road":
        page = referrer.page(address)
        address = re.findall(r'<a href="([^"]+)" role="button"', page)[0]
        read += page
    for words in (
        "7 days",
        "Who will learn your name",
        "What happens next",
        "criminal record",
        "before any crime",
        "Before making a referral",
        "consult with the Prevent/Safeguarding Leads",
        "Lawful belief, worship, dress or protest is no concern in itself",
        "The examples above are not exhaustive",
        "nor is there a simple profile",
        "will necessarily lead to individuals becoming terrorists",
        "Leave this page quickly",
    ):
        assert words in read, words
    for indicator in in_force().indicators:
        assert indicator.text.replace("'", "&#39;") in read
    assert len(in_force().indicators) == 17


@pytest.mark.parametrize("road", ["professional", "family_friend", "public", "self"])
def test_each_page_of_each_road_opens(referrer: Referrer, road: str) -> None:
    referrer.begins(road)
    pages = re.findall(r'href="(/refer/(?:topic|person)/[^"]+)"', referrer.page("/refer/list"))
    assert len(pages) >= 8
    for address in [*pages, "/refer/check", "/refer/code", "/refer/delete", "/refer/road"]:
        page = referrer.page(address)
        assert "Not sent yet" in page, address
        assert "Leave this page quickly" in page, address


@pytest.mark.parametrize("road", ["family_friend", "public", "self"])
def test_only_professionals_are_asked_about_nationality(referrer: Referrer, road: str) -> None:
    referrer.begins(road)
    assert "nationality" not in referrer.page("/refer/person/1/person").lower()
    assert "immigration" not in referrer.page("/refer/person/1/person").lower()


def test_a_road_may_be_changed_and_nothing_typed_is_lost(referrer: Referrer) -> None:
    referrer.begins("public").tells()
    referrer.begins("family_friend")
    assert HAPPENED["exact_words"] in referrer.page("/refer/topic/happened")


@pytest.mark.clause("2.5.3")
def test_gaps_hold_nothing_back_and_the_day_it_arose_is_kept(
    referrer: Referrer, essex: Cast
) -> None:
    referrer.begins("professional")
    referrer.fills("happened", exact_words="He has a knife in his bag.", later="yes",
                   first_noticed_date="3 May 2026")  # fmt: skip
    assert "You can send this with gaps" in referrer.page("/refer/check")
    referrer.sends()
    referral = sent_to(essex)
    assert str(referral.concern_date) == "2026-05-03"
    assert "Not provided" not in str(referral.document)


@pytest.mark.lesson("R29")
def test_an_inference_alone_is_returned(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("public")
    referrer.fills("meaning", inference="He is a terrorist.")
    referrer.fills("happened", how_noticed="I see him about.", later="yes")
    page = referrer.page("/refer/check")
    assert "cannot be sent without what it rests on" in page
    assert "Send this referral" not in page
    answer = referrer.client.post("/refer/check", {})
    assert answer.status_code == 200
    assert "who saw or heard it" in answer.content.decode().lower()
    beside = ("exact_words_not", "who_saw_not", "ordinary_explanation_not")
    unknown = dict.fromkeys(beside, "not_known")
    referrer.fills("happened", how_noticed="I see him about.", later="yes", **unknown)
    assert "cannot stand alone" in referrer.page("/refer/check")
    acting(essex.police_lead)
    assert not Referral.objects.exists()
    referrer.fills("happened", **HAPPENED)
    referrer.sends()
    assert sent_to(essex)


def test_an_empty_form_is_not_sent(referrer: Referrer) -> None:
    referrer.begins("public")
    assert "Nothing has been written" in referrer.page("/refer/check")
