"""An end takes effect when chair and police lead have both endorsed one fixed text (2.8.15)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import held
from waymark.cases.models import Case, Stage, Task
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Role, User
from waymark.directory.permission import Changed, Refused, permits
from waymark.panels.endings import exits
from waymark.panels.models import EndOpinion, EndProposal, ReviewAfterExit
from waymark.support import ended
from waymark.support.models import Piece


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).exit_recommended()


def stage_of(story: Story) -> str:
    story.seen_again()
    return story.case.stage


def test_exit_takes_effect_only_when_both_have_endorsed(story: Story, essex: Cast) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    assert stage_of(story) == Stage.EXIT_RECOMMENDED
    exits.endorse(
        story.proposal, by=acting(essex.police_lead), why="Risk managed", left_open="Known"
    )
    assert stage_of(story) == Stage.EXITED
    assert EndProposal.objects.get().outcome == "endorsed"
    assert Piece.objects.get().state == Piece.State.ENDED


def test_an_exit_sets_reviews_after_6_and_12_months(story: Story) -> None:
    story.exited()
    due = [each.due_date for each in ReviewAfterExit.objects.all()]
    assert [(day.year * 12 + day.month) - (today().year * 12 + today().month) for day in due] == [
        6,
        12,
    ]
    assert Task.objects.waiting().filter(kind="review_after_exit", role="chair").count() == 2


def test_the_first_opinion_is_hidden_from_the_second(story: Story, essex: Cast) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    acting(essex.police_lead)
    assert not EndOpinion.objects.exists()
    exits.endorse(
        story.proposal, by=acting(essex.police_lead), why="Risk managed", left_open="Known"
    )
    assert EndOpinion.objects.count() == 2


@pytest.mark.lesson("R20")
def test_who_wrote_the_recommendation_does_not_endorse_it_where_others_can(
    story: Story, essex: Cast
) -> None:
    with pytest.raises(Refused, match="You wrote this recommendation yourself"):
        exits.endorse(
            story.proposal, by=acting(essex.chair), why="I agree with myself", left_open="Known"
        )
    yesterday = today() - timedelta(days=1)
    acting(essex.administrator)
    Appointment.objects.filter(user=essex.vice_chair).update(until_date=yesterday)
    exits.endorse(
        story.proposal, by=acting(essex.chair), why="Nobody else holds the post", left_open="Known"
    )
    assert EndOpinion.objects.count() == 1


def asked(user: User) -> int:
    acting(user)
    return Task.objects.waiting().of(user).filter(kind="endorse_exit").count()


def test_only_who_can_endorse_an_exit_is_asked_for_it(story: Story, essex: Cast) -> None:
    assert [asked(essex.chair), asked(essex.vice_chair), asked(essex.police_lead)] == [0, 1, 1]
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    assert [asked(essex.vice_chair), asked(essex.police_lead)] == [0, 1]


def test_the_writer_is_asked_where_nobody_else_holds_the_post(story: Story, essex: Cast) -> None:
    acting(essex.administrator)
    yesterday = today() - timedelta(days=1)
    Appointment.objects.filter(user=essex.vice_chair).update(until_date=yesterday)
    exits.restate(story.case, by=acting(essex.chair), reasons="In other words")
    assert asked(essex.chair) == 1


def test_whoever_gave_the_support_is_told_that_it_ended(story: Story, essex: Cast) -> None:
    story.exited()
    for user in (essex.provider, essex.support_lead):
        acting(user)
        notice = Task.objects.waiting().get(user=user, kind="support_ended")
        ended.have_read(notice, by=user)
        assert not Task.objects.waiting().filter(user=user).exists()


def test_one_person_in_both_posts_decides_once(story: Story, essex: Cast) -> None:
    both = essex.appointed(Role.CHAIR, Role.POLICE_LEAD, of=essex.council)
    exits.endorse(story.proposal, by=acting(both), why="Aims met", left_open="Known")
    assert not permits(exits.may_decide, both, story.proposal)
    with pytest.raises(Refused, match=r"already decided on this end \(2\.8\.15\)"):
        exits.endorse(story.proposal, by=acting(both), why="Again", left_open="Known")
    assert stage_of(story) == Stage.EXIT_RECOMMENDED


def test_two_of_one_organisation_do_not_endorse_for_each_other(story: Story, essex: Cast) -> None:
    lead_at_the_council = essex.appointed(Role.POLICE_LEAD, of=essex.council)
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    with pytest.raises(Refused, match="Your organisation has already decided"):
        exits.endorse(
            story.proposal, by=acting(lead_at_the_council), why="Mine too", left_open="Known"
        )
    assert stage_of(story) == Stage.EXIT_RECOMMENDED


@pytest.mark.parametrize("who", ["vice_chair", "chair"])
def test_database_keeps_two_people_of_two_bodies_where_a_rule_is_gone_round(
    story: Story, essex: Cast, who: str
) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    second = acting(getattr(essex, who))
    with pytest.raises(IntegrityError, match="end_endorsed_by_two"), transaction.atomic():
        EndOpinion.objects.create(
            case=story.case, proposal=story.proposal, post="police_lead", endorses=True, why="Me",
            by=second, organisation=second.organisation, at=now(),
        )  # fmt: skip
    assert EndOpinion.objects.count() == 1


def test_nobody_endorses_in_anothers_name(story: Story, essex: Cast) -> None:
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        EndOpinion.objects.create(
            case=story.case, proposal=story.proposal, post="police_lead", endorses=True, why="Me",
            by=essex.police_lead, organisation=essex.police, at=now(),
        )  # fmt: skip
    assert not EndOpinion.objects.exists()


@pytest.mark.parametrize("who", ["police_officer", "families_lead"])
def test_other_posts_do_not_endorse(story: Story, essex: Cast, who: str) -> None:
    with pytest.raises(Refused, match="Only this area"):
        exits.endorse(
            story.proposal, by=acting(getattr(essex, who)), why="I agree", left_open="Known"
        )


def test_an_appointment_that_has_ended_counts_no_more(story: Story, essex: Cast) -> None:
    former = essex.appointed(Role.CHAIR, of=essex.council, until=date(2026, 2, 1))
    with pytest.raises(Case.DoesNotExist):
        exits.endorse(story.proposal, by=acting(former), why="As I used to", left_open="Known")


def test_one_refusal_goes_back_to_the_panel(story: Story, essex: Cast) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    exits.refuse(story.proposal, by=acting(essex.police_lead), why="Two aims are open")
    assert stage_of(story) == Stage.PANEL
    with pytest.raises(Refused, match="no longer waits"):
        exits.endorse(story.proposal, by=acting(essex.chair), why="Still", left_open="Known")


def test_another_text_makes_an_endorsement_lapse(story: Story, essex: Cast) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    new = exits.restate(story.case, by=acting(essex.chair), reasons="Put better")
    with pytest.raises(Refused, match="no longer waits"):
        exits.endorse(
            story.proposal, by=acting(essex.police_lead), why="The old text", left_open="Known"
        )
    exits.endorse(new, by=acting(essex.police_lead), why="The new text", left_open="Known")
    assert stage_of(story) == Stage.EXIT_RECOMMENDED
    exits.endorse(new, by=acting(essex.vice_chair), why="The new text", left_open="Known")
    assert stage_of(story) == Stage.EXITED


def test_an_endorsement_lapses_when_the_case_changes_and_is_asked_anew(
    story: Story, essex: Cast
) -> None:
    exits.endorse(story.proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    day = today() + timedelta(days=7)
    held.hold(story.case, by=acting(essex.police_officer), why="Risen", look_again_date=day)
    held.release(story.case, by=acting(essex.police_officer), why="Suitable")
    with pytest.raises(Refused, match="no longer waits"):
        exits.endorse(
            story.proposal, by=acting(essex.police_lead), why="Risk managed", left_open="Known"
        )
    new = exits.restate(story.case, by=acting(essex.chair), reasons="Weighed again")
    for user in (essex.vice_chair, essex.police_lead):
        exits.endorse(new, by=acting(user), why="The risk is managed", left_open="Known")
    assert stage_of(story) == Stage.EXITED


def test_a_text_that_was_proposed_stays_as_it_is(story: Story, essex: Cast) -> None:
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        EndProposal.objects.update(reasons="Others")
    assert EndProposal.objects.get().reasons != "Others"


def test_nothing_is_endorsed_before_all_is_settled(essex: Cast) -> None:
    story = Story(essex).consented()
    story.sessions_held().needs_disposed().decided("exit_recommended")
    proposal = EndProposal.objects.get()
    with pytest.raises(Refused, match="significant harm") as refused:
        exits.endorse(proposal, by=acting(essex.vice_chair), why="Aims met", left_open="Known")
    assert refused.value.clause == "2.5.13"


def test_the_second_of_two_is_told_what_changed(story: Story, essex: Cast) -> None:
    seen = story.case.version
    exits.refuse(story.proposal, by=acting(essex.vice_chair), why="Not yet")
    with pytest.raises(Changed, match="now stands at: Panel"):
        exits.endorse(
            story.proposal,
            by=acting(essex.police_lead),
            why="Risk managed",
            left_open="Known",
            version=seen,
        )


# ---- other ends, once support was agreed


def declined(essex: Cast, **differs: object) -> Story:
    story = Story(essex).consented()
    story.withdrawn().reassessed().decided("declined", **differs)
    story.end_settled()
    story.proposal = EndProposal.objects.get(case=story.case, closed_at=None)
    return story


def test_declined_after_support_was_agreed_needs_both(essex: Cast) -> None:
    story = declined(essex)
    exits.endorse(
        story.proposal, by=acting(essex.police_lead), why="Nothing more to do", left_open="Known"
    )
    assert stage_of(story) == Stage.PANEL
    exits.endorse(
        story.proposal, by=acting(essex.vice_chair), why="They said no", left_open="Known"
    )
    assert stage_of(story) == Stage.DECLINED
    assert not ReviewAfterExit.objects.exists()


def test_declined_is_looked_at_again_only_on_a_date_that_the_panel_set(essex: Cast) -> None:
    day = today() + timedelta(days=90)
    story = declined(essex, review_date=day)
    for user in (essex.police_lead, essex.vice_chair):
        exits.endorse(story.proposal, by=acting(user), why="They said no", left_open="Known")
    assert ReviewAfterExit.objects.get().due_date == day
    acting(essex.chair)
    assert Case.objects.get().closed_date is None


def test_a_refused_end_is_put_to_the_panel_again(essex: Cast) -> None:
    story = declined(essex)
    exits.refuse(story.proposal, by=acting(essex.police_lead), why="Ask once more")
    assert stage_of(story) == Stage.PANEL
    assert EndProposal.objects.get().outcome == "refused"


@pytest.mark.parametrize("who", ["outsider", "coordinator", "provider", "panel_member"])
def test_others_see_no_end_proposed(story: Story, essex: Cast, who: str) -> None:
    acting(getattr(essex, who))
    assert not (EndProposal.objects.exists() or EndOpinion.objects.exists())
