"""The panels of the areas that one sees: their rhythm, their meetings, what is under way."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.ways import CHAIRS
from waymark.database.clock import today
from waymark.directory.models import Area, areas_by_code
from waymark.directory.permission import permits
from waymark.panels import meetings
from waymark.panels.models import Meeting
from waymark.panels.reading import meetings as reading
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions
from waymark.web.access import AskedBy, post_holders
from waymark.web.acts import act_page
from waymark.web.meeting_frame import KINDS
from waymark.web.page import show

ON_PANELS = tuple(sorted({*reading.MEMBERS, *reading.SEES_ALL}))


@post_holders(*ON_PANELS)
@require_safe
def panels(request: AskedBy) -> HttpResponse:
    context = {
        "section": "panels",
        "panels": [_panel(one, request) for one in reading.panels_of(request.user)],
        "duties": in_force().text("panel_duties"),
        "may_transfer": bool(request.user.roles_in() & {*CHAIRS}),
    }
    return show(request, "panels/panels.html", context)


def _panel(one: reading.PanelOf, request: AskedBy) -> dict[str, Any]:
    return {
        "area": one.area,
        "name": one.panel.name if one.panel else f"Channel panel of {one.area.name}",
        "rule": one.panel.rule if one.panel else "",
        "next": day_in_words(one.next_date) if one.next_date else "",
        "to_hear": one.to_hear if one.sees_all else None,
        "may_call": permits(meetings.may_call, request.user, one.area),
        "meetings": [_row(meeting) for meeting in one.meetings],
    }


def _row(meeting: Meeting) -> dict[str, Any]:
    return {
        "day": {"text": day_in_words(meeting.on_date), "href": f"/panels/{meeting.pk}"},
        "reference": meeting.reference,
        "state": {"text": meeting.get_state_display(), "tag": KINDS[meeting.state]},
    }


@post_holders(*ON_PANELS)
@require_safe
def panel(request: AskedBy, area: str) -> HttpResponse:
    """One panel: its members by post, and every intervention under way in its area (2.10.1)."""
    where = _area(request, area)
    context = {
        "section": "panels",
        "area": where,
        "members": [
            {"post": role.label, "people": ", ".join(each.name for each in people)}
            for role, people in reading.members_of(where)
        ],
        "under_way": [
            {
                "case": {
                    "text": piece.case.reference,
                    "href": reverse("plan", args=[piece.case.reference]),
                },
                "kind": in_force().support_kind(piece.kind).name,
                "lead": piece.lead.name,
                "provider": piece.provider.name,
                "state": piece.get_state_display(),
                "until": day_in_words(piece.until_date),
            }
            for piece in reading.under_way(where, request.user)
        ],
        "duties": in_force().text("panel_duties"),
        "membership": in_force().text("panel_membership"),
    }
    return show(request, "panels/panel.html", context)


class CallForm(Questions):
    when = Choice(
        label="When does the panel meet?",
        choices=[("today", "Today"), ("later", "On another day")],
        reveals={"later": "on_date"},
        initial="today",
        error_messages={"required": "Select when the panel meets"},
    )
    on_date = DateField(
        label="Date of the meeting",
        future=True,
        error_messages={"required": "Enter the date of the meeting"},
    )

    def day(self) -> date:
        return today() if self.cleaned_data["when"] == "today" else self.cleaned_data["on_date"]


@post_holders(*ON_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: AskedBy, area: str) -> HttpResponse:
    """Call a meeting: its agenda is made of every case that waits for the panel."""
    where = _area(request, area)
    if not permits(meetings.may_call, request.user, where):
        raise Http404
    form = CallForm(request.POST if request.method == "POST" else None)
    waiting = meetings.to_be_heard(where).count()
    return act_page(
        request, form,
        lambda given: meetings.call(where, by=request.user, on_date=given.day()),
        done=lambda meeting: reverse("meeting", args=[meeting.pk]),
        said="The meeting is called, and the members are invited.",
        context={
            "section": "panels",
            "title": f"Call a meeting of the panel of {where.name}",
            "button": "Call the meeting",
            "lead": f"Every open case is on its agenda: {waiting} now, and what comes until it is"
            " opened. None can be left out.",
            "lead_clause": "2.8.18",
            "back": reverse("panels"),
        },
    )  # fmt: skip


def _area(request: AskedBy, code: str) -> Area:
    where = areas_by_code().get(code)
    if where is None or where.pk not in request.user.areas_of(frozenset(ON_PANELS)):
        raise Http404
    return where
