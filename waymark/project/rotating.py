"""Seals again, under the first key, all that older keys sealed; each row that changed is told."""

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.database.record import Record
from waymark.database.sealing import Damaged, KeyIsMissing
from waymark.database.sealing_rotation import ROTATION, rotate
from waymark.project.sentence import Wrong


def seal_again() -> int:
    """How many values were sealed again. Ended midway, it goes on where it stopped."""
    try:
        return rotate(_told)
    except (Damaged, KeyIsMissing) as problem:
        raise Wrong(f"{problem}.") from None


def _told(row: Record) -> None:
    case = getattr(row, "case_id", None)
    record("sealed_again", by=ROTATION, at=now(), case_id=case, row=row)
