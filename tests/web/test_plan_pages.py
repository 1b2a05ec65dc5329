"""The support plan through its pages: nothing left out, every piece whole, providers checked."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import hidden, plain
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.models import Piece, Plan


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    desk = Desk(client, Story(essex).on_panel())
    desk.check_the_provider()
    return desk


def refused(desk: Desk, **differs: object) -> str:
    said = desk.plan_said(**differs)
    page = desk.refused(desk.cast.families_lead, "plan_write", desk.reference, **said)
    acting(desk.cast.chair)
    assert not Plan.objects.exists()
    return page


@pytest.mark.clause("2.8.12")
def test_all_eleven_kinds_can_be_planned_each_explained(desk: Desk, essex: Cast) -> None:
    kinds = in_force().support_kinds
    page = desk.at(essex.families_lead).text("plan_write", desk.reference)
    assert len(kinds) == 11
    for kind in kinds:
        assert f"{kind.name}: {kind.explained}" in page


@pytest.mark.clause("2.8.10", "2.8.11")
def test_a_higher_level_says_why_and_the_thresholds_are_at_hand(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.families_lead).text("plan_write", desk.reference)
    assert "lowest level" in page and "section 47" in page
    page = refused(desk, level="specialist", level_why="")
    assert "(2.8.10). Say why a lower level would not do." in page
    assert "Somebody older to trust" in page
    desk.write_the_plan(level="universal", level_why="", p0_kind="family_support")
    assert "Family support contact" in desk.at(essex.chair).text("plan", desk.reference)


@pytest.mark.clause("2.1.1", "2.8.1", "2.8.8")
@pytest.mark.lesson("R19")
def test_nothing_that_the_assessment_found_is_left_out(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.families_lead).text("plan_write", desk.reference)
    assert "A need for identity, meaning and belonging" in page
    page = refused(desk, found_0="")
    assert "what is to be addressed of “A need for identity" in page
    page = refused(desk, own_0="A place of his own", p0_need="found_0")
    assert "Nothing addresses “A place of his own” (2.1.5)" in page
    desk.write_the_plan(own_0="A place of his own", own_0_not="Housing has it in hand")
    read = desk.at(essex.chair).text("plan", desk.reference)
    assert "Not addressed: Housing has it in hand" in read


LEFT_OUT = {
    "p0_lead": "Select who leads it",
    "p0_risk_to_worker": "Enter what the risk to whoever gives it is",
    "p0_risk_done": "Enter what is done about that risk",
    "p0_aim": "Enter what the person wants from it",
    "p0_locally": "Enter what there is locally",
    "p0_works_how": "Enter how one will see that it works",
    "own_words": "Enter what the person says of this plan",
    "p0_answers_how": "Enter how it answers the person’s risk and vulnerability",
    "p0_brief": "Enter what the provider is asked to do",
    "risks_to_providers": "Enter what the risks to those who give support are",
    "asker": "Select who asks for consent",
}


@pytest.mark.clause("2.8.6", "2.8.7", "2.8.21")
def test_a_plan_says_who_leads_what_it_answers_and_its_risks(desk: Desk) -> None:
    for left_out, said in LEFT_OUT.items():
        page = refused(desk, **{left_out: ""})
        assert said in page and "At home, in plain words" in page, left_out


@pytest.mark.clause("2.8.13")
def test_a_provider_is_used_only_once_checked_and_in_date(client: Client, essex: Cast) -> None:
    desk, body = Desk(client, Story(essex).on_panel()), essex.provider.organisation
    form = desk.at(essex.families_lead).get("plan_write", desk.reference)
    assert "checks are missing or out of date: Essex Mentoring." in plain(form)
    assert f'value="{body.pk}"' not in form.text
    bad = day("valid_until_date", today() + timedelta(days=9)) | {"credible_how": "Known"}
    page = desk.refused(essex.chair, "provider", "essex", body.pk, passed="yes", **bad)
    assert "Enter how the panel established its understanding of the local community" in page
    desk.check_the_provider()
    checked = desk.at(essex.chair).text("providers", "essex")
    assert f"Checked, valid until {day_in_words(today() + timedelta(days=700))}" in checked
    desk.write_the_plan()
    desk.done(essex.chair, "provider", "essex", body.pk, passed="no", **bad)
    meeting = desk.open_a_meeting()
    page = desk.hearing(meeting)
    assert "Essex Mentoring did not pass its checks (2.8.13)" in page
    desk.check_the_provider()
    desk.decide("plan_agreed", meeting)
    assert desk.stage() == Stage.SEEKING_CONSENT
    others = desk.at(essex.police_officer).text("provider", "essex", body.pk)
    assert "Checking providers is not yours to do (2.8.13)" in others


UNFIT: list[tuple[dict[str, object], str]] = [
    ({"p0_rhythm": "once", "p0_sessions": 6}, "Enter 1, or choose how often"),
    ({"p0_sessions": "six"}, "must be a whole number, such as 6"),
    (day("p0_until_date", today() - timedelta(days=1)), "The last day must be the first day"),
    ({"p0_provider": ""}, "Select which organisation gives it"),
]


def test_what_does_not_fit_together_is_said_at_its_question(desk: Desk) -> None:
    for differs, said in UNFIT:
        assert said in refused(desk, **differs), differs


def test_errors_stand_in_the_order_of_the_page(desk: Desk) -> None:
    page = refused(desk, found_0="", level="", p0_kind="", ask_how="")
    summary = page[page.index("There is a problem") :]
    said = ("to be addressed of", "which level", "which kind of support", "how consent is asked")
    places = [summary.index(words) for words in said]
    assert places == sorted(places)


def test_the_next_version_begins_with_what_the_last_one_said(desk: Desk, essex: Cast) -> None:
    desk.write_the_plan(own_0="A place of his own", own_0_not="Housing has it in hand")
    form = desk.at(essex.families_lead).get("plan_write", desk.reference).text
    for words in ("Meet weekly and listen", "A place of his own", "Housing has it in hand"):
        assert words in form
    assert f'value="{essex.provider.pk}" selected' in form


def test_one_more_piece_of_support_loses_nothing_typed(desk: Desk, essex: Cast) -> None:
    lead = desk.at(essex.families_lead)
    opened = lead.get("plan_write", desk.reference)
    said = desk.plan_said(ask_how="“Quiet” words 🌱", **day("p0_from_date", today()))
    lead = desk.at(essex.families_lead)
    address = f"/cases/{desk.reference}/plan/write"
    answer = desk.client.post(address, hidden(opened) | said | {"another": "yes"})
    page = plain(answer)
    assert "Support 2" in page and "“Quiet” words 🌱" in page and "There is a problem" not in page
    assert f'value="{today().year}"' in answer.text
    second = desk.piece_said(1) | {"p1_kind": "careers"}
    desk.at(essex.families_lead)
    done = desk.client.post(address, hidden(answer) | said | second)
    assert done.status_code == 302, plain(done)
    acting(essex.chair)
    assert sorted(piece.kind for piece in Piece.objects.all()) == ["careers", "mentoring"]


def test_a_version_follows_the_last_and_changes_nothing(desk: Desk, essex: Cast) -> None:
    desk.write_the_plan()
    desk.write_the_plan(risks_to_providers="A dog at home")
    page = desk.at(essex.chair).text("plan", desk.reference)
    assert "Support plan, version 2" in page and "A dog at home" in page
    before = desk.at(essex.chair).text("plan", desk.reference, query="?version=1")
    assert "version 1" in before and "A dog at home" not in before
    assert desk.at(essex.chair).get("plan", desk.reference, query="?version=9").status_code == 404


def test_no_plan_is_written_where_none_belongs(client: Client, essex: Cast) -> None:
    desk = Desk(client, Story(essex).at_next_step())
    page = desk.at(essex.families_lead).text("plan_write", desk.reference)
    assert "No plan is written while the case stands at “Next step” (2.8.6)" in page
    assert desk.at(essex.outsider).get("plan", desk.reference).status_code == 404
