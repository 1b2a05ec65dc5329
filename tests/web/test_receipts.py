"""The way back: with the code, without an account, and without learning anything of anybody."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import Cast, acting
from tests.story import HAPPENED, Story
from tests.web.panel import days_later
from tests.web.referrer import Referrer
from waymark.cases.models import Task
from waymark.referrals.deciding import screening
from waymark.referrals.models import Addition, Receipt
from waymark.referrals.writing import receipts
from waymark.web.door import waiting
from waymark.web.door.visiting import RECEIPT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> None:
    waiting._wrong.clear()


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).referred()


def with_code(code: str) -> tuple[Client, HttpResponse]:
    client = Client()
    return client, client.post("/receipt", {"code": code})  # type: ignore[return-value]


def opened(story: Story) -> Client:
    client, answer = with_code(story.sent.code)
    assert answer["Location"] == "/receipt/state"
    return client


def page(client: Client, address: str = "/receipt/state") -> str:
    return client.get(address).content.decode()


def hidden(client: Client, address: str) -> dict[str, str]:
    return Referrer(client).hidden(address)


@pytest.mark.requirement("S38")
def test_the_code_has_130_bits_and_stands_in_no_address(story: Story) -> None:
    assert len(story.sent.code) == 28
    client = opened(story)
    assert client.cookies[RECEIPT]["httponly"]
    assert story.sent.code not in page(client)
    receipt = Receipt.objects.get()
    assert story.sent.code not in str(vars(receipt))
    assert story.sent.code.encode() not in bytes(receipt.sealed_code)


@pytest.mark.requirement("S38")
def test_a_slip_of_the_pen_is_told_without_looking_anything_up(
    story: Story, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr(receipts, "visitors_of", never)
    code = story.sent.code
    slips = [("1" if code[0] != "1" else "2") + code[1:], code[:-1], code[1] + code[0] + code[2:]]
    for slip in slips if code[0] != code[1] else slips[:2]:
        _, answer = with_code(slip)
        assert "missing or mistyped" in answer.content.decode()


def test_a_code_may_be_typed_as_people_type(story: Story) -> None:
    typed = receipts.in_fours(story.sent.code).lower().replace("0", "o").replace(" ", " - ")
    _, answer = with_code(typed)
    assert answer["Location"] == "/receipt/state"


@pytest.mark.requirement("S39")
def test_an_unknown_code_answers_like_an_expired_one(story: Story) -> None:
    _, unknown = with_code(receipts.new_code())
    with days_later(367):
        _, expired = with_code(story.sent.code)
    pages = [answer.content.decode() for answer in (unknown, expired)]
    said = [text[text.index("There is nothing") :][:80] for text in pages]
    assert said[0] == said[1]
    assert unknown.status_code == expired.status_code == 200


@pytest.mark.alone
@pytest.mark.requirement("S38")
def test_who_tries_many_codes_waits_for_each_and_is_never_refused(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(waiting.time, "sleep", waits.append)
    for _ in range(25):
        with_code(receipts.new_code())
    assert len(waits) == 15
    assert 0 < max(waits) <= 5
    opened(story)
    assert len(waits) == 15


@pytest.mark.requirement("S39")
def test_it_says_received_looked_at_or_ended_and_no_more(story: Story, essex: Cast) -> None:
    client = opened(story)
    seen = [page(client)]
    assert "Your referral: received" in seen[0]
    story.taken()
    seen.append(page(client))
    assert "Your referral: being looked at" in seen[1]
    screening.decide(story.subject, by=acting(essex.police_officer), decision=story.decision())
    seen.append(page(client))
    assert "Your referral: ended" in seen[2]
    acting(essex.police_officer)
    story.subject.refresh_from_db()
    assert story.subject.case
    for text in seen:
        for secret in ("Ashdown", "Robin", "Essex</", story.subject.case.reference, "Person "):
            assert secret not in text
        assert "Information gathering" not in text


def test_the_screeners_question_is_answered_and_told_to_whoever_has_it(
    story: Story, essex: Cast
) -> None:
    story.taken()
    receipts.ask(story.sent.receipt, by=essex.police_officer, words="On which day was it?")
    client = opened(story)
    assert "On which day was it?" in page(client)
    said = {**hidden(client, "/receipt/answer/1"), "words": "On the Monday."}
    assert client.post("/receipt/answer/1", said)["Location"] == "/receipt/state?kept=yes"
    client.post("/receipt/answer/1", said)  # pressed twice
    assert "We have received what you wrote" in page(client, "/receipt/state?kept=yes")
    acting(essex.police_officer)
    added = Addition.objects.get()
    assert (added.words, added.kind, added.question.words) == (  # type: ignore[union-attr]
        "On the Monday.",
        "answer",
        "On which day was it?",
    )
    task = Task.objects.get(kind="read_addition")
    assert (task.user, task.subject_id) == (essex.police_officer, story.subject.pk)


def test_an_addition_to_a_case_is_told_to_its_holder(story: Story, essex: Cast) -> None:
    story.screened()
    client = opened(story)
    address = "/receipt/add"
    said = {**hidden(client, address), "kind": "correction", "words": "It was the other boy."}
    client.post(address, said)
    acting(essex.police_officer)
    task = Task.objects.get(kind="read_addition")
    assert (task.case, task.user) == (story.case, essex.police_officer)


def test_earlier_text_is_not_shown_back(story: Story, essex: Cast) -> None:
    client = opened(story)
    said = {**hidden(client, "/receipt/add"), "kind": "new", "words": "A second thing."}
    client.post("/receipt/add", said)
    for address in ("/receipt/state", "/receipt/add"):
        assert "A second thing." not in page(client, address)
        assert HAPPENED not in page(client, address)


@pytest.mark.parametrize("address", ["/receipt/state", "/receipt/add", "/receipt/answer/1"])
def test_without_a_code_nothing_opens(story: Story, address: str) -> None:
    for value in ("", "x" * 28, receipts.new_code()):
        client = Client()
        client.cookies[RECEIPT] = value
        assert client.get(address)["Location"] == "/receipt"


def test_leaving_quickly_forgets_the_code(story: Story) -> None:
    client = opened(story)
    client.get("/leave")
    assert client.cookies[RECEIPT].value == ""
