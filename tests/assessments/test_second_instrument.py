"""Another instrument stands beside the first; what was assessed by the earlier one keeps it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cast import Cast, acting
from tests.story import Story
from tests.words import SAID, SUMMED_UP
from waymark.assessments import signing, writing
from waymark.assessments.changes import changes_of
from waymark.assessments.findings import Found
from waymark.assessments.models import Assessment
from waymark.assessments.sheet import sheet
from waymark.policy.pack import PACKS, put_in_force

INVENTED = """
[framework]
edition = "invented-1"
name = "An invented instrument"
source = "Made up for a test"
note = "The three dimensions are looked at separately. There is no total and no score."
"""
DIMENSION = """
[[framework.dimensions]]
code = "{code}"
name = "{name}"
meaning = "Made up."
factors = 1
indicators = {indicators}

[[framework.factors]]
code = "Z_{code}"
dimension = "{code}"
name = "An invented factor of {code}"
meaning = "Made up."
"""


@pytest.fixture(autouse=True)
def back_to_the_products_own() -> Iterator[None]:
    yield
    put_in_force(None)


def _edition(tmp_path: Path, framework: Callable[[str], str]) -> Path:
    """The product's pack under another name, with `framework` over its framework."""
    folder = Path(shutil.copytree(PACKS / "set-2019", tmp_path / "set-2020"))
    said = folder / "edition.toml"
    said.write_text(said.read_text().replace('code = "set-2019"', 'code = "set-2020"', 1))
    kept = folder / "framework.toml"
    kept.write_text(framework(kept.read_text()))
    return folder


def _with_one_more(text: str) -> str:
    more = '[[framework.factors]]\ncode = "E14"\ndimension = "engagement"\nname = "Nights online"\n'
    at = text.index("[[framework.factors]]")
    counted = text[:at].replace("factors = 13", "factors = 14", 1)
    return f'{counted}{more}meaning = "Lives online more than among people."\n\n{text[at:]}'


def _invented(text: str) -> str:
    """Three factors of its own in place of all others; states, kinds and indicators stay."""
    dimensions = {"engagement": 7, "intent": 6, "capability": 4}
    made = "".join(
        DIMENSION.format(code=code, name=f"The invented {code}", indicators=number)
        for code, number in dimensions.items()
    )
    blocks = text.split("\n[[framework.")
    rest = [one for one in blocks[1:] if not one.startswith(("dimensions]]", "factors]]"))]
    return "\n[[framework.".join([INVENTED + made, *rest])


def names_of(assessment: Assessment) -> set[str]:
    return {line.name for part in sheet(assessment) for line in part.lines}


@pytest.mark.clause("2.2.5")
def test_a_factor_added_for_all_is_in_the_next_assessment_and_not_in_the_last(
    essex: Cast, tmp_path: Path
) -> None:
    story = Story(essex).assessed()
    earlier = story.case.assessments.get()
    put_in_force(_edition(tmp_path, _with_one_more))
    begun = writing.start(story.case, by=acting(essex.police_officer))
    assert names_of(begun) - names_of(earlier) == {"Nights online"}
    confirmed = writing.confirm(begun, by=essex.police_officer, factor="E3")
    assert confirmed.confirmed
    texts = SUMMED_UP | {"changes": "A factor more is looked at"}
    found = [Found("E14", "partly", evidence=[SAID])]
    saved = writing.save(begun, by=essex.police_officer, written=writing.Written(found, texts))
    signing.sign(saved, by=essex.police_officer)
    assert "Nights online" not in names_of(Assessment.objects.get(pk=earlier.pk))
    engagement = changes_of(story.case).dimensions[0]
    row = next(one for one in engagement.rows if one.name == "Nights online")
    assert row.found == ("not_yet_known", "partly")


@pytest.mark.clause("2.2.5")
def test_another_instrument_stands_beside_the_first(essex: Cast, tmp_path: Path) -> None:
    story = Story(essex).assessed()
    earlier = story.case.assessments.get()
    put_in_force(_edition(tmp_path, _invented))
    begun = writing.start(story.case, by=acting(essex.police_officer))
    assert begun.edition == "set-2020"
    assert names_of(begun) == {
        f"An invented factor of {code}" for code in ("engagement", "intent", "capability")
    }
    texts = SUMMED_UP | {"changes": "Looked at with another instrument"}
    found = [Found("Z_intent", "not_present", evidence=[SAID])]
    saved = writing.save(begun, by=essex.police_officer, written=writing.Written(found, texts))
    assert signing.sign(saved, by=essex.police_officer).is_signed
    rows = {row.name for part in changes_of(story.case).dimensions for row in part.rows}
    assert rows == names_of(earlier) | names_of(saved)
