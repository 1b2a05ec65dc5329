"""A case that moves while its meeting is open; somebody who is away for one case of it."""

from io import BytesIO

import pdfplumber
import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from waymark.panels.models import Attendance, Declaration, Departure, Minute, Position

MOVES = {
    "outside": "", "receiver": "", "length": "lasting", "why": "The family moves",
    "about": "A pupil of 15", "goes_along": "The plan",
}  # fmt: skip


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    story = Story(essex)
    story.on_panel()
    return Desk(client, story)


def moves(desk: Desk, story: Story, to: Cast) -> None:
    reference = story.case.reference
    desk.done(desk.cast.chair, "transfer", reference, **MOVES | {"to": str(to.area.pk)})
    desk.done(to.chair, "transfer", reference, decision="yes", why="They live here now")


@pytest.mark.clause("2.6.1", "2.8.19")
@pytest.mark.lesson("R22")
def test_a_case_that_moves_in_a_meeting_leaves_a_minute_and_nothing_later(
    desk: Desk, essex: Cast, thurrock: Cast
) -> None:
    other = Story(essex, surname="Brook").on_panel()
    first = desk.story
    meeting = desk.open_a_meeting()
    place = desk.where(meeting)
    brook = meeting.items.get(case=other.case)
    desk.done(
        essex.coordinator, "meeting_invite", meeting.pk, who=essex.referrer.pk, body="",
        capacity="Form tutor", item=brook.pk, kind="agency",
    )  # fmt: skip
    acting(essex.chair)
    tutor = meeting.attendances.get(user=essex.referrer)
    desk.done(essex.chair, "meeting_register", meeting.pk, **{f"came_{tutor.pk}": "yes"})
    said = {"words": "The tutor was heard", "why_undecided": "The family has moved"}
    desk.done(essex.coordinator, "meeting_discussed", *place, **said)
    moves(desk, first, thurrock)
    left = (
        "The tutor was heard", "Transferred to the panel of Thurrock on", "The family moves",
        f"{essex.chair.name} asked on", f"{thurrock.chair.name} accepted for Thurrock",
        "They live here now", first.case.reference,
    )  # fmt: skip
    for user in (essex.chair, essex.coordinator, essex.panel_member, essex.families_lead):
        page = desk.at(user).text("meeting_minutes", meeting.pk)
        assert all(words in page for words in left), page
        assert desk.at(user).get("case", first.case.reference).status_code == 404
        assert desk.at(user).get("meeting_paper", *place).status_code == 404
    assert first.case.reference not in desk.at(essex.referrer).text("meeting_minutes", meeting.pk)
    assert desk.at(thurrock.panel_member).get("meeting_minutes", meeting.pk).status_code == 404
    for stranger in (thurrock.panel_member, thurrock.provider, essex.outsider, essex.provider):
        acting(stranger)
        assert not Departure.objects.exists()
    # one that was decided on, and moves before the minutes are signed: what was minuted stays
    desk.story = other
    desk.decide("deferred", meeting, reasons="The plan is not ready")
    desk.done(essex.chair, "meeting_end", meeting.pk)
    moves(desk, other, thurrock)
    for user in (essex.panel_member, essex.referrer):
        page = desk.at(user).text("meeting_minutes", meeting.pk)
        assert "The plan is not ready" in page and "Transferred to the panel of Thurrock" in page
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    member = desk.at(essex.panel_member).text("meeting_minutes", meeting.pk)
    assert "Transferred" not in member and "The plan is not ready" not in member
    answer = desk.at(essex.chair).get("meeting_minutes_pdf", meeting.pk)
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        paper = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "The plan is not ready" in paper and "They live here now" in paper
    acting(thurrock.chair)
    assert Departure.objects.count() == 2 and Minute.objects.count() == 1


@pytest.mark.clause("2.1.3", "2.8.19")
@pytest.mark.lesson("R15")
def test_who_is_away_for_one_case_does_not_count_for_it_and_does_for_the_next(
    desk: Desk, essex: Cast
) -> None:
    other = Story(essex, surname="Brook").on_panel()
    meeting = desk.open_a_meeting()
    place = desk.where(meeting)
    acting(essex.chair)
    member = Attendance.objects.get(user=essex.panel_member)
    social = Attendance.objects.get(user=essex.families_lead)
    assert "Somebody is not in the room for this case" in desk.hearing(meeting, essex.coordinator)
    page = desk.refused(essex.coordinator, "meeting_away", *place, who=member.pk, words="")
    assert "Enter why they are not in the room" in page
    late = {"who": member.pk, "words": "Came at ten, for the second case"}
    desk.done(essex.coordinator, "meeting_away", *place, **late)
    page = desk.hearing(meeting)
    assert "Not in the room for this case" in page and "Came at ten" in page and "Quorate" in page
    heard = desk.at(essex.coordinator).text("meeting_heard", *place)
    assert "Not in the room for this case: Came at ten" in heard
    assert f'value="{member.pk}"' not in desk.at(essex.chair).get("meeting_away", *place).text
    gone = {f"stance_{member.pk}": "dissents", f"words_{member.pk}": "No"}
    desk.decide("deferred", meeting, **gone)
    acting(essex.chair)
    apart = Position.objects.filter(decision__item_id=place[1])
    assert apart.exists() and not apart.filter(attendance=member).exists()
    words = Minute.objects.get().words
    assert f"{essex.panel_member} was not in the room for this case: Came at ten" in words
    page = desk.refused(essex.chair, "meeting_away", *place, who=social.pk, words="Rang")
    assert "has its outcome at this meeting" in page
    # for the next case they are there; without social care nothing is decided on it
    desk.story = other
    there = desk.hearing(meeting)
    assert "Not in the room" not in there.split("Before")[0].replace("Somebody is not", "")
    desk.done(essex.chair, "meeting_away", *desk.where(meeting), who=social.pk, words="Called away")
    page = desk.not_decided("deferred", meeting)
    assert "nobody is there for: " in page
    acting(essex.chair)
    assert set(Declaration.objects.values_list("kind", flat=True)) == {"away"}
