"""Who sees a case beyond their post, and who must not: the same in lists, in SQL and by hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.access import by_hand, emergencies, exclusions, knowing, naming, restricting
from waymark.cases.holders import holder_of
from waymark.cases.models import Case, EmergencyOpening, Exclusion, Grant, Task
from waymark.cases.reading.parts import sees_part
from waymark.database.clock import now, today
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused
from waymark.panels.quorum import sits_on

WHY = "Her brother works at the council and would read it"


def seen_by(user: User) -> set[int]:
    """The cases that a list would show, and that the table itself shows: the same."""
    acting(user)
    listed = set(Case.objects.visible_to(user).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case")
        assert {row[0] for row in cursor.fetchall()} == listed, user.username
    return listed


def everybody(*casts: Cast) -> dict[str, User]:
    return {
        f"{cast.area.code}-{name}": user
        for cast in casts
        for name, user in vars(cast).items()
        if isinstance(user, User)
    }


def restricted(essex: Cast, story: Story, **differs: Any) -> Case:
    said: dict[str, Any] = {"kind": "relative", "why": WHY} | differs
    restricting.restrict(story.case, by=acting(essex.police_lead), **said)
    return story.seen_again().case


@pytest.mark.requirement("S21")
@pytest.mark.lesson("R23")
def test_a_grant_by_hand_shows_what_is_given_until_it_ends(essex: Cast, thurrock: Cast) -> None:
    case = Story(essex).reviewed().case
    stranger = thurrock.families_lead
    assert case.pk not in seen_by(stranger)
    acting(essex.police_lead)
    by_hand.give(
        case, by=essex.police_lead, who=stranger, parts=[Part.NAME], why="Knows the school",
        until=today() + timedelta(days=7),
    )  # fmt: skip
    assert case.pk in seen_by(stranger)
    assert sees_part(stranger, case, Part.NAME) and not sees_part(stranger, case, Part.WORK)
    by_hand.end(case, by=acting(essex.chair), who=stranger)
    assert case.pk not in seen_by(stranger)
    acting(essex.police_lead)
    ended = Grant.objects.filter(case=case, user=stranger, by_hand=True)
    assert {one.ended_by_id for one in ended} == {essex.chair.pk}


@pytest.mark.requirement("S21")
@pytest.mark.requirement("S28")
def test_nobody_gives_themselves_sight_or_longer_than_a_year_or_what_they_do_not_see(
    essex: Cast, thurrock: Cast
) -> None:
    case = Story(essex).reviewed().case
    said: dict[str, Any] = {"parts": [Part.NAME], "why": "Needs it", "until": today()}
    lead = acting(essex.police_lead)
    with pytest.raises(Refused, match="themselves"):
        by_hand.give(case, by=lead, who=lead, **said)
    with pytest.raises(Refused, match="12 months"):
        later = said | {"until": today() + timedelta(days=366)}
        by_hand.give(case, by=lead, who=thurrock.chair, **later)
    with pytest.raises(Refused, match="see yourself"):
        by_hand.give(case, by=lead, who=thurrock.chair, **said | {"parts": [Part.TRAITS]})
    with pytest.raises(Refused, match="not yours"):
        by_hand.give(case, by=acting(essex.police_officer), who=thurrock.chair, **said)
    row: dict[str, Any] = {"case": case, "part": "case", "from_at": now(), "why": "x"}
    for wrong in (
        {"user": lead, "given_by": lead, "until_at": now()},
        {"user": thurrock.chair, "given_by": lead, "until_at": now() + timedelta(days=400)},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            acting(lead)
            Grant.objects.create(**row | wrong, by_hand=True)


@pytest.mark.requirement("S24")
def test_a_restricted_case_is_there_for_those_named_and_nobody_else(
    essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).consented()
    before = {
        name for name, user in everybody(essex, thurrock).items() if story.case.pk in seen_by(user)
    }
    assert {"essex-coordinator", "essex-second_officer", "essex-vice_chair"} <= before
    case = restricted(essex, story)
    named = {"essex-police_lead", "essex-chair", "essex-police_officer"}
    holder = holder_of(case).user
    for name, user in everybody(essex, thurrock).items():
        there = name in named and (name != "essex-police_officer" or holder == user)
        assert (case.pk in seen_by(user)) == there, name
    naming.name(case, by=acting(essex.chair), who=essex.vice_chair, why="Stands in in August")
    assert case.pk in seen_by(essex.vice_chair)
    restricting.agree(case, by=acting(essex.chair), agrees=True, words="Rightly so")
    one = next(n for n in naming.named_on(case) if n.user == essex.vice_chair)
    naming.un_name(one, by=acting(essex.police_lead), why="Back from leave")
    assert case.pk not in seen_by(essex.vice_chair)


@pytest.mark.requirement("S24")
@pytest.mark.requirement("S28")
def test_a_restriction_is_lifted_by_two_and_two_are_always_named(essex: Cast) -> None:
    story = Story(essex).reviewed()
    with pytest.raises(Refused, match="not yours"):
        restricting.restrict(story.case, by=acting(essex.chair), kind="relative", why=WHY)
    case = restricted(essex, story)
    lead = acting(essex.police_lead)
    named = {one.user: one for one in naming.named_on(case)}
    holder = holder_of(case).user
    assert set(named) == {lead, essex.chair, holder}
    with pytest.raises(Refused, match="holds this case"):
        naming.un_name(named[holder], by=lead, why="No")
    naming.un_name(named[essex.chair], by=lead, why="On leave")
    naming.name(case, by=lead, who=essex.vice_chair, why="Stands in")
    with pytest.raises(Refused, match="police lead among them"):
        naming.un_name(named[lead], by=acting(essex.vice_chair), why="No")
    naming.name(case, by=acting(lead), who=essex.chair, why="Is back")
    restricting.ask_to_lift(case, by=essex.police_lead, why="He left the council")
    with pytest.raises(Refused, match="two people"):
        restricting.lift(case, by=essex.police_lead, agrees=True)
    assert case.pk not in seen_by(essex.coordinator)
    restricting.lift(case, by=acting(essex.chair), agrees=True)
    assert case.pk in seen_by(essex.coordinator)
    assert not naming.named_on(case)


@pytest.mark.requirement("S24")
def test_where_the_chair_is_the_reason_it_is_put_to_the_vice_chair(essex: Cast) -> None:
    story = Story(essex).screened()  # before it is opened to its area
    case = restricted(essex, story, chair_is_the_reason=True)
    assert case.pk not in seen_by(essex.chair)
    assert case.pk in seen_by(essex.vice_chair)
    restricting.agree(case, by=essex.vice_chair, agrees=False, words="Everybody knows already")
    restricting.lift(case, by=acting(essex.police_lead), agrees=False, words="Not everybody")
    assert story.seen_again().case.restricted


@pytest.mark.requirement("S24")
def test_a_chair_who_is_the_reason_is_not_named_though_they_hold_the_case(essex: Cast) -> None:
    story = Story(essex).consented()
    chair = acting(essex.chair)
    assert holder_of(story.case).user == chair
    with pytest.raises(Refused, match="cannot be named"):
        restricted(essex, story, chair_is_the_reason=True, others=[chair])
    case = restricted(essex, story, chair_is_the_reason=True)
    assert case.pk not in seen_by(chair)
    acting(essex.police_lead)
    assert holder_of(case).user == essex.vice_chair
    assert not case.tasks.waiting().filter(user=chair).exists()
    with pytest.raises(Refused, match="cannot be named"):
        naming.name(case, by=acting(essex.police_lead), who=chair, why="Holds the panel")


@pytest.mark.requirement("S25")
def test_an_exclusion_beats_post_grant_name_and_emergency(essex: Cast, thurrock: Cast) -> None:
    story = Story(essex).reviewed()
    case = story.case
    proposed = exclusions.propose(
        case, by=acting(essex.police_lead), who=essex.chair, kind="neighbour", why="Next door"
    )
    assert case.pk not in seen_by(essex.chair)  # a police lead's proposal hides at once
    assert not Exclusion.objects.exists()  # and they are not told
    with pytest.raises(Refused, match="yourself"):
        exclusions.answer(proposed, by=acting(essex.police_lead), agrees=True)
    exclusions.answer(proposed, by=acting(essex.vice_chair), agrees=True)
    acting(essex.police_lead)
    with pytest.raises(Refused, match="cannot be shown"):
        by_hand.give(case, by=essex.police_lead, who=essex.chair, parts=[Part.NAME], why="x",
                     until=today())  # fmt: skip
    made = emergencies.open_case(by=acting(essex.chair), reference=case.reference, why="y" * 20)
    assert made.case_id is None and case.pk not in seen_by(essex.chair)
    exclusions.ask_to_end(proposed, by=acting(essex.police_lead), why="Moved away")
    assert case.pk not in seen_by(essex.chair)
    exclusions.answer(proposed, by=acting(essex.vice_chair), agrees=True)
    assert case.pk in seen_by(essex.chair)


@pytest.mark.requirement("S25")
def test_what_an_officer_proposes_hides_once_another_agrees(essex: Cast) -> None:
    case = Story(essex).reviewed().case
    made = exclusions.propose(
        case, by=acting(essex.police_officer), who=essex.coordinator, kind="relative", why="Aunt"
    )
    assert case.pk in seen_by(essex.coordinator)
    exclusions.answer(made, by=acting(made.told), agrees=True)
    assert case.pk not in seen_by(essex.coordinator)


@pytest.mark.requirement("S26")
def test_whoever_knows_the_person_sees_the_case_no_more_and_their_work_goes_on(
    essex: Cast,
) -> None:
    story = Story(essex).screened()
    case, officer = story.case, essex.police_officer
    knowing.declare_knows(case, by=acting(officer), words="My sister’s neighbour")
    assert case.pk not in seen_by(officer)
    assert not Task.objects.of(officer).waiting().exclude(case=None).exists()
    acting(essex.police_lead)
    assert holder_of(case).user == essex.second_officer
    task = Task.objects.select_related("user").get(kind="read_knows")
    assert task.role == Role.POLICE_LEAD
    assert not case.tasks.waiting().filter(user=officer).exists()
    made = Exclusion.objects.get()
    others = {essex.police_lead, essex.second_lead} - {task.user}
    with pytest.raises(Refused, match="not yours"):
        knowing.read(made, by=acting(others.pop()), sees_it=True, words="x")
    knowing.read(made, by=acting(task.user), sees_it=True, words="Hardly knows them")
    assert case.pk in seen_by(officer)


@pytest.mark.requirement("S26")
def test_of_a_chair_the_vice_chair_is_told(essex: Cast) -> None:
    case = Story(essex).reviewed().case
    knowing.declare_knows(case, by=acting(essex.chair), words="A cousin")
    assert case.pk not in seen_by(essex.chair)
    acting(essex.vice_chair)
    assert Task.objects.get(kind="read_knows").user == essex.vice_chair
    assert not sits_on(essex.chair.pk, case) and sits_on(essex.vice_chair.pk, case)


@pytest.mark.requirement("S24")
def test_work_for_a_post_in_which_nobody_is_named_is_asked_of_the_police_lead(essex: Cast) -> None:
    story = Story(essex).gathered()
    case = restricted(essex, story)
    assert not sits_on(essex.coordinator.pk, case) and sits_on(essex.chair.pk, case)
    story.risk_assessed()  # to the families lead, of whom none is named
    acting(essex.police_lead)
    asked = Task.objects.get(kind="name_people", case=case)
    assert "Prevent families lead" in asked.why
    naming.name(case, by=essex.police_lead, who=essex.families_lead, why="Leads this case")
    assert case.pk in seen_by(essex.families_lead)
    assert Task.objects.get(pk=asked.pk).done_at is not None


@pytest.mark.requirement("S27")
@pytest.mark.lesson("R23")
def test_an_emergency_opens_one_case_to_be_read_for_an_hour(essex: Cast, thurrock: Cast) -> None:
    case = Story(essex).reviewed().case
    chair = acting(thurrock.chair)
    assert case.pk not in seen_by(chair)
    with pytest.raises(Refused, match="20 characters"):
        emergencies.open_case(by=chair, reference=case.reference, why="Urgent")
    made = emergencies.open_case(by=chair, reference=case.reference, why="A child is in danger now")
    assert made.case_id == case.pk
    assert case.pk in seen_by(chair)
    assert sees_part(chair, case, Part.WORK)
    assert not sees_part(chair, case, Part.HELD) and not sees_part(chair, case, Part.REFERRAL)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(version=9)
    with pytest.raises(Refused, match="Nobody reviews"):
        emergencies.review(made, by=chair, outcome="right", words="Fine")
    acting(essex.police_lead)
    waiting = Task.objects.get(kind="review_emergency")
    assert waiting.case_id == case.pk
    emergencies.review(made, by=acting(waiting.user), outcome="right", words="Rightly")
    acting(essex.auditor)
    assert EmergencyOpening.objects.get().outcome == "right"
    assert not made.words.exists()  # the auditor sees none of the words


@pytest.mark.requirement("S27")
def test_what_does_not_exist_is_written_down_like_what_does(essex: Cast) -> None:
    acting(essex.chair)
    made = emergencies.open_case(by=essex.chair, reference="00000000", why="A child is in danger")
    assert made.case_id is None
    acting(essex.auditor)
    assert EmergencyOpening.objects.count() == 1
    with pytest.raises(Refused, match="not yours"):
        emergencies.open_case(by=acting(essex.partner), reference="00000000", why="x" * 30)


@pytest.mark.requirement("S27")
def test_a_restricted_case_opens_once_somebody_named_of_another_body_agrees(
    essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).reviewed()
    case = restricted(essex, story)
    officer = acting(thurrock.police_officer)
    made = emergencies.open_case(
        by=officer, reference=case.reference, why="He is on the bridge now"
    )
    assert made.needs_second and case.pk not in seen_by(officer)
    acting(essex.coordinator)
    assert not Task.objects.filter(kind="second_emergency").exists()
    with pytest.raises(Refused, match="another organisation"):
        emergencies.agree(made, by=acting(essex.police_lead), words="Yes")
    emergencies.agree(made, by=acting(essex.chair), words="Yes")
    assert case.pk in seen_by(officer)
    with pytest.raises(Refused, match="agreed to"):
        emergencies.review(made, by=acting(essex.chair), outcome="right", words="Fine")
    emergencies.review(made, by=acting(essex.police_lead), outcome="right", words="Fine")


@pytest.mark.requirement("S22")
def test_what_a_post_shows_follows_how_the_case_stands(essex: Cast) -> None:
    """Asked while the police look, who see the row at every stage: no policy answers instead."""
    early = Story(essex, surname="Birchwood").screened().case
    acting(essex.police_lead)
    assert not sees_part(essex.chair, early, Part.WORK)
    case = Story(essex).reviewed().seen_again().case
    acting(essex.police_lead)
    assert sees_part(essex.chair, case, Part.WORK)
    assert sees_part(essex.families_lead, case, Part.WORK)
    assert not sees_part(essex.adult_lead, case, Part.WORK)  # it is led by the other
