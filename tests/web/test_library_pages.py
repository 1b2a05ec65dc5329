"""The library is one step away from the work, and found by words."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.story import Story
from tests.web.panel import Desk
from tests.web.police import Pages, plain
from waymark.cases.models import Stage
from waymark.policy import library
from waymark.policy.pack import in_force


def test_every_stage_has_its_shelf() -> None:
    for stage in Stage.values:
        assert in_force().shelf_for(stage).texts
    assert {one for shelf in in_force().shelves for one in shelf.stages} == set(Stage.values)


@pytest.mark.clause("1.1.5", "2.8.20", "2.9.5", "2.11.1")
def test_what_bears_on_a_case_is_one_step_from_it(client: Client, essex: Cast) -> None:
    story = Story(essex).partners_asked()
    desk, reference = Desk(client, story), story.case.reference
    pages = desk.at(essex.police_officer)
    page = pages.get("case", reference).text
    for code in ("channel_duty_guidance", "prevent_duty_guidance"):
        assert f'href="{in_force().reference(code).address}"' in page
    for address in ("/library/gathering", "/policy/signs", "/policy/definitions",
                    "/library/read/co_operation", "/library/read/recording"):  # fmt: skip
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert "/library/gathering" in pages.get("entry", reference).text

    # each partner on the case stands on it, and the duty to co-operate is read from there
    said = pages.text("case", reference)
    school = essex.partner.organisation.name
    assert f"{school}: asked for information" in said
    assert f"{essex.police_officer.name} holds the case" in said
    assert f"{essex.families_lead.name}, Prevent families lead" in said
    assert "cooperate with all partners" in pages.text("library_text", "co_operation")
    assert "What supports you in working with partners" in pages.text("library_shelf", "gathering")


@pytest.mark.clause("1.1.6", "1.1.7", "1.2.1", "2.12.2", "2.13.1")
def test_the_policy_is_found_by_words(client: Client, db: None) -> None:
    page = client.get("/library?q=six+commitments").text
    assert "/library/read/prevent_commitments" in page
    found = plain(client.get("/library?q=radicalised"))
    assert "Radicalisation Definition (1.2.1)" in found
    assert "/policy/definitions#radicalisation" in client.get("/library?q=radicalised").text
    for words, title in (
        ("work streams", "CONTEST and its four work streams"),
        ("WRAP", "The training that replaces WRAP"),
        ("mental capacity", "Mental Capacity Act 2005"),
        ("NHS competencies", "competencies"),
    ):
        assert title in plain(client.get("/library", {"q": words})), words
    nothing = plain(client.get("/library?q=xyzzy"))
    assert "Nothing holds all of these words" in nothing
    assert "By stage of the work" in nothing
    assert client.get("/library", {"q": "<b>'\"%_\\"}).status_code == 200
    assert client.get("/library", {"q": "a" * 200}).status_code == 200
    prevent = plain(client.get("/library/prevent"))
    for words in ("Re-enforce safeguarding", "CONTEST’s risk-reduction model"):
        assert words in prevent
    assert client.get("/library/nothing").status_code == 404
    assert client.get("/library/read/nothing").status_code == 404


def test_a_search_finds_words_of_the_same_stem_titles_first() -> None:
    found = library.find(in_force(), "consenting")
    assert found and all("consent" in f"{one.entry.title} {one.entry.words}".casefold()
                         for one in found)  # fmt: skip
    titles = ["consent" in one.entry.title.casefold() for one in found]
    assert titles == sorted(titles, reverse=True)
    assert library.find(in_force(), "   ") == []
    assert all(len(one.excerpt) <= 250 for one in found)


@pytest.mark.clause("1.1.5", "2.9.5")
def test_panel_referral_and_request_have_their_shelf_beside_them(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).on_panel()
    desk = Desk(client, story)
    meeting = desk.open_a_meeting()
    acted = Pages(client, essex.chair)
    assert "/library/panel" in acted.get("meeting", meeting.pk).text
    referral = story.subject.referral.reference
    assert "/library/referring" in desk.at(essex.police_officer).get("referral", referral).text
    asked = desk.at(essex.partner).get("request", story.request.pk).text
    assert "/library/gathering" in asked and "/library/read/co_operation" in asked
