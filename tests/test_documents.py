"""The documents speak of what there is: settings, clauses, requirements, and each other."""

import re
from pathlib import Path

import pytest

from tests import evidence
from waymark.project.configuration import NAMES

DOCUMENTS = sorted((evidence.ROOT / "docs").rglob("*.md"))
GUIDES = [document for document in DOCUMENTS if document.parent.name == "guide"]
CLAUSE = re.compile(r"(?<![\d.])\d\.\d{1,2}\.\d{1,2}(?!\.?\d)")
REQUIREMENT = re.compile(r"\b[SF]\d{1,2}\b")


def words_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def named(document: Path) -> str:
    return str(document.relative_to(evidence.ROOT))


def test_every_setting_is_described_and_none_else() -> None:
    described = set(re.findall(r"WAYMARK_[A-Z_]+", words_of(evidence.ROOT / "docs/operations.md")))
    assert described == NAMES


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_clauses_that_a_guide_cites_exist(guide: Path) -> None:
    cited = set(CLAUSE.findall(words_of(guide)))
    assert cited
    assert cited <= evidence.rows("clause").keys()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_requirements_that_are_cited_exist(document: Path) -> None:
    cited = set(REQUIREMENT.findall(words_of(document)))
    assert cited <= evidence.rows("requirement").keys()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", words_of(document))
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []
