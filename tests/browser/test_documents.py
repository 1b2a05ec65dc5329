"""A file is added with what happened, checked, and read: as a picture, and as text."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.files import corpus
from tests.files.steps import checked
from tests.story import Story
from waymark.project.embedded.clamd import Clamd

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TODAY = date.today()


@pytest.mark.requirement("S42", "S47")
def test_a_file_is_added_checked_and_read_on_a_small_screen(
    person: Callable[..., Person], clamd: Clamd, settings: Any, tmp_path: Path
) -> None:
    settings.WAYMARK_FILES = tmp_path / "files"
    cast = cast_of("Essex")
    with transaction.atomic():
        case = Story(cast).screened().case
    officer = person(width=320).signs_in(cast.police_officer)
    officer.goes_to(f"/cases/{case.reference}/entries/write")
    sent = {"name": "x.docx", "mimeType": "application/octet-stream", "buffer": corpus.word()}
    officer.page.set_input_files("[name=documents]", [sent])  # type: ignore[list-item]
    officer.answers(**{
        "happened_date-day": str(TODAY.day), "happened_date-month": str(TODAY.month),
        "happened_date-year": str(TODAY.year), "documents_title": "Attendance register",
    })  # fmt: skip
    officer.goes_to(f"/cases/{case.reference}/documents").reads("Still checking")
    assert checked() == 1
    officer.follows("Attendance register").reads("set anew", "Read as text", "September | 5")
    shown = officer.page.locator("main img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= 320
    officer.follows("Open the file as it was sent").reads("Why do you need the file")
