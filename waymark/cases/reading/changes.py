"""What was told of a case by partners, family and others, for its lead and for the panel."""

from datetime import datetime

from waymark.cases.models import Case, ChangeTold


def told(case: Case, *, since: datetime | None = None) -> list[ChangeTold]:
    """Changes and concerns told of a case, the latest first; only those told after `since`."""
    found = case.changes_told.select_related("by", "organisation", "read_by").order_by("-at")
    return list(found.filter(at__gt=since) if since else found)
