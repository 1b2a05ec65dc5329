"""Adding files and having them checked, in a line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from tests.cast import acting
from tests.conftest import connect_as
from tests.story import Story
from waymark.cases.models import Document
from waymark.cases.written import entries
from waymark.cases.written.documents import Enclosed
from waymark.database.clock import today
from waymark.files import boxes
from waymark.files.boxes import BoxKeys
from waymark.files.uploads import examined
from waymark.project.jobs import scanning


@contextmanager
def as_worker() -> Iterator[None]:
    """What only the job worker is: its database role, and the key that opens quarantine."""
    private = boxes.derived(settings.WAYMARK_KEYS[0])
    before = settings.WAYMARK_BOXES
    settings.WAYMARK_BOXES = BoxKeys(boxes.public_of(private), (private,))
    connect_as("waymark_worker")
    try:
        yield
    finally:
        connect_as("waymark_app")
        settings.WAYMARK_BOXES = before


def checked() -> int:
    """The job runs once; how many files it settled."""
    with as_worker():
        return scanning.check()


def write_with(story: Story, files: dict[str, bytes], **differs: Any) -> list[Document]:
    """The officer writes an entry with these files: their documents, as the officer sees them."""
    officer = acting(story.cast.police_officer)
    said: dict[str, Any] = {
        "kind": "information", "happened_date": today(), "told_by": "The tutor", "words": "See it",
    }  # fmt: skip
    uploads = [examined(name, content) for name, content in files.items()]
    made = entries.write(
        story.case, by=officer, enclosed=Enclosed(uploads, "The register"), **said | differs
    )
    rows = Document.objects.filter(object_id=made.pk).select_related("file", "case")
    return list(rows.order_by("file__number"))
