"""What stands around every page of somebody without an account."""

import pytest
from django.test import Client

from tests.cast import Cast, acting

pytestmark = pytest.mark.django_db
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
LEAVE = "Leave this page quickly"
ADDRESSES = ("/policy", "/policy/framework", "/policy/definitions", "/policy/consent")


@pytest.mark.parametrize("address", [*ADDRESSES, "/sign-in", "/nowhere", "/schools", "/privacy"])
def test_a_visitor_can_leave_every_page_and_is_at_home_where_they_refer(
    client: Client, address: str
) -> None:
    page = client.get(address).content.decode()
    assert LEAVE in page
    assert 'class="govuk-generic-header__homepage-link" href="/refer"' in " ".join(
        page.replace('href="/refer" class="govuk-generic-header__homepage-link"',
                     'class="govuk-generic-header__homepage-link" href="/refer"').split()
    )  # fmt: skip


def test_the_first_page_of_a_visitor_is_where_they_refer(client: Client) -> None:
    page = client.get("/nowhere").content.decode()
    assert 'href="/refer">Go to the first page' in page


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere"])
def test_who_works_here_keeps_their_own_frame(client: Client, essex: Cast, address: str) -> None:
    client.force_login(acting(essex.police_officer), backend=BACKEND)
    page = client.get(address).content.decode()
    assert LEAVE not in page
    assert 'href="/referrals"' in page


@pytest.mark.parametrize("address", ["/refer/add-person", "/sign-out"])
def test_an_address_that_only_a_form_leads_to_says_so(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "This page cannot be opened in this way" in answer.content.decode()
    assert LEAVE in answer.content.decode()


def test_numbers_can_be_rung_from_the_page(client: Client) -> None:
    assert 'href="tel:999"' in client.get("/refer/police/danger").content.decode()
    for address in ("/schools", "/voluntary-organisations", "/accessibility"):
        page = client.get(address).content.decode()
        assert 'href="tel:0' in page
        assert 'href="/send-securely#blank-forms"' in page


def test_what_leaving_does_is_told_as_it_is(client: Client) -> None:
    nothing = client.get("/refer/list").content.decode()
    assert "can still open it" in nothing
    before = client.get("/refer/read/before").content.decode()
    assert before.count("this browser forgets") == 1
    assert "Whoever has that code can open what you typed" in before


def test_a_relative_reads_plain_words_before_those_for_people_at_work(client: Client) -> None:
    page = client.get("/refer/read/concern").content.decode()
    plain, work = page.index("think over what you know"), page.index("because of your work")
    assert plain < work < page.index("practitioners should respond")


def test_privacy_says_who_may_ask_and_what_is_written_down(client: Client) -> None:
    page = client.get("/privacy").content.decode()
    for words in ("may invite you", "may ask what is written", "it is written down who did"):
        assert words in page
