"""What a decision cannot be without, and where each leads (2.5.10, 2.5.11, 2.8.9)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.models import Stage, Task
from waymark.database.clock import today
from waymark.directory.permission import Changed, Refused
from waymark.panels import decisions
from waymark.panels.meeting import meetings
from waymark.panels.models import AgendaItem, Decision, EndProposal, Position
from waymark.panels.proposals import PositionSaid
from waymark.panels.quorum import members_present

WEIGHED_ALIKE = [
    ({"information": " "}, "on what information", "2.8.9"),
    ({"reasons": ""}, "no reasons", "2.8.9"),
    ({"risk_to_person": ""}, "risk to the person", "2.5.11"),
    ({"risk_to_society": ""}, "poses to society", "2.5.11"),
    ({"positions": ()}, "thinks of it", "s.37(6)"),
    ({"next_review_date": None}, "next review", "2.8.18"),
]


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).on_panel()


@pytest.fixture
def supported(essex: Cast) -> Story:
    return Story(essex).consented()


def decide(story: Story, item: AgendaItem, kind: str, **differs: Any) -> Decision:
    said = story.proposed(item, kind, **differs)
    return decisions.decide(item, by=acting(story.cast.chair), said=said)


def split(item: AgendaItem, against: int) -> list[PositionSaid]:
    """So many members disagree, the others agree."""
    members = members_present(item)
    no = [PositionSaid(each, "disagrees", "Too early") for each in members[:against]]
    return no + [PositionSaid(each, "agrees") for each in members[against:]]


@pytest.mark.parametrize("said, why, clause", WEIGHED_ALIKE)
def test_a_decision_is_not_made_without(
    story: Story, said: dict[str, Any], why: str, clause: str
) -> None:
    item = story.meeting_open()
    with pytest.raises(Refused, match=why) as refused:
        decide(story, item, "deferred", **said)
    assert refused.value.clause == clause
    assert not Decision.objects.exists()


@pytest.mark.parametrize("kind", ["goes_on", "exit_recommended", "new_plan", "noted", "arrest"])
def test_a_case_at_the_panel_is_not_decided_as_if_it_were_supported(
    story: Story, kind: str
) -> None:
    item = story.meeting_open()
    with pytest.raises(Refused, match="cannot be decided while the case stands at “Panel”"):
        decide(story, item, kind)


@pytest.mark.parametrize("kind", ["plan_agreed", "deferred", "declined", "noted"])
def test_a_supported_case_is_not_decided_as_if_it_were_new(supported: Story, kind: str) -> None:
    item = supported.meeting_open()
    with pytest.raises(Refused, match="stands at “Supported”"):
        decide(supported, item, kind)


@pytest.mark.lesson("R10")
def test_a_decision_rests_on_an_assessment_signed_before_it(story: Story) -> None:
    story.decided("deferred")
    decision = Decision.objects.get()
    assert decision.assessment is not None and decision.assessment.signed_at is not None
    assert decision.assessment.signed_at < decision.at
    item = story.meeting_open()
    with pytest.raises(Refused, match="same as at the last decision") as refused:
        decide(story, item, "deferred", changed="")
    assert refused.value.clause == "2.8.18"
    story.reassessed()
    assert decide(story, item, "deferred", changed="").assessment == story.assessment


@pytest.mark.parametrize(
    "against, basis", [(0, "unanimous"), (1, "majority"), (3, "chair"), (5, "chair")]
)
def test_the_basis_follows_from_the_positions(story: Story, against: int, basis: str) -> None:
    item = story.meeting_open()
    assert len(members_present(item)) in (6, 7)
    positions = split(item, against if basis != "chair" else max(against, 4))
    made = decide(story, item, "deferred", positions=positions, dissent="Some would wait")
    assert made.basis == basis
    assert Position.objects.count() == len(positions)


@pytest.mark.lesson("R15")
def test_dissent_is_in_words_and_in_the_minute(story: Story) -> None:
    item = story.meeting_open()
    bare = [PositionSaid(each, "disagrees") for each in members_present(item)]
    with pytest.raises(Refused, match="Somebody disagrees, and nothing says why"):
        decide(story, item, "deferred", positions=bare, dissent="All")
    decide(story, item, "deferred", positions=split(item, 1), dissent="The police would wait")
    assert "The police would wait" in item.minute.words
    apart = next(each for each in item.decision.positions.all() if each.stance == "disagrees")
    who = f"{apart.attendance.user} ({apart.attendance.capacity})"
    assert f"{who} disagrees: Too early" in item.minute.words


def test_what_each_member_said_of_dissent_is_enough(story: Story) -> None:
    item = story.meeting_open()
    made = decide(story, item, "deferred", positions=split(item, 1))
    assert made.dissent == "As each member said it, below."


def test_nobody_who_was_away_has_a_position(story: Story, essex: Cast) -> None:
    item = story.meeting_open()
    everybody = split(item, 0)
    acting(essex.chair)
    story.meeting.attendances.filter(user=essex.panel_member).update(came=False, reason="Ill")
    with pytest.raises(Refused, match="Only members who are present"):
        decide(story, item, "deferred", positions=everybody)


@pytest.mark.lesson("R16")
def test_an_unanswered_check_is_named_in_the_minute(essex: Cast) -> None:
    story = Story(essex).on_panel()
    officer = acting(essex.police_officer)
    request = story.case.requests.get()
    request.answered_at = None
    request.save()
    assert officer == essex.police_officer
    item = story.meeting_open()
    with pytest.raises(Refused, match="Not yet answered by: Essex Academy"):
        decide(story, item, "deferred", unanswered=" ")
    decide(story, item, "deferred", unanswered="It has a month more")
    assert "Essex Academy: It has a month more" in item.minute.words


def test_a_case_is_decided_once_at_a_meeting_and_only_while_it_is_open(
    story: Story, essex: Cast
) -> None:
    item = story.meeting_open()
    decide(story, item, "deferred")
    with pytest.raises(Refused, match="has its outcome at this meeting"):
        decide(story, item, "deferred")
    meetings.end_meeting(story.meeting, by=acting(essex.chair))
    other = Story(essex, surname="Birchall").on_panel()
    other.meeting_open()
    acting(essex.chair)
    story.meeting = other.meeting
    type(other.meeting).objects.filter(pk=other.meeting.pk).update(
        state="planned", opened_at=None, opened_by=None
    )
    with pytest.raises(Refused, match="in a meeting that is open"):
        decide(other, other.item(), "deferred")


@pytest.mark.parametrize("who", ["police_lead", "families_lead", "panel_member", "coordinator"])
def test_only_the_chair_records_a_decision(story: Story, essex: Cast, who: str) -> None:
    item = story.meeting_open()
    said = story.proposed(item, "deferred")
    with pytest.raises(Refused, match="not yours"):
        decisions.decide(item, by=acting(getattr(essex, who)), said=said)


def test_a_decision_is_never_changed(story: Story, essex: Cast) -> None:
    story.decided("deferred")
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(reasons="Others")
    assert Decision.objects.get().reasons != "Others"


def test_a_decision_on_what_was_overtaken_is_told(story: Story, essex: Cast) -> None:
    seen = story.case.version
    story.decided("deferred")
    item = story.meeting_open()
    with pytest.raises(Changed, match="now stands at: Panel"):
        decisions.decide(
            item, by=acting(essex.chair), said=story.proposed(item, "deferred"), version=seen
        )


# ---- where each leads


def test_an_agreed_plan_leads_to_consent_and_its_asker_is_told(story: Story, essex: Cast) -> None:
    story.plan_agreed()
    assert story.case.stage == Stage.SEEKING_CONSENT
    acting(essex.families_lead)
    task = Task.objects.waiting().get(kind="ask_consent", user=essex.families_lead)
    assert task.due_date == story.plan.ask_by_date


def test_a_plan_is_not_agreed_without_a_plan(story: Story) -> None:
    item = story.meeting_open()
    with pytest.raises(Refused, match="no plan to agree"):
        decide(story, item, "plan_agreed")


def test_only_the_version_written_last_is_agreed(story: Story) -> None:
    first = story.planned().plan
    story.planned()
    item = story.meeting_open()
    with pytest.raises(Refused, match="Only the version written last"):
        decide(story, item, "plan_agreed", plan=first)


@pytest.mark.parametrize("kind", ["other_support", "not_appropriate"])
def test_what_is_not_support_ends_the_case_once_all_is_settled(story: Story, kind: str) -> None:
    item = story.meeting_open()
    with pytest.raises(Refused, match=r"Nothing says that referral to health.*s\.36\(6\)"):
        decide(story, item, kind, health_social_care=" ")
    with pytest.raises(Refused, match="significant harm") as refused:
        decide(story, item, kind)
    assert refused.value.clause == "2.5.13"
    story.end_settled()
    decide(story, item, kind)
    story.seen_again()
    assert story.case.stage == kind


def test_nobody_declined_before_consent_was_asked(story: Story) -> None:
    item = story.meeting_open()
    with pytest.raises(Refused, match="Nobody has declined"):
        decide(story, item, "declined")


@pytest.mark.parametrize("kind", ["other_support", "not_appropriate", "declined"])
def test_once_support_was_agreed_an_end_is_only_proposed(essex: Cast, kind: str) -> None:
    story = Story(essex).plan_agreed()
    story.answered("parent", "refused", "Alex Ashdown")
    story.seen_again().decided(kind)
    assert story.case.stage == Stage.PANEL
    assert EndProposal.objects.get().to == kind


def test_support_goes_on_is_reviewed_and_planned_anew(supported: Story) -> None:
    assert supported.reassessed().decided("goes_on").case.stage == Stage.SUPPORTED
    assert supported.reassessed().decided("new_plan").case.stage == Stage.PANEL


@pytest.mark.lesson("R20")
def test_an_exit_needs_sessions_needs_and_the_referrer(supported: Story) -> None:
    item = supported.meeting_open()
    with pytest.raises(Refused, match="0 of 3 sessions held"):
        decide(supported, item, "exit_recommended")
    supported.sessions_held()
    with pytest.raises(Refused, match="what became of 1 of the plan’s needs"):
        decide(supported, item, "exit_recommended")
    supported.needs_disposed()
    with pytest.raises(Refused, match="referrer was asked again"):
        decide(supported, item, "exit_recommended", referrer_asked="")
    decide(supported, item, "exit_recommended")
    assert supported.seen_again().case.stage == Stage.EXIT_RECOMMENDED


def test_a_case_that_waits_for_consent_is_heard_without_a_decision(essex: Cast) -> None:
    story = Story(essex).plan_agreed()
    item = story.meeting_open()
    decide(story, item, "noted", risk_to_person="", risk_to_society="")
    assert story.seen_again().case.stage == Stage.SEEKING_CONSENT


def test_an_action_has_words_and_a_day(story: Story) -> None:
    item = story.meeting_open()
    late = type(story.action())("Ring", story.cast.panel_member, today() - timedelta(days=1))
    with pytest.raises(Refused, match="date of an action"):
        decide(story, item, "deferred", actions=[late])
