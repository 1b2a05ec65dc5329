"""What becomes of what was written: word for word, and each part where it belongs."""

import re

import pytest

from tests.cast import Cast, acting
from tests.web.referrer import Referrer
from waymark.cases.models import Task
from waymark.referrals import referrers
from waymark.referrals.models import Apart, Referral, Subject
from waymark.referrals.models import Referrer as Sender

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


@pytest.mark.clause("2.4.2", "2.4.3", "2.4.4", "2.4.5", "2.4.6")
def test_a_professional_says_who_was_told_and_why_it_goes_on_without_consent(
    referrer: Referrer, essex: Cast
) -> None:
    referrer.begins("professional").tells()
    first = referrer.page("/refer/person/1/told")
    assert "Mental Capacity Act 2005" in first
    assert "whom have you talked with" in first
    more = referrer.fills(
        "/refer/person/1/told", told="no", talked_with=["nobody"], consent="refused"
    )
    assert more["Location"] == "/refer/person/1/told/more"
    page = referrer.page("/refer/person/1/told/more")
    for question in ("Why has nobody been talked with?", "makes it right to go on", "Why have"):
        assert question in page
    said = {
        "told_why_not": ["risk_to_person"],
        "told_why_not_detail": "The uncle would send her away.",
        "talked_with_why_not": "The family may be involved.",
        "consent_who": "Her father",
        "without_consent": ["serious_harm"],
        "without_consent_detail": "She may be hurt.",
    }
    referrer.fills("/refer/person/1/told/more", **said)
    referrer.fills(
        "/refer/person/1/safety", capacity_doubt="yes", local_procedures="not_considered"
    )
    referrer.fills("/refer/person/1/safety/more", capacity_detail="An advocate was asked to help.")
    referrer.sends()
    kept = {row["code"]: row["answer"] for row in sent_to(essex).document}
    assert kept["without_consent"] == ["To protect somebody from serious harm"]
    assert kept["talked_with_why_not"] == "The family may be involved."
    assert kept["capacity_detail"] == "An advocate was asked to help."


@pytest.mark.clause("2.5.2")
def test_the_consultation_of_ones_own_lead_and_its_outcome_are_recorded(
    referrer: Referrer, essex: Cast
) -> None:
    referrer.begins("professional").tells()
    assert "local safeguarding procedures" in referrer.page("/refer/topic/own_lead")
    referrer.fills("own_lead", lead_consulted="yes")
    referrer.fills("/refer/topic/own_lead/more", lead_outcome="To refer today.",
                   lead_name="Sam Field, head")  # fmt: skip
    referrer.sends()
    kept = {row["code"]: row["answer"] for row in sent_to(essex).document}
    assert (kept["lead_consulted"], kept["lead_outcome"]) == ("Yes", "To refer today.")


def test_several_people_are_screened_each_alone(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("public").tells()
    referrer.client.post("/refer/add-person", {})
    referrer.client.post("/refer/add-person", {})
    referrer.fills("/refer/person/2/person", forenames="Second", surname="Birch", later="yes")
    referrer.fills("/refer/person/3/person", forenames="Third", surname="Cedar", later="yes")
    assert "Take out the second person?" in referrer.page("/refer/take-out/2")
    referrer.client.post("/refer/take-out/2", {})
    assert "Cedar" in referrer.page("/refer/person/2/person")
    referrer.sends()
    acting(essex.police_officer)
    names = [subject.person.names.get().surname for subject in Subject.objects.all()]
    assert names == ["Ashdown", "Cedar"]
    assert Task.objects.filter(kind="screen").count() == 2


def test_staff_or_kin_is_read_by_the_police_lead_first(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("public").tells()
    referrer.names(insider="yes")
    referrer.sends()
    acting(essex.police_officer)
    assert not Subject.objects.exists()
    acting(essex.police_lead)
    assert Task.objects.get(subject_id=Subject.objects.get().pk).kind == "read_first"


def test_who_referred_is_sealed_apart_and_unknown_unless_they_say_otherwise(
    referrer: Referrer, essex: Cast
) -> None:
    referrer.begins("public").tells()
    referrer.fills("referrer", referrer_name="Jo Meadow", referrer_telephone="01632 960001",
                   referrer_unknown="unknown", referrer_relationship="Neighbour")  # fmt: skip
    referrer.sends()
    referral = sent_to(essex)
    assert "Jo Meadow" not in str(referral.document)
    assert b"Jo Meadow" not in bytes(Sender.objects.get().sealed)
    assert Sender.objects.get().stays_unknown
    opened = referrers.opened(referral, by=essex.police_lead)
    assert opened and ("Name", "Jo Meadow") in opened.facts


def test_protected_traits_are_kept_from_those_who_decide(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("professional").tells()
    referrer.names(gender="female", nationality="Ruritanian")
    referrer.sends()
    referral = sent_to(essex)
    assert "Ruritanian" not in str(referral.document)
    assert not {"gender", "nationality"} & {row["code"] for row in referral.document}
    assert not Apart.objects.exists()


def test_real_prose_goes_through_word_for_word(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("professional").tells(exact_words=PROSE)
    for address in ("/refer/check", "/refer/topic/happened"):
        page = referrer.page(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "49" not in re.sub(r'value="[^"]*"', "", page)
    referrer.sends()
    kept = {row["code"]: row["answer"] for row in sent_to(essex).document}
    assert kept["exact_words"] == PROSE.replace("\r\n", "\n")


def test_the_question_is_frozen_with_the_answer(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("family_friend").tells(who_saw="", who_saw_not="not_known")
    referrer.sends()
    row = next(row for row in sent_to(essex).document if row["code"] == "who_saw")
    assert (row["question"], row["answer"]) == ("Who saw or heard it?", "I do not know")


@pytest.mark.requirement("S65")
def test_no_name_stands_in_a_title_an_address_or_a_cookie(referrer: Referrer) -> None:
    answer = referrer.begins("public").names()
    addresses = [str(answer["Location"])]
    for address in ("/refer/list", "/refer/person/1/person", "/refer/check"):
        page = referrer.page(address)
        title = re.search(r"<title>([^<]*)</title>", page)
        assert title
        assert "Ashdown" not in title[1]
        addresses += re.findall(r'(?:href|action)="([^"]*)"', page)
    referrer.tells().sends()
    page = referrer.page("/refer/received")
    assert "Ashdown" not in page
    assert not [address for address in addresses if "Ashdown" in address or "Robin" in address]
    assert not [c for c in referrer.client.cookies.values() if "Ashdown" in c.value]
    topic = referrer.begins("public").page("/refer/person/1/person")
    boxes = re.findall(r'<(?:input|textarea)[^>]*name="(?:forenames|other_names)"[^>]*>', topic)
    assert len(boxes) == 2
    for box in boxes:
        assert 'autocomplete="off"' in box
        assert 'spellcheck="false"' in box


def test_what_fills_in_every_box_is_marked_and_received(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("public").tells()
    referrer.client.post("/refer/check", {"website": "http://example.test"})
    assert referrer.code()
    assert sent_to(essex).marked == "trap"


def test_too_long_is_said_and_never_cut(referrer: Referrer) -> None:
    long = "é" * 20_001
    page = referrer.begins("public").fills("happened", exact_words=long).content.decode()
    assert "20,000 characters or fewer" in page
    assert long in page
    assert long in referrer.page("/refer/topic/happened")
    full = dict.fromkeys(("how_noticed", "exact_words", "who_saw"), "x" * 20000)
    referrer.fills("happened", ordinary_explanation="x" * 20_000, **full)
    referrer.fills("meaning", inference="y" * 20_000, harm_talk="z" * 20_000)
    assert "100,000" in referrer.page("/refer/check")
    assert "Send this referral" not in referrer.page("/refer/check")


@pytest.mark.clause("2.5.1")
def test_somebody_with_an_account_refers_the_same_way(referrer: Referrer, essex: Cast) -> None:
    backend = "waymark.web.door.sign_in_backend.ByPassword"
    referrer.client.force_login(essex.referrer, backend=backend)
    referrer.begins("professional").tells().sends()
    assert sent_to(essex).sent_by == essex.referrer
