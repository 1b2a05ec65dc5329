"""From information gathering to the lead's review, and what refuses each step."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from tests.words import GATHERED, risk_said
from waymark.audit.models import Event
from waymark.cases import lead_review, positions
from waymark.cases.endings import told
from waymark.cases.known import gathering, risk
from waymark.cases.models import (
    Case,
    Entry,
    Gathering,
    LeadReview,
    RiskAssessment,
    SharingPosition,
    Stage,
    Task,
    Told,
)
from waymark.cases.written import entries
from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.directory.permission import Changed, Refused


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).screened()


def stage_of(story: Story) -> str:
    acting(story.cast.police_lead)
    return Case.objects.get(pk=story.case.pk).stage


# ---- information gathering


def test_enough_for_partners_leads_to_the_first_risk_assessment(story: Story, essex: Cast) -> None:
    gathering.finish_gathering(story.case, by=acting(essex.police_officer), **GATHERED)
    assert stage_of(story) == Stage.FIRST_RISK
    assert gathering.last_gathering(story.case) is not None
    assert list(story.case.tasks.waiting().values_list("kind", flat=True)) == ["first_risk"]


@pytest.mark.parametrize("left_out", sorted(GATHERED))
def test_gathering_is_not_finished_without_its_words(
    story: Story, essex: Cast, left_out: str
) -> None:
    with pytest.raises(Refused, match=r"Nothing is written about .* \(2\.7\.3\)"):
        gathering.finish_gathering(
            story.case, by=acting(essex.police_officer), **GATHERED | {left_out: " "}
        )
    assert stage_of(story) == Stage.GATHERING
    refused = Event.objects.filter(kind="refused")
    acting(essex.auditor)
    assert refused.count() == 1


def test_the_police_lead_may_gather_and_a_police_officer_elsewhere_may_not(
    story: Story, essex: Cast, thurrock: Cast
) -> None:
    with pytest.raises(Case.DoesNotExist):
        gathering.finish_gathering(story.case, by=acting(thurrock.police_officer), **GATHERED)
    gathering.finish_gathering(story.case, by=acting(essex.police_lead), **GATHERED)
    assert stage_of(story) == Stage.FIRST_RISK


def test_the_second_of_two_is_told_what_changed(story: Story, essex: Cast) -> None:
    seen = story.case.version
    gathering.finish_gathering(
        story.case, by=acting(essex.police_officer), version=seen, **GATHERED
    )
    with pytest.raises(Changed, match="now stands at: First risk assessment"):
        gathering.finish_gathering(
            story.case, by=acting(essex.police_lead), version=seen, **GATHERED
        )
    assert Gathering.objects.count() == 1


def test_gathering_cannot_be_finished_twice(story: Story, essex: Cast) -> None:
    story.gathered()
    with pytest.raises(Refused, match="This was done on"):
        gathering.finish_gathering(story.case, by=acting(essex.police_officer), **GATHERED)


# ---- first risk assessment


@pytest.mark.parametrize(
    "born, lead", [(date(2011, 5, 4), "families_lead"), (date(1990, 5, 4), "adult_lead")]
)
def test_a_case_without_conflict_goes_to_the_lead_for_its_age(
    essex: Cast, born: date, lead: str
) -> None:
    story = Story(essex, born=born).risk_assessed()
    case = Case.objects.get(pk=story.case.pk)
    assert (case.stage, case.led_by) == (Stage.LEAD_REVIEW, lead)
    assert case.opened_to_area_at is not None
    waiting = case.tasks.waiting().get(kind="lead_review")
    assert waiting.role == lead


@pytest.mark.parametrize(
    "said",
    [
        {"conflict": "yes", "check_again_date": today() + timedelta(days=7)},
        {"conflict": "to_be_checked", "check_again_date": today() + timedelta(days=7)},
        {"major_risk": True, "check_again_date": today() + timedelta(days=7)},
    ],
    ids=["conflict", "to be checked", "major risk"],
)
def test_conflict_or_major_risk_keeps_the_case_with_the_police(
    story: Story, essex: Cast, said: dict[str, Any]
) -> None:
    story.gathered()
    held = said | {"hold_why": "Other work stands against it"}
    risk.assess(story.case, by=acting(essex.police_officer), **risk_said(essex, **held))
    case = Case.objects.get(pk=story.case.pk)
    assert (case.stage, case.held_from) == (Stage.POLICE_HELD, Stage.FIRST_RISK)
    assert case.opened_to_area_at is None
    assert case.tasks.waiting().filter(kind="look_at_hold").count() == 1
    acting(essex.families_lead)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "said, why",
    [
        ({"to_person": ""}, "what might happen to the person"),
        ({"to_public": " "}, "what might happen to the public"),
        ({"to_partners": ""}, "what might happen to partners"),
        ({"to_providers": ""}, "what might happen to providers"),
        ({"speaks_for": ""}, "what speaks for a risk to the person"),
        ({"speaks_against": " "}, "what speaks against a risk to the person"),
        ({"reduced_how": ""}, "what was done to reduce the risk to the person"),
        ({"risks": {}}, "Nothing is said of the risk to the person"),
        ({"conflict": ""}, "whether there is conflict"),
        ({"conflict": "to_be_checked"}, "date to check conflict again"),
        ({"review_date": today() - timedelta(days=1)}, "date to review the risk"),
        ({"major_risk": True}, "why the police hold the case"),
        ({"major_risk": True, "hold_why": "Other work"}, "date to look at the hold again"),
        (
            {
                "major_risk": True,
                "hold_why": "Other work",
                "check_again_date": today() + timedelta(days=400),
            },
            "cannot be held so long",
        ),
    ],
)
def test_risk_is_not_assessed_without_its_words(
    story: Story, essex: Cast, said: dict[str, Any], why: str
) -> None:
    story.gathered()
    with pytest.raises(Refused, match=f"(?i){why}"):
        risk.assess(story.case, by=acting(essex.police_officer), **risk_said(essex, **said))
    assert stage_of(story) == Stage.FIRST_RISK
    assert not RiskAssessment.objects.exists()


def test_somebody_outside_the_case_cannot_own_its_risk(story: Story, essex: Cast) -> None:
    story.gathered()
    with pytest.raises(Refused, match="Writing on this case"):
        risk.assess(
            story.case,
            by=acting(essex.police_officer),
            **risk_said(essex, owner=essex.provider),
        )


@pytest.mark.lesson("R11")
def test_a_risk_written_as_the_last_time_says_why(story: Story, essex: Cast) -> None:
    story.risk_assessed()
    officer = acting(essex.police_officer)
    with pytest.raises(Refused, match="described as it was the last time"):
        risk.assess(story.case, by=officer, **risk_said(essex))
    again = risk_said(essex, unchanged_why="Nothing was heard since")
    made = risk.assess(story.case, by=officer, **again)
    assert (made.turn, stage_of(story)) == ("later", Stage.LEAD_REVIEW)
    assert Task.objects.waiting().filter(kind="review_risk").count() == 1


def test_a_later_assessment_that_finds_major_risk_does_not_tell_the_lead_why(
    story: Story, essex: Cast
) -> None:
    story.risk_assessed()
    later = risk_said(
        essex, to_person="More", to_public="More", to_partners="More", to_providers="More",
        major_risk=True,
    )  # fmt: skip
    risk.assess(story.case, by=acting(essex.police_officer), **later)
    assert RiskAssessment.objects.count() == 2
    acting(essex.families_lead)
    assert [one.major_risk for one in RiskAssessment.objects.all()] == [False]


def test_the_second_assessment_is_not_made_before_the_factors_are_signed(
    story: Story, essex: Cast
) -> None:
    story.partners_answered()
    with pytest.raises(Refused, match="rests on a signed preliminary assessment"):
        risk.assess(story.case, by=acting(essex.police_officer), **risk_said(essex))


# ---- the lead's review

REVIEWED: dict[str, Any] = {
    "conversations": "With the mother, who knows of it",
    "harm_suspected": False,
    "safeguarding": "Nothing beyond what is known",
    "recommendation": "Ask the school",
}


def shared(story: Story) -> None:
    positions.decide(
        story.case, by=acting(story.cast.families_lead), state="agreed", ground="The mother agreed"
    )


def test_the_review_leads_to_partner_checks(story: Story, essex: Cast) -> None:
    story.risk_assessed()
    shared(story)
    made = lead_review.review(
        story.case, by=acting(essex.families_lead), to_ask={essex.partner.organisation: "Absence"},
        **REVIEWED,
    )  # fmt: skip
    assert stage_of(story) == Stage.PARTNER_CHECKS
    assert [one.organisation for one in made.to_ask.all()] == [essex.partner.organisation]


def test_acting_on_an_offered_case_accepts_it(story: Story, essex: Cast) -> None:
    story.risk_assessed()
    assert story.case.holders.get(until_at=None).user == essex.police_officer
    shared(story)
    lead_review.review(
        story.case, by=acting(essex.families_lead), to_ask={}, nobody_to_ask_why="Not at school",
        **REVIEWED,
    )  # fmt: skip
    assert story.case.holders.get(until_at=None).user == essex.families_lead
    assert stage_of(story) == Stage.SECOND_RISK


def test_a_childs_case_is_not_reviewed_by_the_adult_lead(story: Story, essex: Cast) -> None:
    story.risk_assessed()
    acting(essex.adult_lead)
    assert not Case.objects.exists()
    with pytest.raises(Case.DoesNotExist):
        lead_review.review(story.case, by=essex.adult_lead, to_ask={}, **REVIEWED)


def test_one_who_sees_the_case_in_another_post_is_told_whose_review_it_is(
    story: Story, essex: Cast
) -> None:
    story.risk_assessed()
    with pytest.raises(Refused, match=r"done by: Prevent adult lead or Prevent families lead"):
        lead_review.review(story.case, by=acting(essex.police_officer), to_ask={}, **REVIEWED)
    both = essex.appointed(Role.ADULT_LEAD, Role.CHAIR, of=essex.council)
    with pytest.raises(Refused, match=r"other Prevent lead \(2\.7\.7\).*families lead, of Essex"):
        lead_review.review(story.case, by=acting(both), to_ask={}, **REVIEWED)


@pytest.mark.parametrize(
    "said, why",
    [
        ({"conversations": ""}, "conversations held"),
        ({"safeguarding": ""}, "about safeguarding"),
        ({"recommendation": ""}, "the recommendation"),
        ({}, "Nobody is named to be asked"),
        ({"harm_suspected": True}, "no safeguarding referral is made"),
    ],
)
def test_a_review_needs_its_words(
    story: Story, essex: Cast, said: dict[str, Any], why: str
) -> None:
    story.risk_assessed()
    with pytest.raises(Refused, match=why):
        lead_review.review(story.case, by=acting(essex.families_lead), to_ask={}, **REVIEWED | said)
    assert not LeadReview.objects.exists()


@pytest.mark.parametrize("born, clause", [(date(2011, 5, 4), "2.4.3"), (date(1990, 5, 4), "2.4.4")])
def test_partners_are_not_asked_before_the_position_on_sharing_stands(
    essex: Cast, born: date, clause: str
) -> None:
    story = Story(essex, born=born).risk_assessed()
    lead = essex.families_lead if clause == "2.4.3" else essex.adult_lead
    with pytest.raises(Refused, match=rf"not decided whether information may be shared.*{clause}"):
        lead_review.review(
            story.case, by=acting(lead), to_ask={essex.partner.organisation: "Absence"}, **REVIEWED
        )
    assert stage_of(story) == Stage.LEAD_REVIEW


# ---- sharing, telling, entries


def test_sharing_without_agreement_is_weighed_and_looked_at_again(
    story: Story, essex: Cast
) -> None:
    story.risk_assessed()
    lead = acting(essex.families_lead)
    with pytest.raises(Refused, match=r"not weighed \(2\.4\.5\)"):
        positions.decide(story.case, by=lead, state="refused", ground="To keep others from harm")
    made = positions.decide(
        story.case, by=lead, state="refused", ground="To keep others from harm", balance="Weighed"
    )
    assert made.review_date is not None and made.review_date > today()
    assert Task.objects.waiting().filter(kind="review_sharing").count() == 1
    positions.decide(story.case, by=lead, state="agreed", ground="They now agree")
    assert Task.objects.waiting().filter(kind="review_sharing").count() == 0
    assert SharingPosition.objects.count() == 2
    with pytest.raises(IntegrityError, match="weighed"), transaction.atomic():
        SharingPosition.objects.create(
            case=story.case, state="refused", ground="Round the rule", by=lead, at=made.at
        )


@pytest.mark.lesson("R34")
def test_not_told_has_a_reason_and_is_looked_at_again(story: Story, essex: Cast) -> None:
    officer = acting(essex.police_officer)
    with pytest.raises(Refused, match="why the person is not told"):
        told.not_told(story.case, by=officer, why="")
    with pytest.raises(Refused, match="has passed"):
        told.not_told(
            story.case, by=officer, why="Unsafe", look_again_date=today() - timedelta(days=1)
        )
    told.not_told(story.case, by=officer, why="Unsafe at home now")
    assert Task.objects.waiting().filter(kind="look_at_telling").count() == 1
    with pytest.raises(Refused, match="Nobody is named who told"):
        told.tell(story.case, by=officer, words="Why, and what follows", by_whom="")
    with pytest.raises(Refused, match="date of what was promised"):
        told.tell(story.case, by=officer, words="Why", by_whom="The officer", promised="A call")
    told.tell(
        story.case, by=officer, words="Why, and what follows", by_whom="The officer",
        promised="A call", promised_date=today() + timedelta(days=2),
    )  # fmt: skip
    assert Task.objects.waiting().filter(kind="look_at_telling").count() == 0
    assert Task.objects.waiting().get(kind="keep_promise").user == officer
    assert [one.told for one in Told.objects.all()] == [False, True]


@pytest.mark.lesson("R8")
def test_an_entry_keeps_when_it_happened_apart_from_when_it_was_written(
    story: Story, essex: Cast
) -> None:
    officer = acting(essex.police_officer)
    said: dict[str, Any] = {"kind": "telephone", "told_by": "The form tutor", "words": "Calmer."}
    earlier = today() - timedelta(days=40)
    made = entries.write(story.case, by=officer, happened_date=earlier, **said)
    assert made.happened_date == earlier and made.at.date() > earlier
    for wrong in ({"kind": "rumour"}, {"told_by": ""}, {"words": "  "}):
        with pytest.raises(Refused):
            entries.write(story.case, by=officer, happened_date=earlier, **said | wrong)
    for day in (None, today() + timedelta(days=1)):
        with pytest.raises(Refused, match="missing or still to come"):
            entries.write(story.case, by=officer, happened_date=day, **said)
    with pytest.raises(Exception, match="append|permission denied"), transaction.atomic():
        Entry.objects.filter(pk=made.pk).update(words="Altered")


@pytest.mark.parametrize("who", ["outsider", "coordinator", "partner", "adult_lead", "provider"])
def test_what_is_written_early_is_not_for_others(story: Story, essex: Cast, who: str) -> None:
    story.partners_asked()
    acting(getattr(essex, who))
    for table in (Gathering, RiskAssessment, LeadReview, SharingPosition, Entry, Told):
        assert not table._default_manager.exists(), table
