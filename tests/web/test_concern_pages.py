"""A new concern that joins an open case is read by the police and the chair, and considered."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import FOUR, Pages, again
from waymark.cases import safeguarding
from waymark.cases.models import Case, Entry, ParallelProcess, PoliceConsidered, Task
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role
from waymark.referrals.deciding import known, screening
from waymark.web.rows.task_links import address_of

SAID = {
    "escalation": "It has: what he said goes further. Existing means are considered.",
    "suits": "Channel still suits: he wants to be helped.",
}


def joined(story: Story) -> Story:
    """The same person is referred once more, and that referral joins the open case."""
    cast = story.cast
    subject = again(story)
    officer = acting(cast.police_officer)
    screening.take(subject, by=officer)
    subject.refresh_from_db()
    for other in known.unanswered(subject):
        known.say(
            subject, by=officer, other_id=other.person_id, answer="same", why="Same birth date"
        )
    decision = story.decision(
        "joins_case", case_id=story.case.pk, extract="A second teacher heard more.", **FOUR
    )
    screening.decide(subject, by=officer, decision=decision)
    return story.seen_again()


def waiting(story: Story) -> list[Task]:
    acting(story.cast.police_lead)
    found = Task.objects.waiting().filter(kind="read_new_concern", case=story.case)
    return list(found.select_related("case"))


@pytest.fixture
def story(essex: Cast) -> Story:
    return joined(Story(essex).risk_assessed())


@pytest.fixture
def desk(client: Client, story: Story) -> Desk:
    return Desk(client, story)


@pytest.mark.clause("2.8.17")
def test_the_police_read_it_and_record_what_they_considered(
    desk: Desk, story: Story, essex: Cast
) -> None:
    assert {address_of(task) for task in waiting(story)} == {f"/cases/{desk.reference}/new-concern"}
    page = desk.at(essex.police_officer).text("new_concern", desk.reference)
    assert "A second teacher heard more." in page and "A second teacher now says" in page
    empty = desk.refused(
        essex.police_officer, "new_concern", desk.reference, escalation="", suits=""
    )
    assert "Enter what the police considered" in empty
    desk.done(essex.police_officer, "new_concern", desk.reference, **SAID)
    assert [task.role for task in waiting(story)] == ["chair"]
    assert [one.suits for one in PoliceConsidered.objects.all()] == [SAID["suits"]]
    acting(essex.chair)
    assert not PoliceConsidered.objects.exists()
    entry = Entry.objects.get(case=story.case, by=essex.police_officer)
    assert "The police considered" in entry.words and SAID["escalation"] not in entry.words


def test_the_chair_reads_it_too_and_need_say_nothing(desk: Desk, story: Story, essex: Cast) -> None:
    page = desk.at(essex.vice_chair).text("new_concern", desk.reference)
    assert "A second teacher heard more." in page
    desk.done(essex.vice_chair, "new_concern", desk.reference, words="")
    assert [task.role for task in waiting(story)] == ["police_officer"]
    again_ = desk.at(essex.chair).text("new_concern", desk.reference)
    assert "This new concern waits for somebody else (2.8.17)" in again_


def test_where_nothing_new_waits_the_page_says_so(client: Client, essex: Cast) -> None:
    story = Story(essex).screened()
    page = Pages(client, essex.police_officer).text("new_concern", story.case.reference)
    assert "No new concern waits to be read (2.8.17)" in page
    assert Pages(client, essex.outsider).get("new_concern", story.case.reference).status_code == 404


@pytest.mark.clause("2.11.1")
def test_another_proceeding_is_written_down_with_its_dates(desk: Desk, essex: Cast) -> None:
    first, last = today() - timedelta(days=9), today() + timedelta(days=90)
    said = {
        "kind": "licence",
        "words": "No contact with one group",
        "source": "The probation officer",
    }
    wrong = said | day("from_date", last) | day("until_date", first)
    refused = desk.refused(essex.families_lead, "proceeding", desk.reference, **wrong)
    assert "The proceeding ends before it begins (2.11.1)" in refused
    assert "No contact with one group" in refused
    right = said | day("from_date", first) | day("until_date", last)
    desk.done(essex.families_lead, "proceeding", desk.reference, **right)
    page = desk.at(essex.police_officer).text("proceeding", desk.reference)
    assert "Probation licence" in page and essex.families_lead.name in page
    assert "Write down another proceeding" in desk.at(essex.chair).text("case", desk.reference)
    acting(essex.police_lead)
    made = ParallelProcess.objects.get()
    assert (made.from_date, made.until_date) == (first, last)
    assert Case.objects.get(pk=made.case_id).reference == desk.reference


@pytest.mark.clause("2.5.13")
def test_social_care_accepts_what_it_is_sent_and_never_sees_the_case(
    client: Client, essex: Cast
) -> None:
    become(INSTALLATION)
    care = essex.organisation("Children’s care", "children_social_care")
    duty = essex.appointed(Role.PARTNER, of=care)
    story = Story(essex).risk_assessed()
    lead = acting(essex.families_lead)
    made = safeguarding.refer(story.case, by=lead, to=care, about="Robin", why="Alone at night")
    page = Pages(client, duty)
    assert "Alone at night" in page.text("safeguarding", made.pk)
    answer = page.send("safeguarding", made.pk, post="A. Duty, duty social worker")
    assert answer.status_code == 302 and client.get(answer.url).status_code == 200
    assert page.get("case", story.case.reference).status_code == 404
    acting(essex.families_lead)
    made.refresh_from_db()
    assert made.accepted_by_post == "A. Duty, duty social worker"
