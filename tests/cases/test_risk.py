"""The risk record: to each of four, apart, with an owner and a date; read by the panel."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, acting
from tests.story import Story
from tests.words import risk_said
from waymark.cases.known import risk
from waymark.cases.models import Case, Risk, RiskAssessment, Task
from waymark.cases.reading.risks import last_changes, risk_record, standing_risks
from waymark.database.clock import today
from waymark.directory.permission import Refused

FOUR = ["person", "public", "partners", "providers"]


def review_tasks(story: Story) -> list[tuple[Any, Any, str]]:
    acting(story.cast.police_lead)
    tasks = Task.objects.waiting().filter(kind="review_risk", case=story.case)
    return sorted((one.user.name, one.due_date, one.why) for one in tasks if one.user)


@pytest.mark.clause("2.1.2", "2.8.2")
def test_the_risk_to_each_of_the_four_is_kept_apart(essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    acting(essex.police_lead)
    kept = standing_risks(risk_record(story.case))
    assert [one.to for one in kept] == FOUR
    assert [one.what for one in kept] == [
        "Drawn in by older friends", "Words, no acts", "None known", "Meets strangers alone",
    ]  # fmt: skip
    assert {one.owner for one in kept} == {essex.police_officer}


@pytest.mark.clause("2.8.2")
def test_where_no_risk_is_seen_it_is_said_why_and_nothing_is_reduced(essex: Cast) -> None:
    story, said = Story(essex).gathered(), risk_said(essex)
    none = replace(
        said["risks"]["public"], seen=False, what=" ", speaks_for="", speaks_against="",
        reduced_how="",
    )  # fmt: skip
    said["risks"]["public"] = none
    with pytest.raises(Refused, match="why no risk to the public is seen"):
        risk.assess(story.case, by=acting(essex.police_officer), **said)
    said["risks"]["public"] = replace(none, what="He speaks to nobody outside his class")
    risk.assess(story.case, by=acting(essex.police_officer), **said)
    kept = Risk.objects.get(to="public")
    assert (kept.seen, kept.reduced_how, kept.owner) == (False, "", essex.police_officer)


def test_the_database_keeps_no_risk_that_is_seen_and_not_reduced(essex: Cast) -> None:
    Story(essex).risk_assessed()
    acting(essex.police_officer)
    kept = Risk.objects.get(to="public")
    with pytest.raises(IntegrityError, match="one_risk_to_each"), transaction.atomic():
        Risk.objects.create(
            case=kept.case, assessment=kept.assessment, to="public", seen=True, what="More",
            reduced_how="Less", owner=kept.owner, review_date=kept.review_date,
        )  # fmt: skip
    with (
        pytest.raises(IntegrityError, match="risk_in_words_and_reduced_where_seen"),
        transaction.atomic(),
    ):
        Risk.objects.create(
            case=kept.case, assessment=kept.assessment, to="public", seen=True, what="More",
            owner=kept.owner, review_date=kept.review_date,
        )  # fmt: skip


@pytest.mark.clause("2.1.2")
def test_each_owner_looks_again_by_their_own_date(essex: Cast) -> None:
    story, said = Story(essex).gathered(), risk_said(essex)
    later = today() + timedelta(days=30)
    said["risks"]["partners"] = replace(said["risks"]["partners"], owner=essex.chair)
    said["risks"]["providers"] = replace(said["risks"]["providers"], review_date=later)
    risk.assess(story.case, by=acting(essex.police_officer), **said)
    soon = today() + timedelta(days=14)
    officer = essex.police_officer.name
    assert review_tasks(story) == sorted(
        [
            (officer, soon, "Look again at the risk to the person, to the public."),
            (officer, later, "Look again at the risk to providers."),
            (essex.chair.name, soon, "Look again at the risk to partners."),
        ]
    )
    story.seen_again()
    more = risk_said(essex, to_person="More", unchanged_why="Nothing was heard of the others")
    risk.assess(story.case, by=acting(essex.police_officer), **more)
    assert [due for _, due, _ in review_tasks(story)] == [soon]


@pytest.mark.lesson("R11")
def test_what_changed_stands_beside_what_was(essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    acting(essex.police_lead)
    assert last_changes(risk_record(story.case)) is None
    more = risk_said(essex, to_person="Meets them at night", unchanged_why="Nothing else")
    risk.assess(story.case, by=acting(essex.police_officer), **more)
    found = last_changes(risk_record(story.case))
    assert found is not None and found.why == "Nothing else"
    assert [(one.to, one.was.what, one.now.what) for one in found.changed] == [
        ("person", "Drawn in by older friends", "Meets them at night")
    ]
    assert found.unchanged == FOUR[1:]


@pytest.mark.clause("2.1.2")
def test_whoever_the_panel_invites_reads_the_risk_record_and_the_coordinator_does_not(
    essex: Cast,
) -> None:
    story = Story(essex).on_panel()
    acting(essex.panel_member)
    assert not Risk.objects.exists()
    story.meeting_open()
    acting(essex.panel_member)
    assert {one.to for one in standing_risks(risk_record(story.case))} == set(FOUR)
    acting(essex.coordinator)
    assert Case.objects.exists() and not Risk.objects.exists()


@pytest.mark.clause("1.3.7", "2.8.17")
def test_risks_of_an_assessment_that_tells_of_conflict_are_for_the_police(essex: Cast) -> None:
    story = Story(essex).at_next_step()
    more = risk_said(essex, to_person="A", to_public="B", to_partners="C", to_providers="D",
                     conflict="yes")  # fmt: skip
    risk.assess(story.case, by=acting(essex.police_officer), **more)
    assert Risk.objects.filter(what="A").exists()
    acting(essex.chair)
    assert RiskAssessment.objects.exists() and not Risk.objects.filter(what="A").exists()
