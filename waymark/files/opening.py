"""Opening what is sealed: whole, or not at all and with an alarm (S48)."""

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.database.sealing import Damaged
from waymark.directory.models import User
from waymark.files import vault
from waymark.files.models import File


def opened(file: File, what: str, *, by: User) -> bytes:
    """One thing of a clean file. Raises Damaged once the alarm is written down."""
    try:
        return vault.read(file, what)
    except Damaged:
        record("file_damaged", by=by, at=now(), case_id=file.case_id, row=file)
        raise


def words_of(file: File, *, by: User) -> list[str]:
    """The words of each page, or of the whole. Raises Damaged once that is written down."""
    try:
        return vault.words_of(file)
    except Damaged:
        record("file_damaged", by=by, at=now(), case_id=file.case_id, row=file)
        raise
