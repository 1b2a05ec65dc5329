"""What came in: the queue, a referral as it was sent, and taking it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.story import HAPPENED, Story
from tests.web.police import Pages, decided, hidden, plain, where
from tests.web.screening_steps import referred
from waymark.audit.models import Look
from waymark.cases.models import Task
from waymark.database import clock
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.referrals.deciding import screening
from waymark.referrals.models import Screening

OTHERS = ["outsider", "chair", "coordinator", "administrator", "auditor", "partner", "adult_lead"]


@pytest.fixture
def story(essex: Cast) -> Story:
    return referred(essex)


@pytest.fixture
def officer(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.police_officer)


# ---- the queue


@pytest.mark.clause("2.5.6", "2.7.2")
def test_what_is_sent_stands_in_the_queue_with_age_and_date(officer: Pages, story: Story) -> None:
    page = officer.text("referrals")
    assert "Ashdown, Robin" in page and story.subject.referral.reference in page
    assert "Due" in page and "Nobody yet" in page


@pytest.mark.clause("2.5.6")
def test_what_waits_too_long_is_seen_to_by_the_police_lead(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    task = Task.objects.get(subject_id=story.subject.pk)
    clock.offset.set(timedelta(days=30))
    try:
        clock.set_offset(timedelta(days=30))
        page = Pages(client, essex.police_lead).text("referrals", query="?show=overdue")
    finally:
        clock.set_offset(timedelta())
    assert "working days overdue" in page and "Ashdown, Robin" in page
    acting(essex.police_lead)
    assert Task.objects.get(pk=task.pk).done_at is None


PAGES = (
    ("referrals", 0), ("not_prevent", 0), ("referral", 1), ("referral_referrer", 1),
    ("referral_additions", 1), ("referral_ask", 1), ("screening_take", 2),
    ("screening_known", 2), ("screening_look_for", 2), ("screening_decide", 2),
    ("screening_confirm", 2),
    ("screening_read", 2), ("screening_release", 2), ("screening_assign", 2),
    ("subject_safeguarding", 2),
)  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_to_others_nothing_of_it_exists(
    client: Client, story: Story, essex: Cast, who: str
) -> None:
    pages = Pages(client, getattr(essex, who))
    found = {page: pages.get(page, *where(story.subject)[:args]) for page, args in PAGES}
    assert {page: answer.status_code for page, answer in found.items()} == dict.fromkeys(found, 404)


@pytest.mark.requirement("S23")
def test_an_unknown_referral_and_one_not_to_be_seen_look_alike(client: Client, essex: Cast) -> None:
    story = Story(essex).referred(lead_first=True)
    pages = Pages(client, essex.police_officer)
    unseen = pages.get("referral", story.subject.referral.reference)
    absent = pages.get("referral", "00000000")
    assert unseen.status_code == absent.status_code == 404
    assert unseen.content == absent.content


def test_the_queue_pages_by_key_at_a_constant_number_of_queries(
    client: Client, essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waymark.referrals.queue.A_PAGE", 2)
    stories = [Story(essex, surname=f"Person{number}").referred() for number in range(3)]
    pages = Pages(client, essex.police_officer)
    first = pages.get("referrals")
    following = first.text.split("after=")[1].split('"')[0]
    second_page = pages.get("referrals", query=f"?after={following}")
    shown = [story.surname for story in stories if story.surname in first.text]
    rest = [story.surname for story in stories if story.surname in second_page.text]
    assert (
        len(shown) == 2
        and len(rest) == 1
        and set(shown) | set(rest) == {story.surname for story in stories}
    )
    assert pages.get("referrals", query="?after=nonsense~x").status_code == 200
    monkeypatch.setattr("waymark.referrals.queue.A_PAGE", 25)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            pages.get("referrals")
        return len(asked)

    before = cost()
    Story(essex, surname="Onemore").referred()
    assert cost() == before


# ---- a referral: as it was sent


def test_a_referral_shows_what_was_asked_and_given(officer: Pages, story: Story) -> None:
    page = officer.text("referral", story.subject.referral.reference)
    assert "What happened?" in page and HAPPENED in page
    assert "Jo Meadow" not in page  # who sent it stands apart


@pytest.mark.requirement("S33")
def test_opening_who_sent_it_is_a_look_of_its_own(
    officer: Pages, story: Story, essex: Cast
) -> None:
    page = officer.text("referral_referrer", story.subject.referral.reference)
    assert "Jo Meadow" in page
    acting(essex.police_officer)
    assert Look.objects.filter(part="referrer", object_id=story.subject.referral_id).count() == 1


def test_titles_and_addresses_never_name_the_person(officer: Pages, story: Story) -> None:
    for page in ("screening_take", "screening_known", "screening_decide"):
        answer = officer.get(page, *where(story.subject))
        title = answer.text.split("<title>")[1].split("</title>")[0]
        assert "Ashdown" not in title and story.subject.referral.reference in title


# ---- taking it


def test_who_takes_it_is_told_to_others_and_no_date_moves(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    due = Task.objects.get(subject_id=story.subject.pk).due_date
    pages = Pages(client, essex.police_officer)
    assert pages.about(story.subject, "screening_take").status_code == 302
    page = Pages(client, essex.second_officer).text("referrals")
    assert essex.police_officer.name in page
    acting(essex.police_lead)
    task = Task.objects.get(subject_id=story.subject.pk)
    assert (task.user, task.due_date) == (essex.police_officer, due)


def test_of_two_who_take_it_at_once_the_second_is_told(
    client: Client, story: Story, essex: Cast
) -> None:
    second_one = Client()
    late = Pages(second_one, essex.second_officer)
    opened = late.get("screening_take", *where(story.subject))
    Pages(client, essex.police_officer).about(story.subject, "screening_take")
    answer = second_one.post(reverse("screening_take", args=where(story.subject)), hidden(opened))
    assert "was changed while you had the page open" in plain(answer)
    assert essex.police_officer.name in plain(answer)
    acting(essex.police_lead)
    story.subject.refresh_from_db()
    assert story.subject.taken_by == essex.police_officer


@pytest.mark.lesson("R38")
def test_reassigning_a_late_one_leaves_its_age_and_date(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    before = Task.objects.get(subject_id=story.subject.pk)
    received = story.subject.referral.received_at
    clock.set_offset(timedelta(days=30))
    try:
        lead = Pages(client, essex.police_lead)
        answer = lead.about(story.subject, "screening_assign", to=str(essex.second_officer.pk))
        assert answer.status_code == 302, plain(answer)
        page = lead.text("referrals", query="?show=overdue")
        assert "overdue" in page and essex.second_officer.name in page
        over = Pages(client, essex.police_officer).about(story.subject, "screening_take")
        assert over.status_code == 302
    finally:
        clock.set_offset(timedelta())
    acting(essex.police_lead)
    after = Task.objects.get(pk=before.pk)
    assert (after.due_date, after.made_at) == (before.due_date, before.made_at)
    assert after.user == essex.police_officer
    story.subject.referral.refresh_from_db()
    assert story.subject.referral.received_at == received


@pytest.mark.lesson("R38")
def test_many_are_decided_only_one_by_one_each_with_its_words(client: Client, essex: Cast) -> None:
    stories = [Story(essex, surname=f"Person{number}").referred() for number in range(5)]
    pages = Pages(client, essex.police_officer)
    assert "All (5)" in pages.text("referrals") and "Not taken (5)" in pages.text("referrals")
    assert "<form" not in pages.get("referrals").text.split("<main")[1].split("</main")[0]
    assert "checkbox" not in pages.get("referrals").text
    first = stories[0].subject
    pages.about(first, "screening_take")
    answer = pages.about(first, "screening_outcome", "no-concern", **decided(why=""))
    assert "There is a problem" in plain(answer)
    acting(essex.police_officer)
    assert Screening.objects.count() == 0


def test_only_the_lead_gives_a_referral_to_somebody(officer: Pages, story: Story) -> None:
    page = officer.text("screening_assign", *where(story.subject))
    assert "Only the police lead gives a referral to somebody else (2.5.6)" in page


def test_somebody_elses_referral_is_taken_over_before_it_is_decided(
    client: Client, story: Story, essex: Cast
) -> None:
    story.taken()
    other = Pages(client, essex.second_officer)
    assert "Somebody else has taken this referral" in other.text(
        "screening_decide", *where(story.subject)
    )
    with pytest.raises(Refused, match="Somebody else has taken"):
        screening.decide(story.subject, by=acting(essex.second_officer), decision=story.decision())


# ---- read by the police lead first


@pytest.mark.clause("2.5.6")
def test_what_may_concern_staff_is_read_by_the_lead_first_and_let_go(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).referred(lead_first=True)
    reference = story.subject.referral.reference
    assert "Ashdown" not in Pages(client, essex.police_officer).text("referrals")
    lead = Pages(client, essex.police_lead)
    assert "The police lead reads it first" in lead.text("referrals")
    acting(essex.police_lead)
    due = Task.objects.get(subject_id=story.subject.pk).due_date
    assert lead.about(story.subject, "screening_release").status_code == 302
    assert "Ashdown" in Pages(client, essex.police_officer).text("referral", reference)
    acting(essex.police_officer)
    task = Task.objects.waiting().get(subject_id=story.subject.pk)
    assert (task.kind, task.role, task.due_date) == ("screen", Role.POLICE_OFFICER, due)
    again_page = Pages(client, essex.police_lead).text("screening_release", *where(story.subject))
    assert "The team may read this referral already" in again_page
