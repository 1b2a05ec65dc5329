"""Ends that nobody makes alone, and what is settled before any of them."""

from typing import Any

import pytest

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from waymark.cases import safeguarding
from waymark.cases.endings import early_end, told
from waymark.cases.endings.ending import last_check, may_end, record_end_checks
from waymark.cases.models import Case, EarlyEnd, EndCheck, Grant, Stage, Task
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.database.record import Part
from waymark.directory.models import Organisation, Role
from waymark.directory.permission import Refused, permits

GONE: dict[str, Any] = {"reason": "moved_abroad", "why": "The school saw the new address"}
SETTLED: dict[str, Any] = {
    "harm_suspected": False,
    "harm_considered": "None is suspected",
    "signposted": "The new school’s own support",
}


def settle(story: Story, **differs: Any) -> EndCheck:
    officer = acting(story.cast.police_officer)
    told.tell(story.case, by=officer, words="That the case ends", by_whom="The officer")
    return record_end_checks(story.case, by=officer, **SETTLED | differs)


def test_before_opening_officer_and_police_lead_end_a_case(essex: Cast) -> None:
    story = Story(essex).gathered()
    made = early_end.propose_end(story.case, by=acting(essex.police_officer), **GONE)
    settle(story)
    with pytest.raises(Refused, match="decided by: Police Prevent lead"):
        early_end.decide_end(made, by=acting(essex.second_officer), agrees=True)
    early_end.decide_end(made, by=acting(essex.police_lead), agrees=True)
    story.seen_again()
    assert story.case.stage == Stage.NO_LONGER_POSSIBLE
    assert story.case.ended_at is not None
    assert not story.case.tasks.waiting().exists()


@pytest.mark.parametrize("first, second", [("police_officer", "chair"), ("chair", "police_lead")])
def test_after_opening_chair_and_police_end_a_case(essex: Cast, first: str, second: str) -> None:
    story = Story(essex).second_risk()
    made = early_end.propose_end(story.case, by=acting(getattr(essex, first)), **GONE)
    settle(story)
    with pytest.raises(Refused, match="proposed this yourself"):
        early_end.decide_end(made, by=acting(getattr(essex, first)), agrees=True)
    if first == "police_officer":
        with pytest.raises(Refused, match="decided by: Chair"):
            early_end.decide_end(made, by=acting(essex.police_lead), agrees=True)
    early_end.decide_end(made, by=acting(getattr(essex, second)), agrees=True)
    assert story.seen_again().case.stage == Stage.NO_LONGER_POSSIBLE


def test_a_case_that_one_refuses_to_end_goes_on(essex: Cast) -> None:
    story = Story(essex).second_risk()
    made = early_end.propose_end(story.case, by=acting(essex.police_officer), **GONE)
    with pytest.raises(Refused, match="already that this case ends"):
        early_end.propose_end(story.case, by=acting(essex.chair), **GONE)
    early_end.decide_end(made, by=acting(essex.chair), agrees=False, why="Only on holiday")
    assert story.seen_again().case.stage == Stage.NEXT_STEP
    assert not Task.objects.waiting().filter(kind="decide_early_end").exists()
    assert Task.objects.waiting().filter(kind="next_step").exists()


@pytest.mark.parametrize(
    "said, why", [({"reason": "tired"}, "No reason is chosen"), ({"why": ""}, "how this is known")]
)
def test_an_early_end_says_why(essex: Cast, said: dict[str, Any], why: str) -> None:
    story = Story(essex).gathered()
    with pytest.raises(Refused, match=why):
        early_end.propose_end(story.case, by=acting(essex.police_officer), **GONE | said)
    assert not EarlyEnd.objects.exists()


def test_others_do_not_end_a_case(essex: Cast) -> None:
    story = Story(essex).second_risk()
    with pytest.raises(Refused, match="not yours to do"):
        early_end.propose_end(story.case, by=acting(essex.families_lead), **GONE)
    with pytest.raises(Case.DoesNotExist):
        early_end.propose_end(story.case, by=acting(essex.outsider), **GONE)


# ---- what is settled before any end


@pytest.mark.parametrize(
    "said, why",
    [
        ({"harm_considered": ""}, r"Significant harm is not considered \(2\.5\.13\)"),
        ({"harm_suspected": True}, r"Nobody raises the suspected harm.*\(2\.5\.13\)"),
        ({"signposted": " "}, r"other help \(2\.5\.12\)"),
    ],
)
def test_nothing_is_settled_by_silence(essex: Cast, said: dict[str, Any], why: str) -> None:
    story = Story(essex).gathered()
    with pytest.raises(Refused, match=why):
        settle(story, **said)
    assert last_check(story.case) is None


@pytest.mark.lesson("R34")
def test_no_end_before_the_person_was_told_or_not(essex: Cast) -> None:
    story = Story(essex).gathered()
    record_end_checks(story.case, by=acting(essex.police_officer), **SETTLED)
    with pytest.raises(Refused, match="not recorded whether the person was told"):
        may_end(story.case)
    told.not_told(story.case, by=essex.police_officer, why="Cannot be found")
    assert permits(may_end, story.case)


def test_what_was_settled_before_the_case_moved_on_counts_no_more(essex: Cast) -> None:
    story = Story(essex).gathered()
    settle(story)
    assert permits(may_end, story.case)
    story.risk_assessed()
    assert not permits(may_end, story.case)


def test_suspected_harm_that_nobody_has_raised_yet_is_a_task(essex: Cast) -> None:
    story = Story(essex).gathered()
    settle(story, harm_suspected=True, harm_raised_by="The officer")
    assert Task.objects.waiting().get(kind="raise_harm").user == essex.police_officer
    care = social_care(essex)
    safeguarding.refer(
        story.case, by=acting(essex.police_officer), to=care, about="Robin", why="Left alone"
    )
    assert not Task.objects.waiting().filter(kind="raise_harm").exists()


def test_partners_no_longer_see_their_requests_after_an_end(essex: Cast) -> None:
    story = Story(essex).partners_asked()
    made = early_end.propose_end(story.case, by=acting(essex.police_officer), **GONE)
    settle(story, unanswered="The school is told that no answer is needed")
    early_end.decide_end(made, by=acting(essex.chair), agrees=True)
    acting(essex.police_lead)
    in_force = Grant.objects.in_force(now()).filter(part=Part.REQUEST)
    assert not in_force.exists()
    acting(essex.partner)
    assert not type(story.request).objects.exists()


# ---- social care


def social_care(cast: Cast) -> Organisation:
    become(INSTALLATION)
    return cast.organisation("Children’s social care", "children_social_care")


@pytest.mark.parametrize("who", ["police_officer", "chair", "families_lead"])
def test_whoever_works_on_a_case_refers_to_social_care(essex: Cast, who: str) -> None:
    story, care = Story(essex).second_risk(), social_care(essex)
    by = acting(getattr(essex, who))
    made = safeguarding.refer(story.case, by=by, to=care, about="His sister", why="Left alone")
    assert (made.accepted_at, made.case) == (None, story.case)
    assert Task.objects.waiting().get(kind="chase_safeguarding").user == by


@pytest.mark.lesson("R22")
def test_the_sender_keeps_the_duty_until_a_named_post_accepts(essex: Cast) -> None:
    story, care = Story(essex).gathered(), social_care(essex)
    worker = essex.appointed(Role.PARTNER, of=care)
    officer = acting(essex.police_officer)
    made = safeguarding.refer(story.case, by=officer, to=care, about="Robin", why="Left alone")
    with pytest.raises(Refused, match="No post is named"):
        safeguarding.accept(made, by=officer, post=" ")
    acting(worker)
    assert not Case.objects.exists()
    assert [one.pk for one in type(made).objects.all()] == [made.pk]
    safeguarding.accept(made, by=worker, post="Duty social worker")
    with pytest.raises(Refused, match="accepted already"):
        safeguarding.accept(made, by=worker, post="Duty social worker")
    acting(officer)
    assert not Task.objects.waiting().filter(kind="chase_safeguarding").exists()


def test_a_safeguarding_referral_goes_to_social_care_alone(essex: Cast) -> None:
    story = Story(essex).gathered()
    school = essex.partner.organisation
    with pytest.raises(Refused, match="is not social care"):
        safeguarding.refer(
            story.case, by=acting(essex.police_officer), to=school, about="Robin", why="Left alone"
        )


def test_while_a_referral_is_screened_the_police_refer(essex: Cast) -> None:
    story, care = Story(essex).referred(), social_care(essex)
    said: dict[str, Any] = {
        "to": care, "about": "A younger brother", "why": "Left alone",
        "subject_id": story.subject.pk, "area": essex.area,
    }  # fmt: skip
    with pytest.raises(Refused, match="while they screen"):
        safeguarding.refer(None, by=acting(essex.chair), **said)
    made = safeguarding.refer(None, by=acting(essex.police_officer), **said)
    safeguarding.accept(made, by=essex.police_officer, post="Duty social worker")
    acting(essex.chair)
    assert not type(made).objects.exists()
