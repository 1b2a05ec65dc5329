"""What was told of a case by partners, family and others, for its lead and for the panel."""

from datetime import datetime

from waymark.cases.models import Case, ChangeTold
from waymark.cases.reading.line import Line


def told(case: Case, *, since: datetime | None = None) -> list[ChangeTold]:
    """Changes and concerns told of a case, the latest first; only those told after `since`."""
    found = case.changes_told.select_related("by", "organisation", "read_by").order_by("-at")
    return list(found.filter(at__gt=since) if since else found)


def change_lines(case: Case) -> list[Line]:
    """The same as lines of what happened."""
    return [
        Line(
            "change", one.get_kind_display(), f"{one.by.name}, {one.organisation.name}",
            on=one.happened_date, told_by=one.told_by, written_at=one.at,
            text="\n\n".join(part for part in (one.words, one.follows) if part),
        )
        for one in told(case)
    ]  # fmt: skip
