"""A case is supervised by somebody who does not hold it, and silence about it is seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import Pages
from waymark.cases import holders, stages, supervisors
from waymark.cases.models import Case, Grant, Stage, Supervisor, Task
from waymark.database import clock
from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.oversight.models import Supervision

NOTHING = "Every open case of your area that you see has a supervisor"


def talk(with_user: Any, **differs: Any) -> dict[str, Any]:
    said = {"with_user": str(with_user.pk), "issues": ["families", "culture"],
            "words": "The mother feels watched. Ask an imam whom the family trusts."}  # fmt: skip
    days = day("held_date", today()) | day("next_date", today() + timedelta(days=21))
    return said | days | differs


@pytest.mark.lesson("R39")
@pytest.mark.clause("2.11.2", "2.11.3")
def test_a_case_is_supervised_and_a_lapse_is_listed(client: Client, essex: Cast) -> None:
    story = Story(essex).screened()
    desk, reference = Desk(client, story), story.case.reference
    lead, second, officer = essex.police_lead, essex.second_lead, essex.police_officer
    assert "1 open without a supervisor" in desk.at(lead).text("home")
    assert "Nobody is named" in desk.at(lead).text("supervision")
    assert "Supervised by Nobody yet" in desk.at(officer).text("case", reference)

    refuses_who_may_not(desk)
    desk.done(lead, "name_supervisor", reference, who=str(second.pk))
    assert NOTHING in desk.at(lead).text("supervision")
    assert f"Supervised by {second.name}" in desk.at(officer).text("case", reference)
    home = desk.at(second).text("home")
    assert "Supervise a case" in home and "2.11.2" in home

    # what is missing is asked for, and nothing typed is lost
    lacks = desk.refused(second, "supervise", reference, **talk(officer, words=""))
    assert "Enter what was said and agreed" in lacks
    late = talk(officer) | day("next_date", today() + timedelta(days=200))
    assert "at the latest" in desk.refused(second, "supervise", reference, **late)
    desk.done(second, "supervise", reference, **talk(officer))
    page = desk.at(officer).text("case_supervision", reference)
    for words in ("Families under pressure", "Cultural issues", "an imam whom", officer.name):
        assert words in page
    assert "Next talk by" in page

    # the interval passes: listed for the lead, on the supervisor’s home, and by post
    clock.set_offset(timedelta(days=30))
    try:
        lapsed = desk.at(lead).text("supervision")
        assert "Overdue since" in lapsed and second.name in lapsed
        assert "working days overdue" in desk.at(second).text("home")
        by_post = desk.at(lead).text("late", essex.area.code, "police_officer")
        assert "Supervise a case" in by_post or "Supervise a case" in desk.at(lead).text(
            "late", essex.area.code, "police_lead"
        )
        assert "This talk is overdue" in desk.at(officer).text("case_supervision", reference)
    finally:
        clock.set_offset(timedelta())


def refuses_who_may_not(desk: Desk) -> None:
    """Neither the holder, nor, before it is opened to the area, anybody outside the police."""
    lead, officer, case = desk.cast.police_lead, desk.cast.police_officer, desk.story.case
    held = desk.refused(lead, "name_supervisor", desk.reference, who=str(officer.pk))
    assert "Select one of the answers shown" in held
    with pytest.raises(Refused, match="nobody supervises their own"):
        supervisors.name(case, by=acting(lead), who=officer)
    with pytest.raises(Refused, match="holds no post here"):
        supervisors.name(case, by=acting(lead), who=desk.cast.families_lead)
    assert "is not yours to do" in desk.at(officer).text("name_supervisor", desk.reference)
    assert "Nobody supervises this case yet" in desk.at(officer).text("supervise", desk.reference)


@pytest.mark.lesson("R39")
def test_a_supervisor_reads_the_whole_of_it_for_the_time_of_it(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).second_risk()
    desk, reference = Desk(client, story), story.case.reference
    outside = essex.adult_lead  # a child's case: their post does not show it
    assert story.case.led_by == "families_lead"
    assert desk.at(outside).get("case", reference).status_code == 404
    desk.done(essex.chair, "name_supervisor", reference, who=str(outside.pk))
    for page in ("case", "case_timeline", "case_person", "assessment", "risk_record"):
        assert desk.at(outside).get(page, reference).status_code == 200, page
    seen = desk.at(outside).text("case_timeline", reference)
    assert "Opened: Information gathering" in seen
    assert "Supervises this case" in desk.at(essex.chair).text("case_sight", reference)
    desk.done(outside, "supervise", reference, **talk(essex.police_officer))
    acting(essex.police_lead)
    (waiting,) = Task.objects.waiting().filter(kind="supervise")

    # another takes over: the date stays, and the one before sees nothing any more
    desk.done(essex.chair, "name_supervisor", reference, who=str(essex.vice_chair.pk))
    assert desk.at(outside).get("case", reference).status_code == 404
    acting(essex.police_lead)
    (after,) = Task.objects.waiting().filter(kind="supervise")
    assert after.due_date == waiting.due_date and after.user == essex.vice_chair
    assert not Grant.objects.in_force(clock.now()).filter(why="Supervises this case").exists()
    assert Supervisor.objects.filter(case=story.case).count() == 2

    # who supervises does not accept the case, and so never holds it
    with pytest.raises(Refused, match="nobody supervises what they hold"):
        holders.accept(story.case, by=acting(essex.vice_chair))
    refused = desk.at(essex.vice_chair).text("accept", reference)
    assert "You supervise this case" in refused
    ended(story, essex)
    assert not Supervisor.objects.filter(case=story.case, until_at=None).exists()
    assert Supervision.objects.filter(case=story.case).count() == 1
    assert not Task.objects.waiting().filter(kind="supervise").exists()


def ended(story: Story, essex: Cast) -> None:
    chair = acting(essex.chair)
    with transaction.atomic():
        case = stages.locked(Case.objects.get(pk=story.case.pk))
        stages.move(case, Stage.NO_FURTHER_ACTION, act="next_step", by=chair, why="Nothing found")
    acting(essex.police_lead)


@pytest.mark.clause("2.12.1")
def test_training_and_clearance_are_noted_and_their_lapse_is_seen(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    officer, chair = essex.police_officer, essex.chair
    mine = Pages(client, officer)
    page = mine.get("staff_member", officer.pk).text
    for address in ("prevent.homeoffice.gov.uk", "/preventreferrals", "/channelawareness"):
        assert address in page
    assert "A replacement for WRAP is awaited" in mine.text("staff_member", officer.pk)
    long_ago = today() - timedelta(days=36 * 31)
    future = day("done_date", today() + timedelta(days=2))
    assert mine.send("staff_training", officer.pk, course="awareness", **future).status_code == 200
    for done, course in ((long_ago, "awareness"), (today(), "channel")):
        said = day("done_date", done)
        sent = mine.send("staff_training", officer.pk, course=course, **said)
        assert sent.status_code == 302
    assert "lapsed or lapsing soon: Prevent awareness" in mine.text("home")
    soon = day("expires_date", today() + timedelta(days=10))
    lead = Pages(client, chair)
    assert lead.send("staff_clearance", officer.pk, level="sc", **soon).status_code == 302
    listed = lead.text("staff")
    assert "Prevent awareness: Lapsed on" in listed
    assert "Security check (SC): Lapses on" in listed
    assert f"Noted by {chair.name}" in Pages(client, officer).text("staff_member", officer.pk)

    # nobody else reads it, and it does not stand where everybody looks
    for other in (essex.adult_lead, thurrock.chair, essex.administrator):
        pages = Pages(client, other)
        assert pages.get("staff_member", officer.pk).status_code == 404
        assert "Security check" not in pages.text("contacts")
        acting(other)
        assert not officer.training.exists() and not officer.clearances.exists()
    assert Pages(client, thurrock.chair).get("staff").status_code == 200
    elsewhere = Pages(client, thurrock.chair).text("staff")
    assert thurrock.council.name in elsewhere and essex.council.name not in elsewhere
    both = essex.appointed(Role.COORDINATOR, of=essex.council)
    assert both.name in Pages(client, chair).text("staff")
