"""What one has looked at oneself: everybody sees their own, and nobody else's (S34)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.oversight.reading import looked
from waymark.web.access import AskedBy, signed_in
from waymark.web.page import show
from waymark.web.rows.look import days_of
from waymark.web.rows.weeks import week_of


@signed_in
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """One's own looks by day; of a case that one sees no more, no reference."""
    since, week = week_of(request)
    looks = looked.of_person(request.user, since)
    keys = {one.case_id for one in looks if one.case_id}
    first: dict[int, Any] = dict.fromkeys(keys, "A case that you do not see now")
    for key, reference in looked.references_for(request.user, keys).items():
        first[key] = {"text": reference, "href": reverse("case", args=[reference])}
    context = week | {
        "section": "home",
        "title": "What you have looked at",
        "of": request.user.name,
        "heads": "Case",
        "tables": days_of(looks, first, key="case_id"),
        "back": reverse("home"),
        "back_to": "Home",
    }
    return show(request, "seen/days.html", context)
