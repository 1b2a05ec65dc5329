"""The panels of the areas that one sees: their rhythm, their meetings, what is under way."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.ways import CHAIRS
from waymark.directory.models import Area
from waymark.directory.permission import permits
from waymark.panels.meeting import meetings
from waymark.panels.models import Meeting
from waymark.panels.reading import meetings as reading
from waymark.panels.reading import panel as panel_reading
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, post_holders
from waymark.web.forms.meeting import CallForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.panel import ON_PANELS, of_panel
from waymark.web.frames.provider import SEES
from waymark.web.page import show
from waymark.web.rows.meeting_state import KINDS


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
        "latest": day_in_words(one.latest) if one.latest else "",
        "overdue": one.overdue,
        "to_hear": one.to_hear if one.sees_all else None,
        "may_call": permits(meetings.may_call, request.user, one.area),
        "coming": [_row(meeting) for meeting in one.coming],
        "meetings": [_row(meeting) for meeting in one.meetings],
    }


def _row(meeting: Meeting) -> dict[str, Any]:
    return {
        "day": {"text": day_in_words(meeting.on_date), "href": f"/panels/{meeting.pk}"},
        "reference": meeting.reference,
        "state": {"text": meeting.get_state_display(), "tag": KINDS[meeting.state]},
    }


@of_panel
@require_safe
def panel(request: AskedBy, where: Area) -> HttpResponse:
    """One panel: its members by post, and every intervention under way in its area (2.10.1)."""
    context = {
        "section": "panels",
        "area": where,
        "members": [row for office in panel_reading.offices_of(where) for row in _members(office)],
        "missing": list(panel_reading.missing_in(where)),
        "permanent": [seat.name for seat in in_force().permanent_members],
        "quorum": [{"seat": seat.name, "basis": seat.basis} for seat in in_force().quorum],
        "may_call": permits(meetings.may_call, request.user, where),
        "sees_providers": bool(request.user.roles_in(where) & set(SEES)),
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


def _members(office: panel_reading.Office) -> list[dict[str, str]]:
    """A row for each holder of an office; one that says so where it has none."""
    if not office.held_by:
        return [{"post": office.name, "name": "Nobody", "body": "", "deputy": "", "agreed": ""}]
    return [
        {
            "post": office.name,
            "name": one.user.name,
            "body": one.user.organisation.name,
            "deputy": ", ".join(one.deputies) or "None",
            "agreed": day_in_words(one.agreed) if one.agreed else "Not yet",
        }
        for one in office.held_by
    ]


@of_panel
@require_safe
def over_time(request: AskedBy, where: Area) -> HttpResponse:
    """By organisation, how many meetings of a year somebody of it came to (2.5.9)."""
    if not permits(meetings.may_call, request.user, where):
        raise Http404
    rows = [
        {
            "body": one.organisation.name,
            "invited": one.invited,
            "came": one.came,
            "last": day_in_words(one.last_came) if one.last_came else "Not in this time",
        }
        for one in panel_reading.attendance_by_body(where)
    ]
    return show(
        request, "panels/over_time.html", {"section": "panels", "area": where, "rows": rows}
    )


@of_panel
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: AskedBy, where: Area) -> HttpResponse:
    """Call a meeting: its agenda is made of every case that waits for the panel."""
    if not permits(meetings.may_call, request.user, where):
        raise Http404
    form = CallForm(request.POST if request.method == "POST" else None)
    waiting = meetings.to_be_heard(where).count()
    return act_page(
        request, form,
        lambda given: meetings.call(
            where, by=request.user, on_date=given.day(), how=given.how()
        ),
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
