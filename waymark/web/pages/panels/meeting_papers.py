"""The papers of a meeting, for those invited: on screen and as PDF; each opening is a look."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import permits, refusal
from waymark.panels.meeting.attendance import INVITES
from waymark.panels.meeting.declarations import TEXT
from waymark.panels.models import Meeting
from waymark.panels.reading import decisions, papers
from waymark.panels.reading import meetings as reading
from waymark.panels.reading.why_there import reviews_due
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.words import moment
from waymark.web.access import AskedBy
from waymark.web.frames.case import case_frame
from waymark.web.frames.meeting import agenda_links, meeting_frame, meeting_page
from waymark.web.page import show
from waymark.web.papers.panel import PaperOfCase, papers_pdf
from waymark.web.rows.before_panel import case_rows


def _looked(request: AskedBy, meeting: Meeting, rows: list[reading.Row]) -> None:
    """The opening of the papers, and a look at each case whose paper is read."""
    look(
        by=request.user, at=now(), case_id=None, part=Part.PANEL.value, purpose="panel_papers",
        object_kind="papers", object_id=meeting.pk, sight="meeting",
    )  # fmt: skip
    for row in rows:
        look(
            by=request.user, at=now(), case_id=row.item.case_id, part=Part.PANEL.value,
            purpose="panel_papers", object_kind="meeting", object_id=meeting.pk, sight="meeting",
        )  # fmt: skip


@meeting_page
@require_safe
def papers_of(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """The front page: every case of the agenda that the reader is invited to, and why."""
    refused = refusal(papers.may_read_papers, request.user, meeting)
    rows = [] if refused else reading.agenda(meeting, request.user)
    if not refused:
        _looked(request, meeting, [])
    convenes = bool(request.user.roles_in(meeting.area) & INVITES)
    context = meeting_frame(meeting) | {
        "title": "Papers",
        "back": reverse("meeting", args=[meeting.pk]),
        "refusal": refused,
        "cases": [_shown(row, meeting) for row in rows],
        "statement": in_force().text(TEXT),
        "opened": [_opened(one) for one in papers.opened_by(meeting)] if convenes else None,
        "pdf": reverse("meeting_papers_pdf", args=[meeting.pk]),
    }
    return show(request, "meetings/papers.html", context)


def _shown(row: reading.Row, meeting: Meeting) -> dict[str, Any]:
    page = reverse("meeting_paper", args=[meeting.pk, row.item.pk])
    return {"name": row.name, "reference": row.item.case.reference, "href": page, "why": row.why}


def _opened(one: papers.Opened) -> dict[str, str]:
    return {
        "name": one.user.name,
        "body": one.user.organisation.name,
        "first": moment(one.first) if one.first else "Not opened yet",
        "last": moment(one.last) if one.last else "",
    }


@meeting_page
@require_safe
def paper(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """The papers on one case."""
    if not permits(papers.may_read_papers, request.user, meeting):
        return redirect("meeting_papers", meeting.pk)
    rows = reading.agenda(meeting, request.user)
    row = next((one for one in rows if one.item.pk == number), None)
    if row is None:
        raise Http404
    _looked(request, meeting, [row])
    item = row.item
    context = case_frame(item.case, request.user) | {
        "title": "Papers on a case",
        "meeting": meeting,
        "why": row.why,
        "rows": case_rows(item, decisions.before(item), request.user),
        "links": agenda_links(rows, item, page="meeting_paper"),
        "back": reverse("meeting_papers", args=[meeting.pk]),
    }
    return show(request, "meetings/paper.html", context)


@meeting_page
@require_safe
def pdf(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """All papers that the reader may see, with their name on each page."""
    if not permits(papers.may_read_papers, request.user, meeting):
        return redirect("meeting_papers", meeting.pk)
    rows = reading.agenda(meeting, request.user)
    _looked(request, meeting, rows)
    cases = [
        PaperOfCase(
            f"Case {row.item.case.reference}: {row.name}", [". ".join(row.why)],
            case_rows(row.item, decisions.before(row.item), request.user, links=False),
        )
        for row in rows
    ]  # fmt: skip
    made = papers_pdf(
        meeting, cases, _front(rows, meeting), reader=request.user,
        demonstration=settings.CONFIGURATION.demonstration,
    )  # fmt: skip
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="papers-{meeting.reference}.pdf"'
    return response


def _front(rows: list[reading.Row], meeting: Meeting) -> list[dict[str, Any]]:
    agenda = [f"Case {row.item.case.reference}: {'; '.join(row.why)}" for row in rows]
    reviews = [
        f"Case {one.case.reference}, by {day_in_words(one.due_date)}"
        for one in reviews_due(meeting.area, meeting.on_date)
    ]
    nothing = "No case that you may see is on this agenda."
    return [
        {"title": "Confidential", "lines": list(in_force().text(TEXT).paragraphs), "nothing": ""},
        {"title": "Agenda", "lines": agenda, "nothing": nothing},
        {"title": "Reviews after an end that fall due", "lines": reviews, "nothing": "None."},
    ]
