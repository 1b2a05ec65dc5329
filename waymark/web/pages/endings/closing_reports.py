"""The closing report of a case that has ended: on a page, and as PDF/UA to keep (2.8.15)."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from waymark.cases.models import Case
from waymark.cases.reading.worklists import names_of
from waymark.database.record import Part
from waymark.panels.reading.closing import Closing, closing_of
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case import case_frame
from waymark.web.page import show
from waymark.web.papers.closing_report import closing_sections
from waymark.web.papers.sections import record_paper


@case_page(Part.WORK)
@require_safe
def report(request: AskedBy, case: Case) -> HttpResponse:
    context = case_frame(case, request.user) | {
        "title": "Closing report",
        "parts": closing_sections(case, _closing(case)),
    }
    return show(request, "exits/report.html", context)


@case_page(Part.WORK)
@require_safe
def paper(request: AskedBy, case: Case) -> HttpResponse:
    name = names_of([case.person_id]).get(case.person_id, "Name not shown to you")
    pdf = record_paper(
        "Closing report", closing_sections(case, _closing(case)),
        facts=[f"About: {name}", f"Case: {case.reference}", f"Channel panel of {case.area.name}"],
        running=f"Case {case.reference}. Copy of {request.user.name},"
        f" {request.user.organisation.name}. Do not pass it on.",
    )  # fmt: skip
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="closing-{case.reference}.pdf"'
    return response


def _closing(case: Case) -> Closing:
    if (closing := closing_of(case)) is None:
        raise Http404
    return closing
