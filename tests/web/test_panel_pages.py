"""A panel through its pages: called, quorate or not, each case heard, ended, minuted, signed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import WORDS, Desk, day
from tests.web.police import hidden, plain
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.panels.models import Action, Decision, Meeting, Minute

DISSENT = "Health would rather wait for the assessment 🌱"


@pytest.fixture
def story(essex: Cast) -> Story:
    story = Story(essex)
    story.on_panel()
    return story


@pytest.fixture
def desk(client: Client, story: Story) -> Desk:
    return Desk(client, story)


@pytest.mark.clause("2.10.1", "2.10.2", "2.10.6", "2.10.7")
def test_each_area_has_a_panel_with_rhythm_members_and_duties(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.chair).text("panels")
    assert "Essex Channel Panel" in page and "third Wednesday" in page
    assert "Ensure a multi-agency panel exists and chair the panel" in page
    panel = desk.at(essex.chair).text("panel", "essex")
    for member in (essex.chair, essex.adult_lead, essex.families_lead, essex.police_lead):
        assert member.name in panel
    assert desk.at(essex.chair).get("panel", "thurrock").status_code == 404


@pytest.mark.clause("2.10.1")
def test_a_chair_sees_every_intervention_under_way(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).consented())
    page = desk.at(essex.chair).text("panel", "essex")
    assert desk.reference in page and "Running" in page and "Essex Mentoring" in page


@pytest.mark.clause("2.8.18")
@pytest.mark.lesson("R14")
def test_no_case_is_left_out_and_none_goes_unheard(desk: Desk, essex: Cast) -> None:
    other = Story(essex, surname="Brook").on_panel().case.reference
    meeting = desk.open_a_meeting()
    page = desk.at(essex.chair).text("meeting", meeting.pk)
    assert desk.reference in page and other in page and "Not yet heard" in page
    desk.decide("deferred", meeting)
    refused = desk.at(essex.chair).text("meeting_end", meeting.pk)
    assert f"Cases are still to be heard: {other} (2.8.18)" in refused
    assert "Brook, Robin" in refused and "Ashdown, Robin" not in refused
    answer = desk.client.post(f"/panels/{meeting.pk}/end")
    assert "Cases are still to be heard" in plain(answer)
    desk.done(
        essex.chair, "meeting_adjourn", meeting.pk, **day("to_date", today() + timedelta(days=3))
    )
    acting(essex.chair)
    following = Meeting.objects.get(follows=meeting)
    agenda = desk.at(essex.chair).text("meeting", following.pk)
    assert other in agenda and desk.reference not in agenda


@pytest.mark.clause("2.1.3")
@pytest.mark.parametrize(
    ("absent", "named"),
    [
        (("police_officer", "police_lead", "second_officer", "second_lead"), "Police"),
        (("chair", "vice_chair"), "Chair"),
        (("families_lead",), "social care"),
    ],
)
def test_without_its_quorum_a_panel_decides_nothing(
    desk: Desk, essex: Cast, absent: tuple[str, ...], named: str
) -> None:
    away = tuple(getattr(essex, who) for who in absent)
    meeting = desk.open_a_meeting(absent=away)
    assert "Nobody yet for:" in desk.at(essex.chair).text("meeting", meeting.pk)
    page = desk.at(essex.chair).text("case_panel", desk.reference)
    assert "The panel cannot decide, because nobody is there for" in page
    assert named in page and "(2.1.3)" in page
    assert "nobody is there for" in desk.not_decided("deferred", meeting)
    acting(essex.chair)
    assert not Decision.objects.exists()


@pytest.mark.clause("2.5.9")
def test_whoever_is_invited_came_or_there_is_a_reason(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    acting(essex.coordinator)
    desk.done(
        essex.coordinator, "meeting_invite", meeting.pk, who=essex.referrer.pk, body="",
        capacity="Referrer", item=meeting.items.get().pk, kind="referrer",
    )  # fmt: skip
    assert "Referrer" in desk.at(essex.chair).text("meeting", meeting.pk)
    desk.decide("deferred", meeting)
    assert "whether they came (2.5.9)" in desk.at(essex.chair).text("meeting_end", meeting.pk)
    acting(essex.chair)
    invited = meeting.attendances.get(user=essex.referrer)
    said = {f"came_{invited.pk}": "no", f"reason_{invited.pk}": ""}
    page = desk.refused(essex.chair, "meeting_register", meeting.pk, **said)
    assert f"Enter why {essex.referrer.name} did not come" in page
    said[f"reason_{invited.pk}"] = "Ill"
    desk.done(essex.chair, "meeting_register", meeting.pk, **said)
    assert "Did not come: Ill" in desk.at(essex.chair).text("meeting", meeting.pk)


@pytest.mark.clause("2.5.11", "2.8.9")
def test_both_risks_are_weighed_and_nothing_typed_is_lost(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    page = desk.not_decided("deferred", meeting, risk_to_society="", reasons=DISSENT)
    assert "Enter the risk that the person poses to society" in page and DISSENT in page
    desk.decide("deferred", meeting, risk_to_society="Words, no acts")
    read = desk.at(essex.chair).text("case_panel", desk.reference)
    for words in ("Words, no acts", "Is drawn in further", "The police’s and the school’s"):
        assert words in read


@pytest.mark.clause("2.8.19")
@pytest.mark.lesson("R15")
def test_dissent_basis_and_action_stand_in_the_signed_minute(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    acting(essex.chair)
    health = meeting.attendances.get(user=essex.panel_member)
    against = {f"stance_{health.pk}": "disagrees", f"words_{health.pk}": ""}
    action = {"action_0": "Ring the club", "owner_0": essex.panel_member.pk}
    action |= day("due_0", today() + timedelta(days=7))
    page = desk.not_decided("deferred", meeting, **against)
    assert f"Enter why {essex.panel_member.name} disagrees" in page
    against[f"words_{health.pk}"] = "Too early"
    desk.decide("deferred", meeting, dissent=DISSENT, **against | action)
    desk.done(essex.chair, "meeting_end", meeting.pk)
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    minutes = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    for words in (DISSENT, "Too early", "The majority agreed", "Ring the club", "Signed by"):
        assert words in minutes


@pytest.mark.clause("2.8.19")
def test_signed_minutes_stay_and_corrections_stand_beside_them(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    desk.decide("deferred", meeting)
    acting(essex.chair)
    minute = Minute.objects.get(meeting=meeting)
    desk.done(essex.coordinator, "meeting_minute", meeting.pk, minute.pk, words="Said in full.")
    early = desk.at(essex.chair).text("meeting_sign", meeting.pk)
    assert "There are no minutes to sign" in early
    desk.done(essex.chair, "meeting_end", meeting.pk)
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    late = desk.at(essex.coordinator).text("meeting_minute", meeting.pk, minute.pk)
    assert "This is not yours to do" in late
    desk.done(essex.chair, "meeting_minute", meeting.pk, minute.pk, words="It was the tutor.")
    page = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    assert "Said in full." in page and "It was the tutor." in page


def test_an_action_is_done_by_its_owner_without_the_case(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    page = desk.at(essex.chair).get("meeting_case", *desk.where(meeting)).text
    for who in ("partner", "auditor", "administrator", "information_governance", "referrer"):
        assert f'value="{getattr(essex, who).pk}"' not in page
    given = {"action_0": "Ring the club", "owner_0": essex.support_lead.pk}
    desk.decide("deferred", meeting, **given, **day("due_0", today() + timedelta(days=7)))
    owner = acting(essex.support_lead)
    action = Action.objects.get()
    page = desk.at(owner).text("panel_action", action.pk)
    assert f"(meeting {meeting.reference}) gave you this to do. Ring the club. Due" in page
    assert "Ring the club" in page and "Ashdown" not in page and desk.reference not in page
    assert desk.at(owner).get("case", desk.reference).status_code == 404
    assert desk.at(essex.provider).get("panel_action", action.pk).status_code == 404
    desk.done(owner, "panel_action", action.pk, words="They have a place")
    assert "This action is done already" in desk.at(owner).text("panel_action", action.pk)


@pytest.mark.clause("2.8.5", "2.5.10", "2.5.14")
@pytest.mark.parametrize("kind", ["other_support", "not_appropriate"])
def test_the_chair_confirms_that_it_is_not_channel(desk: Desk, essex: Cast, kind: str) -> None:
    meeting = desk.open_a_meeting()
    page = desk.hearing(meeting)
    assert "significant harm" in page and "(2.5.13)" in page
    assert "Early Help" in desk.at(essex.chair).text("before_an_end", desk.reference)
    desk.settle_the_end(signposted="Early Help, who have accepted")
    settled = desk.at(essex.chair).text("before_an_end", desk.reference)
    assert "Early Help, who have accepted" in settled
    page = desk.not_decided(kind, meeting, **{f"confirm_{kind}": []})
    assert "Confirm the recommendation, or decide otherwise" in page
    desk.decide(kind, meeting)
    assert desk.stage() == kind
    read = desk.hearing(meeting)
    assert f"Confirmed by the chair {essex.chair.name}" in read
    assert "Signposted The school’s pastoral lead" in read


@pytest.mark.clause("2.10.3")
def test_without_a_plan_there_is_none_to_agree(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    assert "There is no plan to agree (2.10.3)" in desk.hearing(meeting)
    for kind in ("plan_agreed", "goes_on", ""):
        page = desk.not_decided(kind, meeting)
        assert "Select one of the answers shown" in page or "Select what the panel" in page


def test_a_meeting_is_opened_moved_or_called_off_from_its_page(desk: Desk, essex: Cast) -> None:
    soon = today() + timedelta(days=7)
    desk.done(essex.coordinator, "panel_call", "essex", when="later", **day("on_date", soon))
    acting(essex.chair)
    meeting = Meeting.objects.get()
    twice = desk.refused(
        essex.chair, "panel_call", "essex", when="later", **day("on_date", soon)
    )  # fmt: skip
    assert f"already: {meeting.reference}" in twice
    early = desk.at(essex.chair).text("meeting", meeting.pk)
    assert "Open the meeting" not in early and "Move it to another day" in early
    assert "Call it off" in desk.at(essex.coordinator).text("meeting", meeting.pk)
    assert "Call it off" not in desk.at(essex.panel_member).text("meeting", meeting.pk)
    later = soon + timedelta(days=1)
    desk.done(essex.coordinator, "meeting_move", meeting.pk, **day("to_date", later))
    assert "Enter why" in desk.refused(essex.chair, "meeting_call_off", meeting.pk, why="")
    assert meeting.reference in desk.at(essex.panel_member).text("home")
    desk.done(essex.chair, "meeting_call_off", meeting.pk, why="Snow")
    page = desk.at(essex.panel_member).text("meeting", meeting.pk)
    assert "Called off by" in page and "Snow" in page
    assert "Called off" in desk.at(essex.panel_member).text("home")


def test_the_panel_has_consent_before_it_and_is_told_to_write_the_next_version(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).consented())
    desk.story.withdrawn()
    meeting = desk.open_a_meeting()
    page = desk.at(essex.chair).text("case_panel", desk.reference)
    assert "Consent to support Withdrawn." in page
    again = desk.hearing(meeting)
    assert "Version 1 of the plan was agreed already" in again
    assert "Write the next version" in again
    form = desk.at(essex.families_lead).get("plan_write", desk.reference).text
    assert "Meet weekly, listen, find a club to join" in form


def test_an_exit_says_what_is_open_before_its_form(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).consented())
    piece = desk.piece()
    page = desk.hearing(desk.open_a_meeting())
    assert f"0 of 3 sessions held of {piece.reference} (2.9.4)" in page
    assert f"Say why sessions of support {piece.reference} are missing" in page
    assert "Say what became of: To belong somewhere" in page
    assert "Cannot be decided now: Exit is recommended" in page


def test_a_case_on_no_open_meeting_is_told_where_it_is_heard(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.chair).text("case_panel", desk.reference)
    assert "This case is on no meeting that is open (2.8.18)" in page


def test_a_decision_is_made_once_however_often_it_is_sent(desk: Desk, essex: Cast) -> None:
    meeting = desk.open_a_meeting()
    form = desk.at(essex.chair).get("meeting_case", *desk.where(meeting))
    said = hidden(form) | desk.decision_said(meeting, kind="deferred")
    address = reverse("meeting_case", args=desk.where(meeting))
    assert desk.client.post(address, said).status_code == 302
    again = desk.client.post(address, said)
    assert again.status_code == 200 and WORDS in plain(again)
    acting(essex.chair)
    assert Decision.objects.count() == 1


@pytest.mark.requirement("S23")
def test_a_meeting_exists_for_its_area_and_for_those_invited(
    desk: Desk, essex: Cast, thurrock: Cast
) -> None:
    meeting = desk.open_a_meeting()
    pages = ("meeting", "meeting_minutes", "meeting_register", "meeting_end", "meeting_invite")
    for user in (thurrock.chair, essex.outsider, essex.provider, essex.partner, essex.auditor):
        for page in pages:
            assert desk.at(user).get(page, meeting.pk).status_code == 404
    assert desk.at(essex.panel_member).get("meeting", meeting.pk).status_code == 200
    refused = desk.at(essex.panel_member).text("meeting_end", meeting.pk)
    assert "This is not yours to do (2.10.1)" in refused
    assert desk.stage() == Stage.PANEL
