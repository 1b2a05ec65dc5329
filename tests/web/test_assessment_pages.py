"""The factors assessed through pages: three dimensions apart, evidence with its source, no sum."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.files.steps import write_with
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import hidden, plain
from tests.words import SUMMED_UP
from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.database.clock import today
from waymark.policy.pack import in_force

WORDS = "“Quiet” words 🌱 — select … from; post\nمرحبا"
OTHERS = ["outsider", "administrator", "auditor", "partner", "provider", "adult_lead"]
PAGES = ("assessment", "assessment_start", "assessment_whole", "assessment_sign", "assessment_own")


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).partners_answered())


@pytest.fixture
def begun(desk: Desk, essex: Cast) -> Desk:
    desk.done(essex.police_officer, "assessment_start", desk.reference)
    return desk


def found(state: str = "partly", **differs: Any) -> dict[str, Any]:
    """One factor with one piece of evidence."""
    said: dict[str, Any] = {
        "state": state, "shows": "Seeks a group", "speaks_against": "A close sister",
        "evidence_0_words": "Sits apart", "evidence_0_source": "The form tutor",
        "evidence_0_kind": "opinion", "evidence_0_speaks_for": "for",
        "evidence_0_self_report": "no",
    }  # fmt: skip
    return said | day("evidence_0_date", today() - timedelta(days=9)) | differs


def factor(desk: Desk, code: str, **said: Any) -> None:
    desk.done(desk.cast.police_officer, "factor", desk.reference, code, **said)


@pytest.mark.clause("2.2.1", "2.2.2", "2.2.4", "2.5.8")
def test_all_22_factors_stand_in_three_dimensions_apart(begun: Desk, essex: Cast) -> None:
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    for dimension in in_force().framework.dimensions:
        assert dimension.name in page
    for one in in_force().framework.factors:
        assert one.name in page
    assert page.count("Not yet known") == 22


@pytest.mark.clause("2.2.4", "2.3.2", "2.3.3", "2.3.6")
def test_a_factor_says_its_meaning_and_indicators_stand_with_their_cautions(
    begun: Desk, essex: Cast
) -> None:
    pack = in_force()
    for one in pack.framework.factors:
        answer = begun.at(essex.police_officer).get("factor", begun.reference, one.code)
        page = plain(answer)
        assert one.meaning in page
        for indicator in pack.indicators_of(one.dimension):
            assert indicator.text in page
        for caution in pack.cautions:
            assert caution.text in page
        assert 'type="checkbox"' not in answer.text


@pytest.mark.clause("2.3.1")
def test_half_of_it_is_saved_and_a_colleague_goes_on(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", **found(shows=WORDS))
    factor(begun, "E4", state="not_yet_known")
    page = begun.at(essex.police_lead).text("assessment", begun.reference)
    assert "not signed yet" in page and "Partly present" in page and "“Quiet” words 🌱" in page
    answer = begun.at(essex.police_lead).get("factor", begun.reference, "E3").text
    assert "“Quiet” words 🌱" in answer and "The form tutor" in answer
    acting(essex.police_officer)
    assert Evidence.objects.get().kind == "opinion"
    assert Finding.objects.get(factor="E3").shows == WORDS


@pytest.mark.clause("2.3.5")
@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        ("source", "Enter where this evidence comes from"),
        ("kind", "Select whether this is fact, opinion or allegation"),
        ("self_report", "Select whether this is the person’s own word"),
    ],
)
def test_evidence_says_where_it_comes_from_and_nothing_typed_is_lost(
    begun: Desk, essex: Cast, left_out: str, why: str
) -> None:
    said = found(evidence_0_words=WORDS) | {f"evidence_0_{left_out}": ""}
    page = begun.refused(essex.police_officer, "factor", begun.reference, "E3", **said)
    assert why in page and "“Quiet” words 🌱" in page and "Seeks a group" in page
    acting(essex.police_officer)
    assert not Evidence.objects.exists()


@pytest.mark.clause("2.2.5")
def test_a_factor_of_this_case_alone_is_added(begun: Desk, essex: Cast) -> None:
    why = {"added_why": "It is how he meets them"}
    said = found() | {"name": "Late hours online", "dimension": "engagement"} | why
    begun.done(essex.police_officer, "assessment_own", begun.reference, **said)
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert "Late hours online" in page
    again = begun.at(essex.police_officer).get("factor", begun.reference, "own_1")
    assert "Sits apart" in again.text


@pytest.mark.lesson("R9")
def test_what_is_found_without_evidence_cannot_be_signed(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", state="partly")
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert "Before it can be signed" in page and "has no evidence (2.3.5)" in page


@pytest.mark.lesson("R12")
def test_not_present_needs_more_than_the_persons_own_word(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", **found("not_present", evidence_0_self_report="yes"))
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    page = begun.at(essex.police_officer).text("assessment_sign", begun.reference)
    assert "rests on the person’s own word alone (2.3.5)" in page


@pytest.mark.clause("2.2.6")
def test_a_signed_assessment_is_one_page_of_all_factors_and_stays(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", **found())
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    begun.done(essex.police_officer, "assessment_sign", begun.reference)
    page = begun.at(essex.chair).text("assessment", begun.reference)
    for one in in_force().framework.factors:
        assert one.name in page
    assert "signed by" in page and SUMMED_UP["conclusion"] in page
    assert "Sits apart (The form tutor" in page
    gone = begun.at(essex.police_officer).get("factor", begun.reference, "E3")
    assert gone.status_code == 404


@pytest.mark.clause("2.2.7")
@pytest.mark.lesson("R10")
def test_the_next_one_says_what_changed(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", **found())
    for again in (False, True):
        if again:
            begun.done(essex.police_officer, "assessment_start", begun.reference)
            page = begun.at(essex.police_officer).text("factor", begun.reference, "E3")
            assert "What was found the last time" in page and "Unchanged, confirmed today" in page
            factor(begun, "E3", **found("strongly", changed_why="Seen with them daily"))
        begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
        if again:
            page = begun.at(essex.police_officer).text("assessment_sign", begun.reference)
            assert "A repeated assessment does not say what changed (2.2.7)" in page
            changed = SUMMED_UP | {"changes": "He has joined them"}
            begun.done(essex.police_officer, "assessment_whole", begun.reference, **changed)
        begun.done(essex.police_officer, "assessment_sign", begun.reference)
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert "partly present, now strongly present" in page and "He has joined them" in page


@pytest.mark.clause("2.2.3", "2.2.8")
def test_letting_go_and_still_meaning_harm_is_pointed_out_and_refuses_nothing(
    begun: Desk, essex: Cast
) -> None:
    factor(begun, "E3", **found("was_present"))
    factor(begun, "I1", **found("partly"))
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    page = begun.at(essex.police_officer).text("assessment_sign", begun.reference)
    assert "look at both again" in page and "Was present, no longer" in page
    begun.done(essex.police_officer, "assessment_sign", begun.reference)


@pytest.mark.requirement("F9")
def test_two_write_different_factors_at_once_and_neither_waits(begun: Desk, essex: Cast) -> None:
    opened = begun.at(essex.police_officer).get("factor", begun.reference, "E3")
    begun.done(essex.police_lead, "factor", begun.reference, "E4", **found(shows="Another’s"))
    begun.at(essex.police_officer)
    address = opened.request["PATH_INFO"]
    answer = begun.client.post(address, hidden(opened) | found(shows=WORDS))
    assert answer.status_code == 302
    acting(essex.police_officer)
    shows = dict(Finding.objects.values_list("factor", "shows"))
    assert shows == {"E3": WORDS, "E4": "Another’s"}


@pytest.mark.requirement("F9")
def test_two_write_the_same_factor_and_both_texts_stand_on_the_page(
    begun: Desk, essex: Cast
) -> None:
    opened = begun.at(essex.police_officer).get("factor", begun.reference, "E3")
    begun.done(essex.police_lead, "factor", begun.reference, "E3", **found(shows="Another’s text"))
    begun.at(essex.police_officer)
    address = opened.request["PATH_INFO"]
    answer = begun.client.post(address, hidden(opened) | found(shows=WORDS))
    page = plain(answer)
    assert f"{essex.police_lead.name} saved this factor while you had the page open" in page
    assert "Another’s text" in page and "“Quiet” words 🌱" in answer.text
    acting(essex.police_officer)
    assert Finding.objects.get().shows == "Another’s text"
    begun.at(essex.police_officer)
    assert begun.client.post(address, hidden(answer) | found(shows=WORDS)).status_code == 302


def test_words_of_the_whole_written_by_two_stand_beside_each_other(
    begun: Desk, essex: Cast
) -> None:
    opened = begun.at(essex.police_officer).get("assessment_whole", begun.reference)
    said = SUMMED_UP | {"conclusion": "Another’s conclusion"}
    begun.done(essex.police_lead, "assessment_whole", begun.reference, **said)
    begun.at(essex.police_officer)
    sent = hidden(opened) | SUMMED_UP | {"conclusion": WORDS}
    answer = begun.client.post(opened.request["PATH_INFO"], sent)
    assert "Another’s conclusion" in plain(answer) and "“Quiet” words 🌱" in answer.text


@pytest.mark.clause("2.3.5")
def test_evidence_is_taken_from_what_stands_on_the_case(begun: Desk, essex: Cast) -> None:
    page = begun.at(essex.police_officer).get("factor", begun.reference, "E3").text
    keys = re.findall(r'value="((?:answer|extract)-\d+)"', page)
    assert {key.partition("-")[0] for key in keys} == {"answer", "extract"}
    answer = next(key for key in keys if key.startswith("answer"))
    said = found(evidence_0_words="", evidence_0_source="", evidence_0_taken_from=answer)
    factor(begun, "E3", **said)
    acting(essex.police_officer)
    kept = Evidence.objects.get()
    assert kept.words == "Nine days missed" and kept.taken_from == answer
    assert "The register" in kept.source
    (one,) = write_with(begun.story, {"a.txt": b"Nine days"})
    page = begun.at(essex.police_officer).get("factor", begun.reference, "E5").text
    assert f'value="document-{one.pk}"' in page and one.file.shown_name in page
    shown = {"evidence_0_taken_from": f"document-{one.pk}", "evidence_0_source": ""}
    factor(begun, "E5", **found(evidence_0_words="Nine days missed", **shown))
    acting(essex.police_officer)
    kept = Evidence.objects.get(document=one)
    assert kept.source == f"Document {one.file.shown_name}, Police" and kept.taken_from
    other = found(evidence_0_words="Not of this case", evidence_0_taken_from="answer-1")
    page = begun.refused(essex.police_officer, "factor", begun.reference, "E4", **other)
    assert "Select one of the answers shown" in page and "Not of this case" in page


@pytest.mark.clause("2.3.5")
def test_a_diagnosis_alone_shows_nothing_and_names_its_clinician(begun: Desk, essex: Cast) -> None:
    diagnosed = found(evidence_0_words="Autism", evidence_0_diagnosis="yes")
    page = begun.refused(essex.police_officer, "factor", begun.reference, "E3", **diagnosed)
    assert "Enter how the diagnosis bears on this factor" in page
    assert "Enter whose clinical word it is" in page
    whole = {"evidence_0_bears_how": "Holds to rules", "evidence_0_clinician": "Dr Vale, CAMHS"}
    factor(begun, "E3", **diagnosed | whole)
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert "rests on a diagnosis alone (2.3.5)" in page
    assert "A diagnosis, by Dr Vale, CAMHS. Holds to rules" in page


@pytest.mark.clause("2.2.7")
def test_each_factor_is_confirmed_by_one_key_or_its_change_explained(
    begun: Desk, essex: Cast
) -> None:
    for code in ("E3", "E4"):
        factor(begun, code, **found())
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    begun.done(essex.police_officer, "assessment_sign", begun.reference)
    begun.done(essex.police_officer, "assessment_start", begun.reference)
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert page.count("was found the last time and nobody has looked at it again (2.2.7)") == 2
    answer = begun.done(essex.police_officer, "factor_unchanged", begun.reference, "E3")
    assert answer.headers["Location"].endswith("/factors/E4#unchanged")
    factor(begun, "E4", **found("strongly"))
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert f"Unchanged, confirmed by {essex.police_officer.name}" in page
    assert "is found otherwise than the last time (2.2.7)" in page
    factor(begun, "E4", **found("strongly", changed_why="Seen with them daily"))
    page = begun.at(essex.police_officer).text("assessment", begun.reference)
    assert "Partly present the last time. Seen with them daily" in page
    acting(essex.police_officer)
    again = Finding.objects.get(factor="E3", assessment__signed_at=None)
    assert again.confirmed and again.evidence.get().words == "Sits apart"


def test_what_was_not_found_before_cannot_be_confirmed(begun: Desk, essex: Cast) -> None:
    page = begun.refused(essex.police_officer, "factor_unchanged", begun.reference, "E3")
    assert "Nothing was found of this factor the last time (2.2.7)" in page


@pytest.mark.clause("2.2.2", "2.3.4")
@pytest.mark.lesson("R9")
def test_no_page_of_it_adds_up_anything(begun: Desk, essex: Cast) -> None:
    factor(begun, "E3", **found())
    factor(begun, "I1", **found("strongly"))
    page = begun.at(essex.police_officer).text("assessment", begun.reference).lower()
    assert not re.search(r"\b(score|total|rank|points|level)\b *:? *\d", page)
    assert not re.search(r"\d+ (of|out of) 22", page)
    assert "there is no single route to terrorism" in page


def test_the_preliminary_one_is_the_polices(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.chair).text("assessment_start", desk.reference)
    assert "Assessing this case is not yours to do (2.5.8)" in page
    assert "No assessment is signed yet" in desk.at(essex.chair).text("assessment", desk.reference)
    acting(essex.police_officer)
    assert not Assessment.objects.exists()


def test_its_repeating_is_a_task_that_leads_here(begun: Desk, essex: Cast) -> None:
    begun.done(essex.police_officer, "assessment_whole", begun.reference, **SUMMED_UP)
    begun.done(essex.police_officer, "assessment_sign", begun.reference)
    home = begun.at(essex.police_officer).get("home").text
    assert "Repeat the assessment" in home
    assert f'href="/cases/{begun.reference}/assessment"' in home


@pytest.mark.parametrize("who", OTHERS)
def test_for_others_the_pages_do_not_exist(begun: Desk, essex: Cast, who: str) -> None:
    for page in PAGES:
        assert begun.at(getattr(essex, who)).get(page, begun.reference).status_code == 404
    assert begun.at(getattr(essex, who)).get("factor", begun.reference, "E3").status_code == 404
