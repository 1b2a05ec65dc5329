"""What anybody may read, without an account."""

import io

import pdfplumber
import pikepdf
import pytest
from django.test import Client

from tests.cast import Cast
from waymark.database.actor import Duty
from waymark.database.guard import become
from waymark.directory.models import Contact
from waymark.policy.pack import in_force

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("&#39;", "'")


@pytest.mark.clause("1.1.1", "1.1.6", "1.1.7", "2.1.7", "2.1.8")
def test_what_prevent_and_channel_are_and_are_not(client: Client) -> None:
    read = page(client, "/about")
    pack = in_force()
    for code, points in (("prevent_objectives", 3), ("prevent_commitments", 6)):
        assert len(pack.text(code).points) == points
        assert all(point in read for point in pack.text(code).points)
    assert len(pack.work_streams) == 4
    assert all(stream.aim in read and stream.reduces in read for stream in pack.work_streams)
    assert "to stop people becoming terrorists or supporting terrorism" in read
    assert "will not lead to an individual receiving a criminal record" in read
    assert "before illegality relating to terrorism occurs" in read
    assert "multi-agency approach to protect people at risk" in read


@pytest.mark.clause("2.3.2", "2.3.3", "2.3.4", "2.3.6")
def test_the_indicators_never_stand_without_their_warning(client: Client) -> None:
    read = page(client, "/about/indicators")
    assert all(indicator.text in read for indicator in in_force().indicators)
    assert all(caution.text in read for caution in in_force().cautions if caution.code != "lawful")
    assert "Lawful belief, worship, dress or protest is no concern in itself" in read


@pytest.mark.clause("2.9.2", "2.9.6")
def test_schools_and_voluntary_organisations_read_of_their_duty_and_support(
    client: Client,
) -> None:
    for address in ("/schools", "/voluntary-organisations"):
        read = page(client, address)
        assert "additional duty of vigilance" in read
        assert "The support that you can have" in read
    assert "Keeping Children Safe in Education" in page(client, "/schools")
    assert "wider safeguarding duties" in page(client, "/schools")


@pytest.mark.clause("2.12.2")
def test_the_training_that_replaces_wrap_is_awaited(client: Client) -> None:
    read = page(client, "/training")
    assert "A replacement for WRAP is awaited" in read
    for reference in in_force().references_in("learning"):
        assert f'href="{reference.address}"' in read


@pytest.mark.clause("2.5.16", "A.1")
def test_where_a_completed_form_goes_and_which_ways_are_secure(client: Client, essex: Cast) -> None:
    become(Duty("installation"))
    for office, published in (("Prevent co-ordination", True), ("Chair", False)):
        Contact.objects.create(
            office=office, organisation=essex.council, area=essex.area, published=published,
            email=f"{office.split()[0].lower()}@example.org", telephone="01632 960007",
        )  # fmt: skip
    read = page(client, "/send-securely")
    for words in ("nhs.net", ".pnn", "cjsm", ".gsi", "Egress", in_force().secure_address.email):
        assert words in read
    assert in_force().secure_address.telephone in read
    assert in_force().secure_address.form_email in read
    assert "Prevent co-ordination" in read
    assert "chair@example.org" not in read


@pytest.mark.clause("2.5.4", "A.1")
def test_the_blank_form_can_be_had_as_pdf(client: Client) -> None:
    answer = client.get("/refer/form.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Referral to Prevent"
        assert len(pdf.pages) > 3
    assert client.get("/refer/form.pdf?road=public").content != answer.content
    assert client.get("/refer/form.pdf?road=../../etc").status_code == 404


def test_the_form_on_paper_asks_what_the_screen_asks(client: Client) -> None:
    answer = client.get("/refer/form.pdf?road=family_friend")
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        text = " ".join(" ".join((one.extract_text() or "").split()) for one in pdf.pages)
    pack = in_force()
    for topic in pack.topics_of("family_friend"):
        for question in pack.questions_of(topic.code, "family_friend"):
            assert question.text_for("family_friend") in text
    assert "Demonstration. Do not enter real people." in text


def test_the_form_on_paper_says_how_its_code_is_had_and_what_each_question_follows_from(
    client: Client,
) -> None:
    answer = client.get("/refer/form.pdf")
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        text = " ".join(" ".join((one.extract_text() or "").split()) for one in pdf.pages)
    for words in (
        "Ring the police Prevent team and ask for it",
        "If you refer more than one person",
        "Only if you ticked “Yes” or “I do not know” at “Are they under 18?”",
        "Who sees these answers:",
    ):
        assert words in text, words
    for words in ("This service:", "until it says otherwise", "calls for it"):
        assert words not in text, words
    own = client.get("/refer/form.pdf?road=self")
    with pdfplumber.open(io.BytesIO(own.content)) as pdf:
        assert "more than one person" not in " ".join(one.extract_text() for one in pdf.pages)


@pytest.mark.parametrize("address", ["/about/indicators", "/policy/framework", "/policy/signs"])
def test_what_speaks_of_examples_above_stands_below_them(client: Client, address: str) -> None:
    read = page(client, address)
    assert read.count("The examples above are not exhaustive") == 1
    assert read.index(in_force().indicators[-1].text) < read.index("The examples above")


@pytest.mark.parametrize("address", ["/accessibility", "/privacy"])
def test_the_pages_that_every_footer_names(client: Client, address: str) -> None:
    assert "<h1" in page(client, address)
