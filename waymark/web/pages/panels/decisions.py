"""A case at the panel: what the panel has before it, and what it decided (2.5.10, 2.5.11)."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.permission import Refused, permits, refusal
from waymark.panels import decisions
from waymark.panels.reading import decisions as reading
from waymark.panels.reading.meetings import item_now
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case import case_frame
from waymark.web.page import show
from waymark.web.rows.before_panel import case_rows, who_is_there
from waymark.web.rows.decided import told

NOT_ON = Refused(
    "This case is on no meeting that is open", clause="2.8.18",
    until="The chair opens a meeting on its day, or calls one for today.",
)  # fmt: skip


@case_page(Part.PANEL)
@require_safe
def at_the_panel(request: AskedBy, case: Case) -> HttpResponse:
    """What the panel has before it, the way to where it decides, and what it decided."""
    item = item_now(case)
    made = reading.decision_on(item) if item else None
    context = case_frame(case, request.user) | {
        "title": "At the panel",
        "refusal": refusal(decisions.may_decide, request.user, item) if item else NOT_ON,
        "hear": reverse("meeting_case", args=[item.meeting_id, item.pk])
        if item and permits(decisions.may_decide, request.user, item)
        else "",
        "decided": told(made) if made else [],
        "decided_at": made.meeting if made else None,
        "on_paper": sees_part(request.user, case, Part.ASSESSMENT),
        "papers": [],
        "meeting": item.meeting if item else None,
        "back": reverse("case", args=[case.reference]),
    }
    if item:
        before = reading.before(item)
        rows = [*who_is_there(item, before), *case_rows(item, before, request.user)]
        context["papers"] = rows
    return show(request, "decisions/at_the_panel.html", context)
