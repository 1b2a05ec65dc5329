"""One line of what happened on a case."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Line:
    """One line: when it happened, what, by whom; `written_at` where it was written later."""

    kind: str
    title: str
    by: str
    at: datetime | None = None
    on: date | None = None
    told_by: str = ""
    written_at: datetime | None = None
    text: str = ""
    clause: str = ""

    def when(self) -> datetime:
        return self.at or self.written_at or datetime.min
