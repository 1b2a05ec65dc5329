"""The assessment on paper: blank, and what is assessed of a case, with what is missing first."""

import io
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.test import Client

from tests.cast import Cast
from tests.story import Story
from tests.web.panel import Desk
from waymark.policy.pack import in_force


def words_of(answer: Any) -> str:
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def is_accessible(answer: Any) -> bool:
    """Tagged, with a title and a language, and marked as PDF/UA."""
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        ua = pdf.open_metadata().get("pdfuaid:part")
        return bool(ua and pdf.Root.MarkInfo.Marked and pdf.Root.Lang and pdf.docinfo.get("/Title"))


@pytest.mark.clause("2.2.4")
def test_the_blank_assessment_has_every_factor_and_no_box_for_a_sum(
    client: Client, db: None
) -> None:
    answer = client.get("/policy/framework/blank.pdf")
    assert is_accessible(answer)
    words = words_of(answer)
    for factor in in_force().framework.factors:
        assert factor.name in words
    assert "Not yet known" in words and "no total, no score" in words


@pytest.mark.clause("2.2.2", "2.3.1")
@pytest.mark.lesson("R13")
def test_what_is_missing_stands_first_and_each_page_says_whose_copy_it_is(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).assessed())
    answer = desk.at(essex.police_officer).get("assessment_pdf", desk.reference)
    assert is_accessible(answer)
    words = words_of(answer)
    assert words.index("What is missing") < words.index("Partly present")
    assert "Feeling under threat" in words[: words.index("Partly present")]
    assert "Sits apart, then with older friends (The form tutor; fact)" in words
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert all(f"Copy of {essex.police_officer.name}" in page for page in pages)


@pytest.mark.requirement("S65")
def test_neither_file_name_nor_properties_name_the_person(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).assessed())
    answer = desk.at(essex.police_officer).get("assessment_pdf", desk.reference)
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        said = str(dict(pdf.docinfo)) + str(dict(pdf.open_metadata()))
    said += answer.headers["Content-Disposition"]
    assert "Ashdown" not in said and "Robin" not in said


def test_who_does_not_see_the_assessment_gets_no_paper(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).second_risk())
    coordinator = desk.at(essex.coordinator).get("assessment_pdf", desk.reference)
    outsider = desk.at(essex.outsider).get("assessment_pdf", desk.reference)
    assert (coordinator.status_code, outsider.status_code) == (403, 404)
    assert desk.at(essex.chair).get("assessment_pdf", desk.reference).status_code == 200


def test_without_an_assessment_there_is_no_paper(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).partners_answered())
    answer = desk.at(essex.police_officer).get("assessment_pdf", desk.reference)
    assert answer.status_code == 404
