"""The person of a case: each fact with its source, added by those who may, edited by nobody."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import Pages
from waymark.audit.models import Look
from waymark.cases.known import person
from waymark.cases.known.person import Source
from waymark.directory.permission import Refused
from waymark.people.models import Address, BirthDate, Name, Telephone

SCHOOL = "The school’s register"


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).reviewed()


def test_every_row_stands_with_its_source_and_day(client: Client, story: Story) -> None:
    page = Pages(client, story.cast.police_officer).text("case_person", story.case.reference)
    for words in ("Ashdown, Robin", "4 May 2011", "Referral", "The referrer"):
        assert words in page
    assert "Telephone numbers: none is known yet." in page
    acting(story.cast.police_officer)
    assert Look.objects.filter(case_id=story.case.pk, part="person").exists()


WAYS: list[tuple[str, dict[str, Any], str]] = [
    ("name", {"forenames": "Rob", "surname": "Ashdowne", "kind": "spelling"}, "Ashdowne, Rob"),
    ("birth-date", {"born-month": "5", "born-year": "2010"}, "May 2010"),
    ("birth-date", {"born-age": "15"}, "about 15"),
    ("address", {"words": "1 Example Row", "lives": "yes", "protected": "no"}, "1 Example Row"),
    ("telephone", {"number": "07700 900123"}, "07700 900123"),
    ("email", {"address": "robin@example.org"}, "robin@example.org"),
    ("place", {"kind": "school", "name": "Marlbrook Academy"}, "Marlbrook Academy"),
    ("identifier", {"scheme": "Unique pupil number", "value": "X1"}, "Unique pupil number"),
]


@pytest.mark.parametrize("who", ["police_officer", "chair", "families_lead"])
@pytest.mark.parametrize(("kind", "answers", "shown"), WAYS)
def test_police_chair_and_lead_add_each_kind(
    client: Client, story: Story, who: str, kind: str, answers: dict[str, Any], shown: str
) -> None:
    pages = Pages(client, getattr(story.cast, who))
    done = pages.send("person_add", story.case.reference, kind, source=SCHOOL, **answers)
    assert done.status_code == 302, done.text
    page = pages.text("case_person", story.case.reference)
    assert shown in page and SCHOOL in page and getattr(story.cast, who).name in page


def test_a_wrong_fact_is_followed_and_stays(client: Client, story: Story) -> None:
    pages = Pages(client, story.cast.police_officer)
    acting(story.cast.police_officer)
    wrong = Name.objects.get(person_id=story.case.person_id)
    done = pages.send(
        "person_correct", story.case.reference, "name", wrong.pk, source=SCHOOL, kind="given",
        forenames="Robyn", surname="Ashdown", corrected="The forename was misheard",
    )  # fmt: skip
    assert done.status_code == 302
    page = pages.text("case_person", story.case.reference)
    assert "Ashdown, Robin" in page and "Corrected: The forename was misheard" in page
    assert "Ashdown, Robyn" in pages.text("cases")
    assert "Ashdown, Robin" not in pages.text("case", story.case.reference)
    again = pages.send(
        "person_correct", story.case.reference, "name", wrong.pk, source=SCHOOL, kind="given",
        forenames="Robine", surname="Ashdown", corrected="Again",
    )  # fmt: skip
    assert "This has been corrected already" in again.text and "Robine" in again.text


def test_a_source_is_asked_for_and_typed_words_stay(client: Client, story: Story) -> None:
    pages = Pages(client, story.cast.police_officer)
    page = pages.send("person_add", story.case.reference, "telephone", number="07700 900123")
    assert "Enter where this comes from" in page.text
    assert "07700 900123" in page.text


def test_the_coordinator_sees_the_name_only(client: Client, story: Story) -> None:
    pages = Pages(client, story.cast.coordinator)
    overview = pages.get("case", story.case.reference).text
    assert "/person" not in overview
    page = pages.text("case_person", story.case.reference)
    assert "Ashdown, Robin" in page and "You see the name only" in page
    assert "4 May 2011" not in page and "Add " not in page
    refused = pages.text("person_add", story.case.reference, "telephone")
    assert "This cannot be done now" in refused
    acting(story.cast.coordinator)
    with pytest.raises(Refused):
        person.add_telephone(
            story.case, by=story.cast.coordinator, source=Source(SCHOOL), number="07700 900123"
        )


@pytest.mark.requirement("S23")
def test_who_may_not_see_the_case_cannot_tell_that_it_exists(
    client: Client, story: Story, thurrock: Cast
) -> None:
    pages = Pages(client, thurrock.chair)
    for page, more in (("case_person", ()), ("person_add", ("name",)), ("own_records", ())):
        assert pages.get(page, story.case.reference, *more).status_code == 404
        assert pages.get(page, "00000000", *more).status_code == 404
    assert Pages(client, story.cast.police_officer).get(
        "person_add", story.case.reference, "shoe-size"
    ).status_code == 404  # fmt: skip


def test_a_protected_address_is_sealed_and_read_by_police_and_chair(
    client: Client, story: Story
) -> None:
    lead = Pages(client, story.cast.families_lead)
    done = lead.send(
        "person_add", story.case.reference, "address", words="The refuge at 7 Example Row",
        lives="yes", protected="yes", source=SCHOOL,
    )  # fmt: skip
    assert done.status_code == 302
    assert "7 Example Row" not in lead.text("case_person", story.case.reference)
    for who in ("police_officer", "chair"):
        reader = Pages(client, getattr(story.cast, who))
        page = reader.text("case_person", story.case.reference)
        assert "7 Example Row" in page and "Protected" in page
    acting(story.cast.families_lead)
    assert not Address.objects.filter(protected=True).exists()
    acting(story.cast.police_officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines, sealed FROM people_address WHERE protected")
        ((lines, sealed),) = cursor.fetchall()
    assert lines == "" and b"Example Row" not in bytes(sealed)


def test_a_correction_of_a_protected_address_is_protected_too(story: Story) -> None:
    officer = acting(story.cast.police_officer)
    first = person.add_address(
        story.case, by=officer, source=Source(SCHOOL), words="7 Example Row", protected=True
    )
    after = person.add_address(
        story.case, by=officer, source=Source(SCHOOL, first, "It is number 9"),
        words="9 Example Row",
    )  # fmt: skip
    assert after.protected and str(after) == "9 Example Row" and after.lines == ""


def test_a_fact_of_somebody_else_cannot_be_corrected(story: Story) -> None:
    other = Story(story.cast, surname="Meadowby").screened()
    officer = acting(story.cast.police_officer)
    theirs = BirthDate.objects.filter(person_id=other.case.person_id).get()
    with pytest.raises(Refused, match="not of this person"):
        person.add_birth_date(
            story.case, by=officer, source=Source(SCHOOL, theirs, "Wrong"), year=2010
        )
    assert not Telephone.objects.filter(person_id=other.case.person_id).exists()


@pytest.mark.clause("1.4.1")
def test_each_organisation_keeps_its_own_record_on_the_case(client: Client, essex: Cast) -> None:
    """The police and the council on the case, the school with its request."""
    story = Story(essex).partners_asked()
    said = {"file_number": "P/12", "kept_for": "Six years", "where": "The police’s own system"}
    officer = Pages(client, essex.police_officer)
    ours = str(essex.police.pk)
    assert officer.send("own_records", story.case.reference, organisation=ours, **said)
    chair = Pages(client, essex.chair)
    council = {"file_number": "", "kept_for": "Until 25", "where": "Social care’s system"}
    chair.send("own_records", story.case.reference, organisation=str(essex.council.pk), **council)
    school = Pages(client, essex.partner)
    done = school.send(
        "own_record", story.request.pk, file_number="S-7", kept_for="Until age 25",
        where="The safeguarding file",
    )  # fmt: skip
    assert done.status_code == 302
    assert "The safeguarding file" in school.text("own_record", story.request.pk)
    page = Pages(client, essex.police_lead).text("own_records", story.case.reference)
    for words in ("P/12", "Six years", "Until 25", "S-7", "The safeguarding file"):
        assert words in page


def test_a_partner_speaks_for_itself_alone(client: Client, essex: Cast, thurrock: Cast) -> None:
    story = Story(essex).partners_asked()
    assert Pages(client, thurrock.partner).get("own_record", story.request.pk).status_code == 404
    refused = Pages(client, essex.chair).client.post(
        f"/cases/{story.case.reference}/own-records",
        {"organisation": str(essex.partner.organisation_id), "kept_for": "x", "where": "y"},
    )
    assert "Select one of the answers shown" in refused.text
