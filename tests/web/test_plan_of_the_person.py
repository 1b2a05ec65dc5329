"""The plan is the person's: their words, their copy, and each piece is theirs to choose."""

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role
from waymark.policy.pack import in_force
from waymark.support.models import Piece

SAID = "“Boxing, not a club” – select … from; post 🌱"


@pytest.mark.clause("2.1.5", "2.8.4", "2.8.7", "2.8.8", "2.8.10", "2.8.11", "2.8.21")
@pytest.mark.lesson("R19")
def test_a_plan_says_what_the_person_wants_and_how_one_sees_that_it_works(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).on_panel())
    lead, of = essex.families_lead, desk.reference
    desk.check_the_provider()
    page = desk.at(lead).text("plan_write", of)
    assert in_force().text("thresholds").paragraphs[1] in page
    higher = desk.plan_said(p0_level="specialist", p0_aim=SAID)
    page = desk.refused(lead, "plan_write", of, **higher)
    assert "Support is to be at the lowest level that will do (2.8.10)" in page and SAID in page
    own = {"p0_aim": SAID, "p0_whole_family": "yes", "p0_level": "early_help"}
    desk.write_the_plan(**own, p0_level_why="A club alone was too little")
    page = desk.at(essex.chair).text("plan", of)
    for words in (
        SAID, "A club two streets away", "Goes there by himself", "“Not at school, please”",
        "For the whole family", "Early help", "A club alone was too little",
        "The first session is at the club",
    ):  # fmt: skip
        assert words in page
    assert "What this version changed" not in page
    desk.write_the_plan(p0_aim="“Boxing”", p0_sessions=4, own_words="", no_words_why="Away: Monday")
    page = desk.at(essex.chair).text("plan", of)
    assert "What this version changed" in page and f"Was: {SAID} Is now: “Boxing”" in page
    assert "Was: 2 Is now: 4" in page and "Not yet: Away: Monday" in page
    heard = {"heard_by": "The youth worker"} | day("happened_date", today())
    page = desk.refused(lead, "person_words", of, of="assessment", **heard)
    assert "Enter what they said, or below why there are no words yet" in page
    for about, words in (
        ("assessment", "“That is not how it was”"), ("panel", "Knows the day"),
        ("supporter", "Brings an aunt"),
    ):  # fmt: skip
        desk.done(lead, "person_words", of, of=about, words=words, **heard)
    desk.open_a_meeting()
    papers = desk.at(essex.chair).text("case_panel", of)
    assert "“That is not how it was” The youth worker" in papers and "Brings an aunt" in papers
    page = desk.refused(lead, "plan_given", of, how="read", given_by="The lead",
                        **day("given_date", today()))  # fmt: skip
    assert "This version of the plan is not agreed (2.8.6)" in page


@pytest.mark.clause("1.1.4", "2.8.6", "2.8.12")
def test_the_person_has_the_plan_and_chooses_each_piece_of_it(client: Client, essex: Cast) -> None:
    become(INSTALLATION)
    other = essex.appointed(Role.PROVIDER, of=essex.provider.organisation)
    story = Story(essex).on_panel()
    sport = story.piece_said(kind="constructive_pursuits", provider_user=other)
    desk = Desk(client, story.plan_agreed(pieces=[story.piece_said(), sport]).consented())
    lead, of = essex.families_lead, desk.reference
    page = desk.at(lead).text("plan_given", of)
    assert "You can stop at any time." in page and "What you want from it: “Somebody who" in page
    assert of not in page[page.index("Mentoring support contact") : page.index("How was it given?")]
    pdf = desk.at(lead).get("plan_paper", of)
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    given = {"how": "both", "given_by": "The youth worker", "words": SAID}
    desk.done(lead, "plan_given", of, **given, **day("given_date", today()))
    assert SAID in desk.at(lead).text("plan_given", of)
    heard = {"heard_by": "The youth worker", "words": SAID} | day("happened_date", today())
    acting(lead)
    mentoring, sport_piece = (desk.case().pieces.get(kind=kind) for kind in
                              ("mentoring", "constructive_pursuits"))  # fmt: skip
    # somebody else to give one: seen to, and the person is told
    desk.done(lead, "piece_wish", of, mentoring.pk, of="somebody_else", **heard)
    assert "See to it that somebody else gives support" in desk.at(lead).text("home")
    told = {"worker": other.pk, "words": "From Monday it is Kim", "told_by": "The lead"}
    desk.done(lead, "piece_another", of, mentoring.pk, **told)
    assert desk.at(essex.provider).get("piece", mentoring.pk).status_code == 404
    assert "Accept the brief" in desk.at(other).text("piece", mentoring.pk)
    # one is not wanted: it ends, and the plan goes on
    desk.done(lead, "piece_wish", of, sport_piece.pk, of="not_this", **heard)
    assert desk.stage() == Stage.SUPPORTED
    acting(lead)
    states = dict(desk.case().pieces.values_list("kind", "state"))
    assert states == {"mentoring": Piece.State.OFFERED, "constructive_pursuits": Piece.State.ENDED}
    assert f"Support {sport_piece.reference} has ended" in desk.at(other).text("home")
