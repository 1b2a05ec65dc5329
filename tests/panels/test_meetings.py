"""Meetings: no open case is left out, nobody decides without the quorum, minutes stay as signed."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from waymark.cases import held
from waymark.cases.models import Case, Grant
from waymark.database.clock import now, today
from waymark.directory.permission import Refused
from waymark.panels import actions, decisions
from waymark.panels.meeting import attendance, days, meetings, minutes
from waymark.panels.models import Action, AgendaItem, Attendance, Decision, Meeting, Minute
from waymark.panels.reading.meetings import invited_to, item_now

SOON = today() + timedelta(days=7)


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).on_panel()


def decide(story: Story, item: AgendaItem, kind: str = "deferred", **differs: object) -> Decision:
    said = story.proposed(item, kind, **differs)
    return decisions.decide(item, by=acting(story.cast.chair), said=said)


def test_the_next_meeting_follows_the_areas_rhythm(essex: Cast, thurrock: Cast) -> None:
    acting(essex.chair)
    third_wednesday = meetings.next_date(essex.area)
    assert third_wednesday.weekday() == 2 and 15 <= third_wednesday.day <= 21
    assert meetings.next_date(thurrock.area) >= today() + timedelta(days=28)


@pytest.mark.lesson("R14")
def test_every_open_case_of_the_area_is_on_the_agenda(essex: Cast, thurrock: Cast) -> None:
    there = Story(thurrock).on_panel()
    early = Story(essex, surname="Birchall").at_next_step()
    cases = [
        Story(essex, surname="Cedarwood").on_panel(),
        Story(essex, surname="Dogwood").plan_agreed(),
        Story(essex, surname="Elder").consented(),
        Story(essex, surname="Fir").exit_recommended(),
        Story(essex, surname="Gorse").on_panel(),
    ]
    officer = acting(essex.police_officer)
    held.hold(cases[-1].case, by=officer, why="Risen", look_again_date=SOON)
    held.hold(early.case, by=officer, why="Risen", look_again_date=SOON)
    acting(essex.chair)
    meeting = meetings.call(essex.area, by=essex.chair, on_date=today())
    on_it = set(meeting.items.values_list("case_id", flat=True))
    assert on_it == {each.case.pk for each in cases}
    assert there.case.pk not in on_it


def test_what_comes_to_the_panel_after_the_call_is_put_on_when_it_opens(essex: Cast) -> None:
    meeting = meetings.call(essex.area, by=acting(essex.coordinator), on_date=today())
    story = Story(essex).on_panel()
    meetings.open_meeting(meeting, by=acting(essex.chair))
    assert meeting.items.get().case_id == story.case.pk


def test_a_panel_meets_once_on_a_day(story: Story, essex: Cast) -> None:
    meetings.call(essex.area, by=acting(essex.coordinator), on_date=SOON)
    with pytest.raises(Refused, match="is on .* already") as refused:
        meetings.call(essex.area, by=acting(essex.chair), on_date=SOON)
    assert refused.value.until == "Every open case is on its agenda. Use that one."
    assert Meeting.objects.count() == 1


def test_a_planned_meeting_moves_to_another_day(story: Story, essex: Cast) -> None:
    meeting = meetings.call(essex.area, by=acting(essex.coordinator), on_date=SOON)
    other = meetings.call(essex.area, by=essex.coordinator, on_date=today())
    with pytest.raises(Refused, match="already"):
        days.move(meeting, by=essex.coordinator, to_date=today())
    days.move(meeting, by=essex.coordinator, to_date=SOON + timedelta(days=1))
    assert Meeting.objects.get(pk=meeting.pk).on_date == SOON + timedelta(days=1)
    with pytest.raises(Refused, match="not yours"):
        days.move(other, by=acting(essex.police_lead), to_date=SOON)


def test_a_meeting_is_called_off_with_a_reason_and_its_papers_are_closed(
    story: Story, essex: Cast
) -> None:
    meeting = meetings.call(essex.area, by=acting(essex.chair), on_date=SOON)
    with pytest.raises(Refused, match="Nothing says why"):
        days.call_off(meeting, by=essex.chair, why=" ")
    days.call_off(meeting, by=essex.chair, why="Snow")
    kept = Meeting.objects.get()
    assert (kept.state, kept.called_off_why) == ("called_off", "Snow")
    assert not Grant.objects.filter(why=attendance.papers_of(meeting), until_at=None).exists()
    assert item_now(story.case) is None
    acting(essex.panel_member)
    assert [each.pk for each in invited_to(essex.panel_member)] == [meeting.pk]
    with pytest.raises(Refused, match="not planned any more"):
        meetings.open_meeting(meeting, by=acting(essex.chair))
    assert meetings.call(essex.area, by=essex.chair, on_date=SOON).items.exists()


def test_a_case_that_waits_again_is_on_the_meeting_that_is_planned(essex: Cast) -> None:
    story = Story(essex).consented()
    chair = acting(essex.chair)
    coming = meetings.call(essex.area, by=chair, on_date=SOON)
    story.withdrawn()
    item = item_now(story.case)
    assert item is not None and item.meeting == coming


def test_no_case_can_be_taken_off_an_agenda(story: Story, essex: Cast) -> None:
    story.meeting_open()
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AgendaItem.objects.all().delete()
    assert AgendaItem.objects.count() == 1


def test_a_meeting_does_not_end_with_a_case_unheard(story: Story, essex: Cast) -> None:
    item = story.meeting_open()
    chair = acting(essex.chair)
    with pytest.raises(Refused, match=f"still to be heard: {story.case.reference}") as refused:
        meetings.end_meeting(story.meeting, by=chair)
    assert refused.value.clause == "2.8.18"
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Meeting.objects.update(state="ended", ended_at=now(), ended_by=chair)
    decide(story, item)
    meetings.end_meeting(story.meeting, by=chair)
    assert Meeting.objects.get().state == "ended"


def test_a_meeting_does_not_end_before_attendance_is_recorded(story: Story, essex: Cast) -> None:
    item = story.meeting_open()
    school = essex.partner.organisation
    attendance.invite(
        story.meeting, by=acting(essex.chair), capacity="Referrer", organisation=school, item=item
    )
    decide(story, item)
    with pytest.raises(Refused, match="whether they came"):
        meetings.end_meeting(story.meeting, by=acting(essex.chair))
    with pytest.raises(Refused, match="did not come"):
        attendance.attended(Attendance.objects.get(came=None), by=essex.chair, came=False)
    attendance.attended(
        Attendance.objects.get(came=None), by=essex.chair, came=False, reason="An inspection"
    )
    meetings.end_meeting(story.meeting, by=essex.chair)
    assert Meeting.objects.get().state == "ended"


def test_what_is_adjourned_is_heard_at_a_dated_continuation(story: Story, essex: Cast) -> None:
    other = Story(essex, surname="Birchall").on_panel()
    item = story.meeting_open()
    decide(story, item)
    chair = acting(essex.chair)
    with pytest.raises(Refused, match="date of the continuation"):
        meetings.adjourn(story.meeting, by=chair, to_date=None)
    following = meetings.adjourn(story.meeting, by=chair, to_date=SOON)
    assert following.items.get().case_id == other.case.pk
    assert (following.on_date, following.follows) == (SOON, story.meeting)
    story.meeting.refresh_from_db()
    assert story.meeting.state == "ended"
    with pytest.raises(Refused, match="Open it on its day"):
        meetings.open_meeting(following, by=chair)
    with clock_moved(7):
        meetings.open_meeting(following, by=acting(chair))
        assert following.items.count() == 1


@pytest.mark.parametrize("who", ["police_lead", "families_lead", "panel_member", "outsider"])
def test_others_neither_call_nor_open_a_meeting(story: Story, essex: Cast, who: str) -> None:
    user = getattr(essex, who)
    with pytest.raises(Refused, match="not yours to do"):
        meetings.call(essex.area, by=acting(user), on_date=today())
    meeting = meetings.call(essex.area, by=acting(essex.chair), on_date=today())
    with pytest.raises((Refused, Meeting.DoesNotExist)):
        meetings.open_meeting(meeting, by=acting(user))
    acting(essex.chair)
    assert Meeting.objects.get().state == "planned"


# ---- quorum (2.1.3)


@pytest.mark.parametrize(
    "away, seat",
    [
        (("chair", "vice_chair"), "Chair, for the local authority"),
        (("police_lead", "second_lead"), "Police"),
        (("families_lead",), "social care"),
    ],
)
def test_nothing_is_decided_without_a_seat_of_the_quorum(
    story: Story, essex: Cast, away: tuple[str, ...], seat: str
) -> None:
    item = story.meeting_open()
    chair = acting(essex.chair)
    for who in away:
        gone = Attendance.objects.get(user=getattr(essex, who))
        attendance.attended(gone, by=chair, came=False, reason="Ill")
    with pytest.raises(Refused, match=f"cannot decide.*{seat}") as refused:
        decide(story, item)
    assert refused.value.clause == "2.1.3"
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "born, needed", [(date(2011, 5, 4), "families_lead"), (date(1990, 5, 4), "adult_lead")]
)
def test_social_care_is_there_for_the_persons_age(essex: Cast, born: date, needed: str) -> None:
    story = Story(essex, born=born).on_panel()
    item = story.meeting_open()
    chair = acting(essex.chair)
    for who in {"families_lead", "adult_lead"} - {needed}:
        gone = Attendance.objects.get(user=getattr(essex, who))
        attendance.attended(gone, by=chair, came=False, reason="Ill")
    assert decide(story, item).kind == "deferred"


# ---- who sees a meeting and its papers


def test_a_panel_member_sees_the_papers_until_the_minutes_are_signed(
    story: Story, essex: Cast
) -> None:
    member = acting(essex.panel_member)
    assert not (Case.objects.exists() or Meeting.objects.exists())
    item = story.meeting_open()
    decide(story, item, actions=[story.action()])
    acting(member)
    assert Case.objects.count() == Decision.objects.count() == Minute.objects.count() == 1
    chair = acting(essex.chair)
    meetings.end_meeting(story.meeting, by=chair)
    minutes.sign(story.meeting, by=chair)
    acting(member)
    assert not (Case.objects.exists() or Decision.objects.exists() or Minute.objects.exists())
    assert Meeting.objects.count() == Action.objects.count() == 1


def test_somebody_invited_for_one_case_sees_that_one(story: Story, essex: Cast) -> None:
    Story(essex, surname="Birchall").on_panel()
    item = story.meeting_open()
    attendance.invite(
        story.meeting, by=acting(essex.chair), capacity="Referrer", user=essex.referrer, item=item
    )
    acting(essex.referrer)
    assert Case.objects.get().pk == story.case.pk


@pytest.mark.parametrize("who", ["outsider", "provider", "partner", "administrator"])
def test_others_see_no_meeting(story: Story, essex: Cast, thurrock: Cast, who: str) -> None:
    story.decided("deferred")
    for user in (getattr(essex, who), thurrock.chair):
        acting(user)
        tables = (Meeting, AgendaItem, Attendance, Decision, Minute, Action)
        assert not any(table.objects.exists() for table in tables)


def test_sight_of_papers_is_granted_once_and_all_of_it_ends(story: Story, essex: Cast) -> None:
    story.decided("deferred")
    acting(essex.chair)
    papers = Grant.objects.filter(why=attendance.papers_of(story.meeting))
    assert papers.exists() and not papers.filter(until_at=None).exists()


# ---- minutes and actions


def test_signed_minutes_stay_as_they_are_and_corrections_follow(story: Story, essex: Cast) -> None:
    story.decided("deferred")
    chair = acting(essex.chair)
    minute = Minute.objects.get()
    assert "Deferred. All agreed." in minute.words
    with pytest.raises(Refused, match="signed and do not change"):
        minutes.write_minute(minute, by=chair, words="Something else")
    assert Minute.objects.update(words="Round the rule") == 0
    minutes.correct(minute, by=chair, words="The tutor is Ms Green")
    assert minute.corrections.get().words == "The tutor is Ms Green"


def test_a_draft_is_written_by_chair_or_coordinator_and_signed_by_the_chair(
    story: Story, essex: Cast
) -> None:
    item = story.meeting_open()
    decide(story, item)
    minute = Minute.objects.get()
    minutes.write_minute(minute, by=acting(essex.coordinator), words="In better words")
    with pytest.raises(Refused, match="has not ended"):
        minutes.sign(story.meeting, by=acting(essex.chair))
    meetings.end_meeting(story.meeting, by=acting(essex.chair))
    with pytest.raises(Refused, match="not yours"):
        minutes.sign(story.meeting, by=acting(essex.police_lead))
    minutes.sign(story.meeting, by=acting(essex.chair))
    assert Minute.objects.get().words == "In better words"


def test_an_action_is_finished_by_its_owner_who_does_not_see_the_case(
    story: Story, essex: Cast
) -> None:
    story.decided("deferred", actions=[story.action()])
    acting(essex.panel_member)
    action = Action.objects.get()
    with pytest.raises((Refused, Action.DoesNotExist)):
        actions.finish_action(action, by=acting(essex.police_lead), words="For them")
    actions.finish_action(action, by=acting(essex.panel_member), words="Rang: a place is kept")
    action.refresh_from_db()
    assert action.done_at is not None
