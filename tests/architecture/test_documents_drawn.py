"""Documents that are drawn from the code say what the code says."""

from pathlib import Path

import pytest

from waymark.cases.access import drawn as seen
from waymark.cases.reading import drawn

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name, draw", [("access", seen.access), ("stages", drawn.stages)])
def test_document_is_as_the_code_draws_it(name: str, draw: "object") -> None:
    assert callable(draw)
    assert (DOCS / f"{name}.md").read_text() == draw(), "run `make docs`"
