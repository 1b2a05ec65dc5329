"""Fixtures of the tests of files: where they are kept."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def kept(tmp_path: Path, settings: Any) -> Path:
    """An empty store, and its folder."""
    settings.WAYMARK_FILES = tmp_path / "files"
    return tmp_path / "files"
