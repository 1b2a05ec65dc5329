"""Pages that show seven days, with the week before and the week after."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest

from waymark.database.clock import today
from waymark.policy.lateness import day_in_words

WEEK = timedelta(days=7)
FIRST = date(2000, 1, 1)


def week_of(request: HttpRequest) -> tuple[date, dict[str, Any]]:
    """The first of the seven days that are shown, and the links to those before and after."""
    try:
        until = date.fromisoformat(request.GET.get("until", ""))
    except ValueError:
        until = today()
    until = max(min(until, today()), FIRST)
    since = until - timedelta(days=6)
    return since, {
        "older": f"?until={until - WEEK}",
        "newer": f"?until={until + WEEK}" if until < today() else "",
        "days": f"{day_in_words(since)} to {day_in_words(until)}",
    }
