"""The panel's calendar through its pages: a year of days, invitations answered, who is heard."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.db import ProgrammingError, transaction
from django.test import Client
from icalendar import Calendar

from tests.cast import INSTALLATION, Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.known import conflict
from waymark.cases.models import Task
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Area, Notice, Role
from waymark.panels.meeting import dates
from waymark.panels.models import Attendance, InterimStep, Meeting, MeetingMove
from waymark.panels.quorum import empty_seats
from waymark.panels.reading import interim, panel
from waymark.policy.days import LONDON

SECRETS = ("Ashdown", "Robin", "Person ", "Essex", "Nobody listens")


def told(cast: Cast, user: Any) -> list[Any]:
    """The calendar entries that somebody was sent, each read by two readers that agree."""
    acting(cast.administrator)
    texts = Notice.objects.filter(user=user).exclude(calendar="").order_by("made_at", "id")
    return [read(each.calendar) for each in texts]


def read(text: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    other = vobject.readOne(text)
    said = other.vevent
    assert (str(calendar["METHOD"]), str(event["UID"])) == (other.method.value, said.uid.value)
    assert event.decoded("DTSTART") == said.dtstart.value
    assert not [word for word in SECRETS if word in text.replace("\r\n ", "")]
    return {
        "method": str(calendar["METHOD"]), "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]), "start": event.decoded("DTSTART"),
        "summary": str(event["SUMMARY"]),
    }  # fmt: skip


@pytest.mark.clause("2.10.2", "2.10.1")
@pytest.mark.lesson("R37")
def test_a_year_of_meetings_is_called_moved_and_called_off(client: Client, essex: Cast) -> None:
    become(INSTALLATION)
    essex.panel_member.email = "health@example.org"
    essex.panel_member.save(update_fields=["email"])
    desk = Desk(client, Story(essex).on_panel())
    assert desk.at(essex.panel_member).get("panel_days", "essex").status_code == 404
    page = desk.at(essex.coordinator).text("panel_days", "essex")
    acting(essex.coordinator)
    proposed = dates.proposed(essex.area)
    assert len(proposed) >= 11 and f"Wednesday {proposed[1].day.day} " in page
    chosen = [one.day.isoformat() for one in proposed[:3]]
    assert "Select at least one day" in desk.refused(essex.coordinator, "panel_days", "essex")
    desk.done(essex.coordinator, "panel_days", "essex", days=chosen)
    acting(essex.chair)
    first, second, third = Meeting.objects.order_by("on_date")
    assert first.items.count() == 1 and not second.items.exists() and not third.items.exists()
    assert third.attendances.filter(user=essex.panel_member, member=True).exists()
    sent = told(essex, essex.panel_member)
    assert [one["method"] for one in sent] == ["REQUEST"] * 3
    assert {one["summary"] for one in sent} == {
        f"Channel panel meeting {one.reference}" for one in (first, second, third)
    }
    assert len({one["uid"] for one in sent}) == 3
    of_first = next(one for one in sent if first.reference in one["summary"])
    assert of_first["start"].date() == first.on_date

    acting(essex.police_officer)
    conflict.ask_for_check(
        desk.case(), by=acting(essex.police_officer), due=first.on_date - timedelta(days=1)
    )
    later = first.on_date + timedelta(days=1)
    desk.done(
        essex.coordinator, "meeting_move", first.pk, **day("to_date", later), at_time="14.30",
        why="The hall floods",
    )  # fmt: skip
    acting(essex.police_officer)
    waiting = Task.objects.waiting().get(kind=conflict.TASK)
    assert waiting.due_date == first.on_date
    assert MeetingMove.objects.get().to_date == later
    assert "The hall floods" in desk.at(essex.panel_member).text("meeting", first.pk)
    moved = told(essex, essex.panel_member)[-1]
    assert (moved["uid"], moved["sequence"]) == (of_first["uid"], of_first["sequence"] + 1)
    start: datetime = moved["start"]
    assert start.date() == later and start.astimezone(LONDON).hour == 14

    desk.done(essex.coordinator, "meeting_call_off", first.pk, why="No hall")
    off = told(essex, essex.panel_member)[-1]
    assert (off["method"], off["uid"], off["sequence"]) == ("CANCEL", of_first["uid"], 2)
    acting(essex.chair)
    assert second.items.get().case_id == desk.case().pk
    assert second.reference in desk.at(essex.panel_member).text("home")


@pytest.mark.clause("2.5.9", "2.1.3")
def test_the_invited_answer_and_a_deputy_fills_their_seat(client: Client, essex: Cast) -> None:
    become(INSTALLATION)
    instead = essex.user(essex.council)
    desk = Desk(client, Story(essex).on_panel())
    desk.done(
        essex.chair, "panel_call", "essex", when="today", remote="Room code 4711",
        extraordinary="yes", extraordinary_why="A risk has risen",
    )  # fmt: skip
    acting(essex.chair)
    meeting = Meeting.objects.get()
    assert desk.at(essex.partner).get("meeting_answer", meeting.pk).status_code == 404
    member = essex.panel_member
    said = desk.refused(member, "meeting_answer", meeting.pk, kind="declines", why="")
    assert "Enter why you do not come" in said
    desk.done(member, "meeting_answer", meeting.pk, kind="declines", why="A clinic that day")
    assert "You have answered: Does not come" in desk.at(member).text("meeting_answer", meeting.pk)
    page = desk.at(essex.chair).text("meeting", meeting.pk)
    assert "Answered: does not come: A clinic that day" in page
    assert "Room code 4711" in page and "A risk has risen" in page
    assert "clinic" not in desk.at(essex.adult_lead).text("meeting", meeting.pk)

    lead = essex.families_lead
    page = desk.refused(lead, "meeting_answer", meeting.pk, kind="deputy", deputy=member.pk)
    assert "There is a problem" in page  # of another organisation
    desk.done(lead, "meeting_answer", meeting.pk, kind="deputy", deputy=instead.pk)
    assert "Decide on a deputy" in desk.at(essex.coordinator).text("home")
    acting(essex.coordinator)
    asked = Task.objects.waiting().get(kind="name_deputy").object_id
    assert desk.at(instead).get("case", desk.reference).status_code == 404
    assert desk.at(lead).get("deputy", asked).status_code == 404
    desk.done(essex.coordinator, "deputy", asked, yes="yes")
    assert desk.at(instead).get("case_panel", desk.reference).status_code == 200
    assert "A deputy is invited already" in desk.at(essex.chair).text("deputy", asked)

    desk.done(essex.chair, "meeting_open", meeting.pk)
    there = {
        f"came_{each.pk}": "no" if each.user in (lead, essex.adult_lead) else "yes"
        for each in meeting.attendances.all()
    }
    reasons = {name.replace("came", "reason"): "Away" for name in there}
    acting(essex.chair)
    desk.done(essex.chair, "meeting_register", meeting.pk, **there, **reasons)
    acting(essex.chair)
    item = meeting.items.select_related("case__person", "case__area", "meeting__area").get()
    assert empty_seats(item) == []
    meeting.attendances.filter(user=instead).update(came=False, reason="Ill")
    assert [seat.code for seat in empty_seats(item)] == ["social_care"]
    meeting.attendances.filter(user=instead).update(came=True, reason="")
    become(INSTALLATION)
    kent = Area.objects.create(code="kent", name="Kent")
    essex.police.services.create(area=kent)  # the force of another area
    acting(essex.chair)
    assert [seat.code for seat in empty_seats(item)] == ["police"]


@pytest.mark.clause("2.5.9", "2.10.6")
def test_who_is_invited_for_one_case_is_heard_on_it_and_sees_no_more(
    client: Client, essex: Cast
) -> None:
    story, other = Story(essex).on_panel(), Story(essex, surname="Brook").on_panel()
    desk, teacher = Desk(client, story), essex.referrer
    desk.done(essex.chair, "panel_call", "essex", when="today")
    acting(essex.chair)
    meeting = Meeting.objects.get()
    item, second = (meeting.items.get(case=one.case) for one in (story, other))
    page = desk.at(essex.coordinator).text("meeting_heard", meeting.pk, item.pk)
    assert essex.partner.organisation.name in page and "Nobody who referred is invited" in page
    who = {"who": teacher.pk, "body": "", "capacity": "Form tutor"}
    page = desk.refused(
        essex.coordinator, "meeting_invite", meeting.pk, **who, item="", kind="referrer"
    )
    assert "is heard on one case, not at the whole meeting (2.5.9)" in page
    page = desk.refused(
        essex.coordinator, "meeting_invite", meeting.pk, **who, item="", kind="member"
    )
    assert "holds no post that decides" in page
    desk.done(essex.coordinator, "meeting_invite", meeting.pk, **who, item=item.pk, kind="referrer")
    desk.done(
        essex.chair, "meeting_invite", meeting.pk, who="", item=second.pk, kind="agency",
        body=essex.provider.organisation.pk, capacity="Housing association",
    )  # fmt: skip
    page = desk.at(teacher).text("meeting", meeting.pk)
    assert desk.reference in page and other.case.reference not in page
    assert "Housing association" not in page
    assert desk.at(teacher).get("case_panel", desk.reference).status_code == 200
    assert desk.at(teacher).get("case", other.case.reference).status_code == 404

    desk.done(essex.chair, "meeting_open", meeting.pk)
    acting(essex.chair)
    came: dict[str, str] = {}
    for each in meeting.attendances.all():
        came |= {f"came_{each.pk}": "yes"}
    mine = meeting.attendances.get(user=teacher)
    came |= {f"came_{mine.pk}": "report", f"report_{mine.pk}": "Settled since May"}
    desk.done(essex.chair, "meeting_register", meeting.pk, **came)
    page = desk.at(essex.chair).text("meeting_heard", meeting.pk, item.pk)
    assert "Sent a report" in page and "Settled since May" in page
    assert "Settled" not in desk.at(essex.chair).text("meeting_heard", meeting.pk, second.pk)
    health = meeting.attendances.get(user=essex.panel_member)
    acting(essex.chair)
    desk.done(
        essex.chair, "meeting_heard", meeting.pk, second.pk, who=health.pk, words="Known to us"
    )
    for one in (desk, Desk(client, other)):
        one.decide("deferred", meeting)
    minuted = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    assert "sent a report: Settled since May" in minuted
    desk.done(essex.chair, "meeting_end", meeting.pk)
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    for page_of, key in (("meeting", meeting.pk), ("case_panel", desk.reference)):
        assert desk.at(teacher).get(page_of, key).status_code == 404

    over = desk.at(essex.chair).text("panel_over_time", "essex")
    assert "Essex Health Trust" in over and teacher.organisation.name not in over
    acting(essex.chair)
    counted = {one.organisation.kind: one for one in panel.attendance_by_body(essex.area)}
    assert (counted["health"].invited, counted["health"].came) == (1, 1)
    assert desk.at(essex.panel_member).get("panel_over_time", "essex").status_code == 404


@pytest.mark.clause("2.5.9", "2.10.6")
def test_who_stays_unknown_stands_in_no_attendance(client: Client, essex: Cast) -> None:
    story = Story(essex).referred(stays_unknown=True)
    desk = Desk(client, story.on_panel())
    desk.done(essex.chair, "panel_call", "essex", when="today")
    acting(essex.chair)
    meeting = Meeting.objects.get()
    item = meeting.items.get()
    page = desk.refused(
        essex.chair, "meeting_invite", meeting.pk, who=essex.referrer.pk, body="",
        capacity="Teacher", item=item.pk, kind="referrer",
    )  # fmt: skip
    assert "stays unknown to all but the police (2.10.6)" in page
    assert "the police ask them" in desk.at(essex.chair).text("meeting_heard", meeting.pk, item.pk)
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Attendance.objects.create(
            meeting=meeting, area=essex.area, item=item, user=essex.referrer, member=False,
            organisation=essex.referrer.organisation, capacity="Teacher", kind="referrer",
            invited_by=essex.chair, invited_at=now(),
        )  # fmt: skip

    # a step for safety between two meetings: it moves nothing, and both sides stand beside it
    said = {"what": "A call each evening", "why": "Alone until then"}
    until = day("until_date", today() + timedelta(days=7))
    assert "not yours to take" in desk.at(essex.coordinator).text("interim_steps", desk.reference)
    page = desk.refused(essex.chair, "interim_steps", desk.reference, **said | {"why": ""}, **until)
    assert "Enter why it cannot wait" in page and "A call each evening" in page
    assert "Call an extraordinary meeting" in page
    call = f'href="/panels/areas/{essex.area.code}/call"'
    assert call in desk.at(essex.chair).get("interim_steps", desk.reference).text
    assert call not in desk.at(essex.police_lead).get("interim_steps", desk.reference).text
    desk.done(essex.chair, "interim_steps", desk.reference, **said, **until)
    acting(essex.chair)
    step = InterimStep.objects.get()
    assert desk.stage() == "panel" and interim.to_put(desk.case()) == [step]
    own = desk.at(essex.chair).text("interim_step_answer", desk.reference, step.pk)
    assert "Agreeing to this step is not yours to do" in own
    assert "Answer a step for safety" in desk.at(essex.police_lead).text("home")
    desk.done(
        essex.police_lead, "interim_step_answer", desk.reference, step.pk, answer="not_agreed",
        words="A patrol is better",
    )  # fmt: skip
    assert "A patrol is better" in desk.at(essex.chair).text("interim_steps", desk.reference)


@pytest.mark.clause("2.10.1", "2.10.2", "2.10.6", "2.10.7")
def test_a_panels_page_says_who_belongs_to_it_and_what_it_lacks(
    client: Client, thurrock: Cast
) -> None:
    desk = Desk(client, Story(thurrock).on_panel())
    chair, vice, lead = thurrock.chair, thurrock.vice_chair, thurrock.second_lead
    page = desk.at(chair).text("panel", "thurrock")
    assert "There is no vice-chair" not in page and "fewer than two police leads" not in page
    for words in (
        "Ensure a multi-agency panel exists and chair the panel", "Co-operate with other panel",
        "Use the panel to develop a support plan", "Ensure consent is sought prior to support",
        "section 37(3) of the Act", "Thurrock Health Trust", "Not yet",
    ):  # fmt: skip
        assert words in page, words
    become(INSTALLATION)
    yesterday = today() - timedelta(days=1)
    Appointment.objects.filter(user__in=(vice, lead)).update(until_date=yesterday)
    Appointment.objects.create(
        user=vice, role=Role.CHAIR, area=thurrock.area, from_date=date(2026, 1, 1),
        deputy_for=chair,
    )  # fmt: skip
    page = desk.at(chair).text("panel", "thurrock")
    assert "Co-chairs" in page and "fewer than two police leads" in page
    assert "There is no vice-chair" not in page

    member = thurrock.panel_member
    assert "I make no copies" in desk.at(member).text("panel_confidentiality", "thurrock")
    desk.done(member, "panel_confidentiality", "thurrock")
    assert desk.at(thurrock.outsider).get("panel_confidentiality", "thurrock").status_code == 404
    tomorrow = today() + timedelta(days=1)
    said = {"who": thurrock.families_lead.pk}
    late = desk.refused(chair, "panel_on_paper", "thurrock", **said, **day("agreed_date", tomorrow))
    assert "There is a problem" in late
    desk.done(chair, "panel_on_paper", "thurrock", **said, **day("agreed_date", yesterday))
    desk.done(chair, "panel_call", "thurrock", when="today")
    acting(chair)
    meeting = Meeting.objects.get()
    missing = {one.pk for one in panel.without_agreement(meeting)}
    assert missing == {
        each.user_id for each in meeting.attendances.all()
    } - {member.pk, thurrock.families_lead.pk}  # fmt: skip
    assert "No confidentiality agreement yet" in desk.at(chair).text("meeting", meeting.pk)
    assert "No confidentiality" not in desk.at(member).text("meeting", meeting.pk)

    desk.done(chair, "meeting_call_off", meeting.pk, why="Nobody can come")
    assert "Overdue" not in desk.at(chair).text("panels")
    with clock_moved(days=45):
        acting(chair)
        assert panel.is_overdue(thurrock.area)
