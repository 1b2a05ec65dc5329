"""Assessments beside each other: words by date, each dimension apart, and nothing added up."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk
from tests.words import FOUND, SAID, SUMMED_UP
from waymark.assessments import signing, writing
from waymark.assessments.changes import SHOWN, Standing, changes_of, in_words
from waymark.assessments.evidence import Proof
from waymark.assessments.findings import Found
from waymark.policy.pack import in_force

ROOT = Path(__file__).resolve().parents[2]
OTHER = Proof("Left the group", "The club’s leader")
LEFT = Found(
    "E3", "was_present", "Has friends elsewhere", evidence=[SAID, OTHER], changed_why="Left it"
)
P, W, N, U = Standing.PRESENT, Standing.WAS_PRESENT, Standing.NOT_PRESENT, Standing.NOT_YET_KNOWN


def repeated(story: Story, *found: Found) -> None:
    """One more assessment, which starts where the case stands and is signed."""
    officer = acting(story.cast.police_officer)
    begun = writing.start(story.case, by=officer)
    texts = SUMMED_UP | {"changes": "What the club says"}
    saved = writing.save(begun, by=officer, written=writing.Written(list(found), texts))
    signing.sign(saved, by=officer)


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).assessed()


@pytest.mark.clause("2.2.3", "2.2.8")
@pytest.mark.parametrize(
    "engagement, intent, words",
    [
        (P, W, "desisted, not disengaged"),
        (P, N, "nothing of intent as far as is known"),
        (P, P, "Something of both is found"),
        (W, P, "both are to be looked at again"),
        (N, P, "nothing of engagement as far as is known"),
        (W, N, "nothing of intent: disengaged"),
        (U, U, ""),
        (P, U, ""),
    ],
)
def test_engagement_and_intent_are_told_apart(
    engagement: Standing, intent: Standing, words: str
) -> None:
    said = in_words({"engagement": engagement, "intent": intent})
    assert words in said
    assert bool(said) == bool(words)


def test_each_factor_says_what_was_found_at_each_assessment(story: Story) -> None:
    repeated(story, LEFT)
    found = changes_of(story.case)
    engagement, intent, capability = found.dimensions
    row = next(row for row in engagement.rows if row.factor == "E3")
    assert row.found == ("partly", "was_present") and row.changed
    assert engagement.stood == (Standing.PRESENT, Standing.WAS_PRESENT)
    assert intent.stood == capability.stood == (Standing.NOT_YET_KNOWN,) * 2
    assert sum(len(one.rows) for one in found.dimensions) == len(in_force().framework.factors)


def test_what_is_not_said_reads_as_not_yet_known_and_never_as_absent(story: Story) -> None:
    found = changes_of(story.case)
    said = {state for one in found.dimensions for row in one.rows for state in row.found}
    assert said == {"partly", "not_yet_known"}


def test_a_factor_of_the_cases_own_stands_in_its_dimension(story: Story) -> None:
    own = Found(
        "own_1", "partly", "Online at night", "", [SAID], "Nights online", "capability", "New"
    )
    repeated(story, *FOUND, own)
    capability = changes_of(story.case).dimensions[2]
    row = next(row for row in capability.rows if row.factor == "own_1")
    assert (row.name, row.found) == ("Nights online", ("not_yet_known", "partly"))


def test_the_latest_stand_beside_each_other_and_earlier_ones_are_turned_back_to(
    story: Story,
) -> None:
    for _ in range(SHOWN):
        repeated(story, *FOUND)
    latest = changes_of(story.case)
    assert len(latest.assessments) == SHOWN and latest.earlier and not latest.later
    back = changes_of(story.case, until=1)
    assert back.assessments[1:] == latest.assessments[:-1] and not back.earlier and back.later
    assert changes_of(story.case, until=50).assessments == back.assessments


def test_the_number_of_queries_does_not_grow_with_the_assessments(story: Story) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            changes_of(story.case)
        return len(queries)

    first = asked()
    repeated(story, *FOUND)
    repeated(story, *FOUND)
    assert asked() == first


# ---- the page


@pytest.mark.clause("2.2.2", "2.2.7")
def test_the_page_shows_words_by_date_and_no_number(client: Client, story: Story) -> None:
    repeated(story, LEFT)
    page = Desk(client, story).at(story.cast.police_officer).text(
        "assessment_changes", story.case.reference
    )  # fmt: skip
    for words in ("Was present, no longer", "Partly present", "Not yet known"):
        assert words in page
    for word in ("total", "score", "average", "%"):
        assert word not in page.lower()


@pytest.mark.clause("2.2.7")
def test_the_line_of_time_is_told_in_words_from_the_same_rows(client: Client, story: Story) -> None:
    repeated(story, *FOUND)
    answer = Desk(client, story).at(story.cast.police_officer).get(
        "assessment_changes", story.case.reference
    )  # fmt: skip
    picture, words = answer.text.split("<svg", 1)[1].split("</svg>", 1)
    drawn = picture.count("<circle") + picture.count("app-line-of-time__mark")
    told = words.split("</ol>", 1)[0].count("<li>")
    assert picture.count("<circle") == 2 and drawn == told


def test_without_a_signed_assessment_the_page_says_when_something_comes(
    client: Client, essex: Cast
) -> None:
    desk = Desk(client, Story(essex).partners_answered())
    page = desk.at(essex.police_officer).text("assessment_changes", desk.reference)
    assert "No assessment is signed yet" in page


@pytest.mark.parametrize("until", ["x", "-1", "99999", "٣"])
def test_garbage_in_the_address_is_like_nothing(client: Client, story: Story, until: str) -> None:
    desk = Desk(client, story)
    page = desk.at(story.cast.police_officer).get(
        "assessment_changes", desk.reference, query=f"?until={until}"
    )
    assert page.status_code == 200


# ---- nobody is scored


ADDS_UP = {"Count", "Sum", "Avg", "Max", "Min", "StdDev", "Variance"}  # of django.db.models


@pytest.mark.lesson("R9")
@pytest.mark.clause("2.2.2")
def test_nothing_adds_up_what_is_found_of_factors(client: Client, story: Story) -> None:
    """No module that reads findings knows a way to add them up or to order people by them."""
    guilty = []
    for path in (ROOT / "waymark").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or not _reads_findings(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if _adds_up(node) or _orders_by_state(node):
                guilty.append((str(path.relative_to(ROOT)), ast.unparse(node)))
    assert guilty == []
    page = Desk(client, story).at(story.cast.police_officer)
    assert page.get("assessment_changes", story.case.reference).status_code == 200


def _reads_findings(text: str) -> bool:
    return "Finding" in text or "findings" in text


def _adds_up(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "django.db.models" and bool(ADDS_UP & {a.name for a in node.names})
    return isinstance(node, ast.Attribute) and node.attr in {"aggregate", "annotate"}


def _orders_by_state(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    said: list[Any] = [one.value for one in node.args if isinstance(one, ast.Constant)]
    return node.func.attr == "order_by" and any("state" in str(one) for one in said)
