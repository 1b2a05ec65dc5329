"""What a plan cannot be without, and which providers may be used."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from tests.words import FOUND, SAID
from waymark.assessments.writing import Found
from waymark.cases.models import Case, Grant, Stage, Task
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.panels.models import Decision
from waymark.policy.pack import in_force
from waymark.support import briefs, pieces, plans, sessions, stops
from waymark.support.models import Need, Piece, Plan, ProviderCheck, Session
from waymark.support.plan_checks import NeedSaid
from waymark.support.vetting import checks


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).on_panel()


@pytest.fixture
def supported(essex: Cast) -> Story:
    return Story(essex).consented()


def test_each_version_follows_the_last(story: Story) -> None:
    first = story.planned().plan
    second = story.planned().plan
    assert (first.number, second.number, second.follows) == (1, 2, first)
    with pytest.raises(IntegrityError, match="each_plan_follows"), transaction.atomic():
        Plan.objects.create(
            case=story.case, number=3, assessment=second.assessment, level="universal",
            risks_to_providers="None", ask_how="So", ask_by_date=today(), asker=second.asker,
            case_lead=second.asker, by=second.by, at=now(), edition="set-2019",
        )  # fmt: skip


NO_LEVEL = {"level": "the very best"}
UNADDRESSED = [NeedSaid("need", "To belong", factor="E3"), NeedSaid("risk", "Debt")]


NOT_WRITTEN: list[tuple[dict[str, Any], str, str]] = [
    (NO_LEVEL, "No level of support", "2.8.10"),
    ({"level_why": " "}, "lowest level that will do", "2.8.10"),
    ({"risks_to_providers": ""}, "risks to who gives support", "2.8.7"),
    ({"ask_how": ""}, "how consent is asked", "2.10.4"),
    ({"ask_by_date": None}, "date to ask for consent by", "2.10.4"),
    ({"pieces": []}, "names no need, or no support", "2.8.8"),
    ({"needs": UNADDRESSED}, "Nothing addresses “Debt”", "2.1.5"),
    ({"needs": [NeedSaid("need", "A bus pass")]}, "leaves out what was found", "2.1.5"),
    ({"needs": [NeedSaid("wish", "To belong", factor="E3")]}, "of no kind", "2.8.8"),
    ({"own_words": " "}, "own words on the plan are missing", "2.8.4"),
]


def test_a_plan_is_not_written_without(story: Story) -> None:
    for said, why, clause in NOT_WRITTEN:
        with pytest.raises(Refused, match=why) as refused:
            story.planned(**said)
        assert refused.value.clause == clause
    assert not Plan.objects.exists()


NOT_PLANNED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "lecturing"}, "of no kind that the policy names"),
    ({"need": 5}, "addresses no need"),
    ({"answers_how": " "}, "how this support answers the risk"),
    ({"brief": ""}, "no written brief"),
    ({"risk_to_worker": ""}, "risk to whoever gives this support"),
    ({"safe_contact": ""}, "safe way to make contact"),
    ({"sessions": 0}, "how many sessions"),
    ({"rhythm": "sometimes"}, "How often"),
    ({"until_date": today() - timedelta(days=1)}, "ends before it begins"),
    ({"aim": " "}, "what the person wants"),
    ({"locally": " "}, "what there is locally"),
    ({"works_how": " "}, "will see that this support works"),
    ({"risk_done": " "}, "what is done about the risk"),
    ({"level": "specialist"}, "lowest level that will do"),
]


def test_a_piece_is_not_planned_without(story: Story) -> None:
    for said, why in NOT_PLANNED:
        with pytest.raises(Refused, match=why):
            story.planned(pieces=[story.piece_said(**said)])
    assert not Piece.objects.exists()


@pytest.mark.lesson("R19")
def test_a_need_that_was_assessed_is_addressed_or_explained(story: Story) -> None:
    story.reassessed([*FOUND, Found("I1", "strongly", "Says so", evidence=[SAID])])
    with pytest.raises(Refused, match="leaves out what was found present"):
        story.planned()
    explained = NeedSaid("behaviour", "Sees only one side", "I1", "School works on it already")
    story.planned(needs=[NeedSaid("need", "To belong", factor="E3"), explained])
    assert Need.objects.count() == 2


def test_each_of_the_eleven_kinds_can_be_planned(story: Story) -> None:
    kinds = {each.code for each in in_force().support_kinds}
    story.planned(pieces=[story.piece_said(kind=kind) for kind in sorted(kinds)])
    assert set(Piece.objects.values_list("kind", flat=True)) == kinds and len(kinds) == 11


def test_a_plan_is_written_at_the_panel_and_by_those_who_write_on_the_case(
    story: Story, essex: Cast
) -> None:
    said = story.plan_said()
    with pytest.raises(Case.DoesNotExist):
        plans.write(story.case, by=acting(essex.provider), said=said)
    with pytest.raises(Refused, match="Writing on this case"):
        plans.write(story.case, by=acting(essex.coordinator), said=said)
    other = Story(essex, surname="Birchall").at_next_step()
    with pytest.raises(Refused, match="No plan is written while"):
        plans.write(other.case, by=acting(essex.chair), said=said)


def test_an_asker_who_does_not_see_the_case_cannot_be_agreed(story: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="does not see this case"):
        story.plan_agreed(asker=essex.support_lead)
    assert not Decision.objects.exists()


# ---- providers (2.8.13)


def unchecked(story: Story) -> Story:
    """A plan with a provider that no panel has checked."""
    lead = acting(story.lead)
    story.plan = plans.write(story.case, by=lead, said=story.plan_said())
    return story


def test_a_provider_without_checks_is_refused(story: Story) -> None:
    unchecked(story)
    with pytest.raises(Refused, match="has not been checked") as refused:
        story.decided("plan_agreed", plan=story.plan)
    assert refused.value.clause == "2.8.13"


@pytest.mark.parametrize(
    "differs, why",
    [
        ({"passed": False}, "did not pass its checks"),
        ({"valid_until_date": today() + timedelta(days=5)}, "valid until"),
    ],
)
def test_a_provider_whose_checks_failed_or_lapsed_is_refused(
    story: Story, differs: dict[str, Any], why: str
) -> None:
    unchecked(story)
    story.provider_checked(**differs)
    with clock_moved(6), pytest.raises(Refused, match=why):
        story.decided("plan_agreed", plan=story.plan)


def test_a_statutory_provider_needs_no_checks(story: Story, essex: Cast) -> None:
    piece = story.piece_said(provider=essex.council, provider_user=None)
    lead = acting(story.lead)
    story.plan = plans.write(story.case, by=lead, said=story.plan_said(pieces=[piece]))
    assert story.decided("plan_agreed", plan=story.plan).case.stage == Stage.SEEKING_CONSENT


@pytest.mark.parametrize("missing", sorted(checks.ESTABLISHED))
def test_each_check_is_established_in_words(essex: Cast, missing: str) -> None:
    with pytest.raises(Refused, match="Nothing is written about its"):
        Story(essex).provider_checked(**{missing: " "})
    assert not ProviderCheck.objects.exists()


def test_checks_need_a_dbs_date_by_rule_and_in_the_database(essex: Cast) -> None:
    with pytest.raises(Refused, match="DBS"):
        Story(essex).provider_checked(dbs_date=None)
    acting(essex.chair)
    with pytest.raises(IntegrityError, match="provider_passes_with"), transaction.atomic():
        ProviderCheck.objects.create(
            organisation=essex.provider.organisation, area=essex.area, passed=True,
            valid_until_date=today(), by=essex.chair, at=now(),
        )  # fmt: skip


def test_only_chair_and_coordinator_check_providers(essex: Cast) -> None:
    body = essex.provider.organisation
    with pytest.raises(Refused, match="not yours to do"):
        checks.check(
            body, by=acting(essex.provider), area=essex.area, passed=False,
            valid_until_date=today(),
        )  # fmt: skip
    checks.check(
        body, by=acting(essex.coordinator), area=essex.area, passed=False, valid_until_date=today()
    )
    assert ProviderCheck.objects.count() == 1


def test_support_does_not_go_on_when_checks_lapse(supported: Story, essex: Cast) -> None:
    piece = supported.piece()
    with clock_moved(800), pytest.raises(Refused, match="valid until"):
        supported.session(piece)
    assert not Session.objects.exists()


# ---- pieces and sessions


def test_nothing_is_held_before_the_brief_is_accepted(essex: Cast) -> None:
    story = Story(essex).plan_agreed()
    story.answered("parent", "given", "Alex Ashdown")
    story.answered("person", "given")
    piece = story.piece()
    assert piece.state == Piece.State.OFFERED
    with pytest.raises(Refused, match="does not run now.*Accept the written brief"):
        story.session(piece)
    with pytest.raises(Refused, match="not yours to give"):
        pieces.accept_brief(piece, by=acting(essex.support_lead))
    pieces.accept_brief(piece, by=acting(essex.provider))
    assert story.session(piece).state == "held"


@pytest.mark.lesson("R18")
def test_ordered_is_not_held_and_silence_keeps_the_exit_closed(
    supported: Story, essex: Cast
) -> None:
    supported.session()
    counted = sessions.count(supported.piece())
    assert (counted.ordered, counted.held) == (3, 1)
    with clock_moved(30):
        acting(essex.chair)
        assert [each.pk for each in sessions.silent(supported.case)] == [counted.piece.pk]
    supported.needs_disposed()
    with pytest.raises(Refused, match="1 of 3 sessions held"):
        supported.decided("exit_recommended")
    sessions.reconcile(counted.piece, by=acting(essex.chair), words="The club closed for summer")
    assert not sessions.unreconciled(supported.case)


@pytest.mark.parametrize(
    "said, why",
    [
        ({"happened_date": today() + timedelta(days=1)}, "before it was held"),
        ({"happened_date": today() - timedelta(days=9)}, "before this support started"),
        ({"words": " "}, "how the session went"),
        ({"state": "ordered"}, "whether the session was held"),
    ],
)
def test_a_session_is_not_entered_without(supported: Story, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        supported.session(**said)
    assert not Session.objects.exists()


def test_a_second_session_of_one_day_is_entered_only_as_another(supported: Story) -> None:
    supported.session(another=False)
    with pytest.raises(Refused, match="is written down already"):
        supported.session(another=False)
    supported.session(another=True)
    assert Session.objects.count() == 2


def days_ordered(user: Any) -> list[date]:
    acting(user)
    mine = Task.objects.waiting().of(user).filter(kind="log_session")
    return list(mine.order_by("due_date").values_list("due_date", flat=True))


def test_sessions_are_asked_for_only_while_the_support_runs(story: Story, essex: Cast) -> None:
    story.plan_agreed()
    story.answered("parent", "given", "Alex Ashdown")
    story.answered("person", "given")
    assert days_ordered(essex.provider) == []
    pieces.accept_brief(story.piece(), by=acting(essex.provider))
    weekly = [today() + timedelta(days=7 * number) for number in range(3)]
    assert days_ordered(essex.provider) == weekly
    story.session()
    stops.stop_as_asked(story.piece(), by=acting(essex.provider))
    assert days_ordered(essex.provider) == []
    acting(essex.chair)
    piece = story.case.pieces.get()
    stops.go_on_as_asked(
        piece, by=essex.chair, words="Wants it", told_by="Mother", happened_date=today()
    )
    assert days_ordered(essex.provider) == []
    pieces.accept_brief(story.piece(), by=acting(essex.provider))
    assert days_ordered(essex.provider) == weekly[:2]


def test_whoever_gives_support_beside_the_one_who_stopped_it_is_told(
    supported: Story, essex: Cast
) -> None:
    stops.stop_as_asked(supported.piece(), by=acting(essex.support_lead))
    provider = acting(essex.provider)
    assert Task.objects.waiting().of(provider).filter(kind="stop_support").count() == 1
    stops.say_stopped(supported.piece(), by=provider)
    assert not Task.objects.waiting().of(provider).exists()


def test_a_brief_that_is_declined_waits_for_the_chair_to_name_another(
    story: Story, essex: Cast
) -> None:
    story.plan_agreed()
    story.answered("parent", "given", "Alex Ashdown")
    story.answered("person", "given")
    other = essex.appointed(Role.PROVIDER, of=essex.provider.organisation)
    piece = story.piece()
    with pytest.raises(Refused, match="Nothing says why you cannot"):
        briefs.decline(piece, by=acting(essex.provider), why=" ")
    briefs.decline(piece, by=essex.provider, why="No room until spring")
    with pytest.raises(Refused, match="held, or not offered"):
        pieces.accept_brief(piece, by=essex.provider)
    chair = acting(essex.chair)
    assert Task.objects.waiting().of(chair).filter(kind="brief_declined").count() == 1
    piece = story.case.pieces.get()
    with pytest.raises(Refused, match="does not give support"):
        briefs.name_worker(piece, by=chair, worker=essex.support_lead)
    briefs.name_worker(piece, by=chair, worker=other)
    assert not Task.objects.waiting().filter(kind="brief_declined").exists()
    acting(essex.provider)
    assert not Piece.objects.exists()
    acting(other)
    pieces.accept_brief(Piece.objects.get(), by=other)
    assert Piece.objects.get().state == "running"


def test_only_who_gives_the_support_enters_sessions(supported: Story, essex: Cast) -> None:
    piece = supported.piece()
    for user in (essex.support_lead, essex.chair):
        with pytest.raises(Refused, match="by who gives the support"):
            sessions.log(
                piece, by=acting(user), state="held", happened_date=today(), words="For them"
            )
    acting(essex.chair)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Session.objects.create(
            case=supported.case, piece=piece, state="held", happened_date=today(), words="For",
            by=essex.provider, organisation=essex.provider.organisation, at=now(),
        )  # fmt: skip
    assert not Session.objects.exists()


# ---- who sees a piece


@pytest.mark.parametrize("who", ["provider", "support_lead"])
def test_a_lead_or_provider_sees_the_piece_and_not_the_case(
    supported: Story, essex: Cast, who: str
) -> None:
    user = acting(getattr(essex, who))
    assert [each.state for each in Piece.objects.of(user)] == ["running"]
    assert not Case.objects.exists()
    assert not Plan.objects.exists()
    assert not Need.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "partner", "administrator", "auditor", "coordinator"])
def test_others_see_no_plan(supported: Story, essex: Cast, who: str) -> None:
    acting(getattr(essex, who))
    assert not (Plan.objects.exists() or Piece.objects.exists() or Session.objects.exists())


def test_sight_of_a_piece_ends_with_it(supported: Story, essex: Cast) -> None:
    supported.exited()
    acting(essex.provider)
    assert not Piece.objects.exists()


def test_a_case_lead_without_a_post_on_the_case_is_shown_it(story: Story, essex: Cast) -> None:
    worker = essex.appointed(Role.SUPPORT_LEAD, of=essex.council)
    story.plan_agreed(case_lead=worker)
    acting(worker)
    assert not Case.objects.exists()
    story.consented()
    acting(worker)
    assert Case.objects.count() == Plan.objects.count() == 1
    assert Grant.objects.filter(user=worker).count() == 3
