"""Looking over the answers before sending: what is missing, and what was not understood."""

import pytest

from tests.cast import Cast, acting
from tests.web.referrer import Referrer
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.referrals.models import Referral
from waymark.referrals.writing import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def referrer() -> Referrer:
    return Referrer()


def kept(cast: Cast) -> list[dict[str, object]]:
    acting(cast.police_lead)
    rows: list[dict[str, object]] = Referral.objects.get().document
    return rows


def test_an_unanswered_list_of_ticks_is_not_provided(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("professional").tells()
    assert "<li dir" not in referrer.page("/refer/check")
    referrer.sends()
    needs = next(row for row in kept(essex) if row["code"] == "needs")
    assert needs["answer"] == []


def test_what_is_not_understood_is_named_and_sent_only_by_choice(
    referrer: Referrer, essex: Cast
) -> None:
    referrer.begins("public").tells(exact_words="x" * 20_001)
    referrer.names(**{"birth-age": "abc"})
    page = referrer.page("/refer/check")
    assert "We could not understand some answers" in page
    assert 'href="/refer/person/1/person?back=check#id_birth-day"' in page
    assert 'href="/refer/topic/happened?back=check#id_exact_words"' in page
    assert "you have typed 20,001" in page
    unchosen = referrer.client.post("/refer/check", referrer.hidden("/refer/check"))
    assert "Change those answers, or tick" in unchosen.content.decode()
    acting(essex.police_lead)
    assert not Referral.objects.exists()
    said = referrer.hidden("/refer/check") | {"as_typed": "yes"}
    assert referrer.client.post("/refer/check", said)["Location"] == "/refer/received"
    rows = {str(row["code"]): row for row in kept(essex)}
    assert rows["birth"]["answer"] == "abc"
    assert "As it was typed" in str(rows["birth"]["note"])
    assert rows["surname"]["note"] == ""


def test_an_answer_and_i_do_not_know_do_not_stand_together(referrer: Referrer) -> None:
    referrer.begins("public").tells()
    said = {"who_saw": "Me", "who_saw_not": "not_known"}
    page = referrer.fills("happened", **said).content.decode()
    assert "Write an answer, or tick “I do not know”, not both" in page
    both = {"who_saw": "", "who_saw_not": ["not_known", "rather_not_say"]}
    page = referrer.fills("happened", **both).content.decode()
    assert "Tick “I do not know” or “I would rather not say”, not both" in page


def test_to_change_an_answer_leads_to_the_question_and_back_again(referrer: Referrer) -> None:
    referrer.begins("public").tells()
    address = "/refer/topic/happened?back=check"
    assert f'href="{address}#id_where_happened"' in referrer.page("/refer/check")
    answer = referrer.fills(address, how_noticed="By chance", later="yes")
    assert answer["Location"] == "/refer/check"


def test_what_holds_it_back_has_a_link_and_no_clause(referrer: Referrer) -> None:
    referrer.begins("self")
    page = referrer.page("/refer/check")
    assert "This cannot be sent as it is" in page
    assert "“What is worrying you?”" in page
    assert 'href="/refer/topic/happened?back=check#id_how_noticed"' in page
    assert "2.4.1" not in page
    assert "2.4.1" not in referrer.client.post("/refer/check", {}).content.decode()


def test_each_of_several_people_is_asked_about_and_named(referrer: Referrer, essex: Cast) -> None:
    referrer.begins("professional").tells()
    referrer.client.post("/refer/add-person", {})
    for number, age in ((1, "yes"), (2, "no")):
        referrer.fills(f"/refer/person/{number}/safety", under_18=age, later="yes")
        referrer.fills(f"/refer/person/{number}/told", consent="given", later="yes")
    page = referrer.page("/refer/check")
    assert "First person: Robin Ashdown" in page
    assert "Second person. What is their last name?" in page
    assert "What is their last name? (first person)</span>" in page
    assert "You refer 2 people" in referrer.page("/refer/topic/happened")
    title = referrer.page("/refer/person/1/safety").split("</title>")[0]
    assert "first person" in title and "Ashdown" not in title
    referrer.sends()
    said = {row["person"]: row["answer"] for row in kept(essex) if row["code"] == "under_18"}
    assert said == {0: "Yes", 1: "No"}


def test_what_was_once_asked_of_all_is_kept_for_each(referrer: Referrer) -> None:
    referrer.begins("professional").tells()
    become(Visitor(drafts.digest_of(referrer.secret)))
    written = drafts.opened(referrer.secret)
    assert written
    written.matter["under_18"] = "yes"
    written.people.append({})
    drafts.save(referrer.secret, written)
    again = drafts.opened(referrer.secret)
    assert again and "under_18" not in again.matter
    assert [person["under_18"] for person in again.people] == ["yes", "yes"]
    old_tab = referrer.client.post("/refer/topic/safety", {"disability": "Typed in an old tab"})
    assert "changed=page" in old_tab["Location"]
    assert "Typed in an old tab" in referrer.page("/refer/person/1/safety")


def test_what_follows_from_an_answer_has_a_heading_of_its_own(referrer: Referrer) -> None:
    referrer.begins("public")
    referrer.fills("noticed", noticed_by="somebody_else")
    page = referrer.page("/refer/topic/noticed/more")
    assert "<title>Who noticed first, a little more" in page


def test_who_sees_a_page_is_said_once_where_it_is_the_same_for_all(referrer: Referrer) -> None:
    referrer.begins("public")
    assert referrer.page("/refer/topic/happened").count("Who sees") == 1
    assert referrer.page("/refer/person/1/person").count("Who sees this:") > 2


def test_one_who_comes_for_themselves_is_not_offered_not_to_know_their_name(
    referrer: Referrer,
) -> None:
    page = referrer.begins("self").page("/refer/person/1/person")
    assert 'name="forenames_not" type="checkbox" value="rather_not_say"' in page
    assert 'name="forenames_not" type="checkbox" value="not_known"' not in page
    assert "a person you trust" in referrer.page("/refer/person/1/life")
    referrer.begins("public")
    assert 'value="not_known"' in referrer.page("/refer/person/1/person")


def test_another_kind_of_organisation_can_be_picked(referrer: Referrer) -> None:
    assert "Another kind" in referrer.begins("professional").page("/refer/topic/referrer")


def test_no_page_offers_the_way_to_itself(referrer: Referrer) -> None:
    referrer.begins("public")
    assert 'href="/refer/delete"' not in referrer.page("/refer/delete")
    assert 'href="/refer/code"' not in referrer.page("/refer/code")
    assert 'href="/refer/delete"' in referrer.page("/refer/list")


def test_a_code_typed_in_the_wrong_place_is_shown_the_right_one(referrer: Referrer) -> None:
    code = referrer.begins("public").tells().sends()
    elsewhere = Referrer()
    page = elsewhere.client.post("/refer/come-back", {"code": code}).content.decode()
    assert "looks like a receipt code" in page and 'href="/receipt"' in page
    come_back = drafts.come_back_code(drafts.new_secret())
    page = elsewhere.client.post("/receipt", {"code": come_back}).content.decode()
    assert "looks like a code to come back" in page and 'href="/refer/come-back"' in page
