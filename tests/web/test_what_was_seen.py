"""What auditors read of looks, what everybody reads of their own, and what supervisors answer."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from waymark.audit import looks
from waymark.audit.models import Look
from waymark.cases.access import restricting
from waymark.cases.models import Task
from waymark.database import clock
from waymark.database.actor import Duty
from waymark.database.clock import LONDON, now, today
from waymark.database.guard import become
from waymark.database.limits import Limits
from waymark.directory.models import Appointment, Role, User
from waymark.oversight import matches, sampling
from waymark.oversight.models import SampledLook
from waymark.oversight.reading import looked, usual_hours
from waymark.policy.pack import in_force

NINE = datetime(2026, 3, 10, 9, tzinfo=LONDON)


def looked_at(
    user: User, case_id: int, *, at: datetime | None = None, task: bool = True,
    purpose: str = "own_task", kind: str = "case",
) -> None:  # fmt: skip
    looks.look(by=acting(user), at=at or now(), case_id=case_id, part="case", purpose=purpose,
               sight="post", had_task=task, object_kind=kind)  # fmt: skip


@pytest.mark.requirement("S34")
@pytest.mark.clause("2.1.4")
def test_auditors_read_looks_of_one_person_and_of_one_case_and_no_content(
    client: Client, essex: Cast
) -> None:
    story = Story(essex, surname="Ashdown").consented()
    desk, reference = Desk(client, story), story.case.reference
    looks.give_purpose(by=acting(essex.vice_chair), at=now(), case_id=story.case.pk,
                       purpose="own_words", words="The mother rang")  # fmt: skip
    looked_at(essex.vice_chair, story.case.pk, task=False, purpose="own_words")
    viewer = essex.vice_chair
    for reader in (essex.auditor, essex.information_governance):
        page = desk.at(reader).text("seen")
        assert "Ashdown" not in page
        sent = desk.done(reader, "seen", account=viewer.username)
        assert sent.headers["Location"].endswith(f"/by/{viewer.pk}")
        by = desk.at(reader).text("seen_by", viewer.pk)
        assert reference in by and "The mother rang" in by and "without a task" in by
        of = desk.at(reader).text("seen_of_case", reference)
        assert viewer.name in of and "Ashdown" not in by + of
    acting(essex.auditor)
    read = Look.objects.filter(object_kind="looks_of_case", actor=f"user:{essex.auditor.pk}")
    assert read.count() == 1
    assert "There is no account" in desk.refused(essex.auditor, "seen", reference="00000000")
    assert desk.at(essex.auditor).get("seen_of_case", "00000000").status_code == 404
    for other in (essex.chair, essex.police_lead, essex.administrator, essex.outsider):
        assert desk.at(other).get("seen").status_code == 404
        assert desk.at(other).get("seen_of_case", reference).status_code == 404
    own = desk.at(viewer).text("own_looks")
    assert reference in own and "The mother rang" in own
    assert reference not in desk.at(essex.coordinator).text("own_looks")


@pytest.mark.requirement("S34")
def test_lists_say_what_was_so_and_score_nobody(
    client: Client, essex: Cast, thurrock: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, other = Story(essex, surname="Ashdown").consented(), Story(essex, surname="Birch")
    other.screened()
    desk, reference = Desk(client, story), story.case.reference
    become(INSTALLATION)
    User.objects.filter(pk=essex.vice_chair.pk).update(name="Kim Ashdown")
    monday = datetime(2026, 3, 9, 10, tzinfo=LONDON)
    looked_at(essex.vice_chair, story.case.pk, at=monday, task=False)
    looked_at(essex.police_officer, story.case.pk, at=monday.replace(hour=22))
    clock.set_offset(monday + timedelta(days=2) - now())
    for stranger in (thurrock.chair, thurrock.coordinator):
        assert desk.at(stranger).get("case", reference).status_code == 404
    assert desk.at(thurrock.chair).get("case", other.case.reference).status_code == 404

    def rows(name: str) -> str:
        return desk.at(essex.auditor).text("seen_list", name)

    assert "Kim Ashdown" in rows("no-task") and essex.police_officer.name not in rows("no-task")
    late = rows("outside-hours")
    assert essex.police_officer.name in late and "Kim Ashdown" not in late
    assert "7:00 to 19:00, Monday to Friday" in late
    refused = rows("refused")
    assert thurrock.chair.name in refused and thurrock.coordinator.name in refused
    assert other.case.reference not in refused  # by one person alone
    kin = rows("same-name")
    assert "Kim Ashdown" in kin and essex.police_officer.name not in kin
    assert desk.at(essex.auditor).get("seen_list", "everything").status_code == 404
    assert "No such look" in desk.at(essex.auditor).text("seen_many")
    monkeypatch.setattr(looked, "MANY_CASES", 1)
    looked_at(essex.police_officer, other.case.pk, at=monday)
    acting(essex.auditor)
    assert looked.very_many(date(2026, 3, 9)) == [(essex.police_officer.pk, date(2026, 3, 9), 2)]


def test_usual_hours_are_those_of_the_eight_weeks_before(essex: Cast) -> None:
    night, day = essex.police_officer, essex.second_officer
    for back in range(1, 15):
        at = (NINE - timedelta(days=back)).replace(hour=23)
        looked_at(night, 1, at=at)
    for user in (night, day):
        for hour in (9, 23):
            looked_at(user, 1, at=NINE.replace(hour=hour))
    acting(essex.auditor)
    found = usual_hours.outside(NINE.date())
    hours = {(row.user_id, one.at.astimezone(LONDON).hour) for row in found for one in row.looks}
    assert hours == {(night.pk, 9), (day.pk, 23)}


@pytest.mark.lesson("R24")
def test_as_many_are_drawn_as_is_said_and_one_of_each_viewer() -> None:
    rate = in_force().limit("sample_looks").amount
    many = [Look(pk=number, actor="user:1") for number in range(1, 1001)]
    few = [Look(pk=number, actor=f"user:{number}") for number in range(1001, 1004)]
    drawn = sampling.chosen_from(many + few, rate)
    wanted = -(-1003 * rate // 100)
    assert wanted <= len(drawn) <= wanted + len(few)
    assert {one.actor for one in drawn} == {"user:1", "user:1001", "user:1002", "user:1003"}
    firsts = {tuple(sorted(one.pk for one in sampling.chosen_from(many, rate))) for _ in range(5)}
    assert len(firsts) > 1  # by chance


@pytest.mark.lesson("R24")
def test_each_drawn_look_goes_to_the_supervisor_who_answers_it_in_words(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex, surname="Ashdown").consented()
    desk = Desk(client, story)
    for viewer in (essex.coordinator, essex.police_lead, essex.chair):
        looked_at(viewer, story.case.pk, task=False)
    clock.set_offset(timedelta(days=7))
    become(sampling.SAMPLE_LOOKS)
    assert sampling.draw(by=sampling.SAMPLE_LOOKS) == 3
    assert sampling.draw(by=sampling.SAMPLE_LOOKS) == 0
    drawn = list(SampledLook.objects.select_related("viewer", "supervisor"))
    assert all(one.supervisor and one.supervisor_id != one.viewer_id for one in drawn)
    of = {one.viewer_id: one for one in drawn}
    made = of[essex.coordinator.pk]
    assert made.supervisor == essex.chair
    assert of[essex.police_lead.pk].supervisor == essex.second_lead

    assert "Answer for a look" in desk.at(essex.chair).text("home")
    page = desk.at(essex.chair).text("sampled_look", made.pk)
    assert essex.coordinator.name in page and story.case.reference in page
    assert desk.at(essex.coordinator).get("sampled_look", made.pk).status_code == 404
    listed = desk.at(essex.auditor).text("sampled_looks")
    assert essex.coordinator.name in listed and essex.chair.name in listed
    said = {"outcome": "not_needed", "words": "She was curious", "told": "yes"}
    assert "Enter why the person is told" in desk.refused(
        essex.chair, "sampled_look", made.pk, **said
    )
    clock.set_offset(timedelta(days=21))
    assert "overdue" in desk.at(essex.auditor).text("sampled_looks")
    desk.done(essex.chair, "sampled_look", made.pk, **said, told_words="By letter, this week")
    assert "By letter, this week" in desk.at(essex.auditor).text("sampled_look", made.pk)
    acting(essex.chair)
    assert not Task.objects.waiting().filter(kind="answer_look", object_id=made.pk).exists()
    refused = desk.at(essex.auditor).get("sampled_look", made.pk)
    assert "Record your answer" not in refused.text


@pytest.mark.lesson("R24")
def test_where_nobody_of_the_area_is_left_another_areas_lead_answers(
    essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).consented()
    become(INSTALLATION)
    leads = (Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR)
    others = Appointment.objects.filter(area=essex.area, role__in=leads).exclude(user=essex.chair)
    others.update(until_date=today() - timedelta(days=1))
    become(sampling.SAMPLE_LOOKS)
    found = sampling.supervisor_for(essex.chair, story.case.pk)
    assert found and found[1] == thurrock.chair
    become(INSTALLATION)
    Appointment.objects.filter(area=thurrock.area, role__in=leads).update(
        until_date=today() - timedelta(days=1)
    )
    become(sampling.SAMPLE_LOOKS)
    assert sampling.supervisor_for(essex.chair, story.case.pk) is None


BORN = {"born-day": "4", "born-month": "5", "born-year": "2011"}


def reading_of(desk: Desk, user: Any, subject: Any, **said: str) -> str:
    return desk.at(user).about(subject, "screening_look_for", **said).text


@pytest.mark.requirement("S29")
@pytest.mark.clause("2.1.4")
def test_a_search_takes_two_things_and_stands_for_nothing_else(client: Client, essex: Cast) -> None:
    story = Story(essex, surname="Ashdown").screened()
    other = Story(essex, surname="Birch", born=date(2009, 1, 2)).referred()
    desk, officer = Desk(client, story), essex.police_officer
    for said in (
        {"surname": "Ashdown"}, BORN, {"postcode": "CM1 1AA"},
        {"surname": "Ashdown", "year": "2011"},
    ):  # fmt: skip
        page = reading_of(desk, officer, other.subject, **said)
        assert "Too little is written" in page and "Who fits exactly" not in page, said
    for surname in ("%", "Ash%", "Ash*", "A_hdown", "ash.*"):
        page = reading_of(desk, officer, other.subject, surname=surname, **BORN)
        assert "Nobody fits exactly" in page, surname
    found = reading_of(desk, officer, other.subject, surname="ashdown", **BORN)
    assert story.subject.referral.reference in found
    assert "surname=" not in "".join(re.findall(r'href="([^"]*)"', found))


@pytest.mark.requirement("S29")
def test_whoever_looks_for_very_many_says_why_and_the_auditor_is_told(
    client: Client, essex: Cast, settings: Any
) -> None:
    settings.WAYMARK_LIMITS = Limits(searches=2)
    story = Story(essex).screened()
    other = Story(essex, surname="Birch").referred()
    desk, officer = Desk(client, story), essex.police_officer
    for _ in range(2):
        assert "Nobody fits" in reading_of(desk, officer, other.subject, surname="Oak", **BORN)
    asked = reading_of(desk, officer, other.subject, surname="Oak", **BORN)
    assert "Why do you look for so many people?" in asked and "Say why you go on" in asked
    went_on = reading_of(desk, officer, other.subject, surname="Oak", why="A list came in", **BORN)
    assert "Nobody fits" in went_on
    assert "A list came in" in desk.at(essex.auditor).text("seen_searches")
    acting(essex.administrator)
    assert essex.auditor.notices.filter(kind="searches").count() == 1


@pytest.mark.requirement("S30")
@pytest.mark.lesson("R23")
def test_a_match_that_is_not_there_for_the_searcher_is_told_to_those_who_work_on_it(
    client: Client, essex: Cast
) -> None:
    hidden = Story(essex, surname="Ashdown").screened()
    restricting.restrict(hidden.case, by=acting(essex.police_lead), kind="in_press",
                         why="A reporter rang")  # fmt: skip
    other = Story(essex, surname="Birch", born=date(2009, 1, 2)).referred()
    desk, officer = Desk(client, hidden), essex.second_officer

    def looked_for(surname: str) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as asked:
            page = reading_of(desk, officer, other.subject, surname=surname, **BORN)
        # a token, and the seconds that the session goes on
        without = re.sub(r'(csrfmiddlewaretoken" value|data-left)="\w+"', "", page)
        return len(asked), without.partition("Look again")[0]

    looked_for("Oak")
    absent, there = looked_for("Oak"), looked_for("Ashdown")
    assert "Nobody fits exactly" in there[1] and there == absent
    become(matches.TELL_OF_MATCHES)
    assert matches.tell(by=matches.TELL_OF_MATCHES) == 1
    assert matches.tell(by=matches.TELL_OF_MATCHES) == 0
    acting(officer)
    assert not Task.objects.filter(kind="read_match").exists()
    acting(essex.police_lead)
    task = Task.objects.get(kind="read_match")
    assert task.case == hidden.case and task.user == essex.police_lead
    assert "Read who may be the same person" in desk.at(essex.police_lead).text("home")
    page = desk.at(essex.police_lead).text("hidden_match", task.object_id)
    assert hidden.case.reference in page
    assert desk.at(officer).get("hidden_match", task.object_id).status_code == 404
    desk.done(essex.police_lead, "hidden_match", task.object_id, outcome="different")
    acting(essex.police_lead)
    assert not Task.objects.waiting().filter(kind="read_match").exists()


@pytest.mark.requirement("S28")
@pytest.mark.clause("2.1.4")
def test_an_auditor_does_not_check_what_they_once_had_a_part_in(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).screened()
    desk, reference = Desk(client, story), story.case.reference
    looked_at(essex.vice_chair, story.case.pk, task=False, purpose="supervise")
    officer = essex.police_officer  # left that post, and became the auditor
    become(INSTALLATION)
    Appointment.objects.filter(user=officer).update(role=Role.AUDITOR, area=None)
    refused = desk.at(officer).get("seen_of_case", reference)
    assert refused.status_code == 403 and "You once worked on this case" in refused.text
    own = desk.at(officer).get("seen_by", officer.pk)
    assert own.status_code == 403 and "nobody checks their own" in own.text
    drawn = SampledLook.objects
    become(Duty("sample_looks"))
    looked_up = Look.objects.get(case_id=story.case.pk, actor=f"user:{essex.vice_chair.pk}")
    drawn.create(look_id=looked_up.pk, viewer=essex.vice_chair, supervisor=essex.chair,
                 drawn_at=now(), due_date=today(), week_date=today())  # fmt: skip
    lists = (("seen_list", "no-task"), ("seen_by", essex.vice_chair.pk), ("sampled_looks",))
    for page, *given in lists:
        assert reference in desk.at(essex.auditor).text(page, *given), page
        assert reference not in desk.at(officer).text(page, *given), page
    acting(officer)
    assert not drawn.exists() and not Look.objects.filter(case_id=story.case.pk).exists()
