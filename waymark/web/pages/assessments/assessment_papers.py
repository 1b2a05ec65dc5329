"""The assessment on paper: blank to fill in by hand, and what is assessed of a case (2.2)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waymark.assessments.latest import latest_signed, unfinished
from waymark.cases.models import Case
from waymark.cases.reading import risks, worklists
from waymark.database.record import Part
from waymark.web.access import AskedBy, anyone, case_page
from waymark.web.papers.assessment import assessment_paper, blank_assessment


@anyone
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    pdf = blank_assessment(demonstration=settings.CONFIGURATION.demonstration)
    return _paper(pdf, "blank-assessment")


@case_page(Part.ASSESSMENT)
@require_safe
def latest(request: AskedBy, case: Case) -> HttpResponse:
    """The assessment signed last; while none is, the one that is being written."""
    found = latest_signed(case) or unfinished(case)
    if found is None:
        raise Http404
    name = worklists.names_of([case.person_id]).get(case.person_id, "Name not shown to you")
    reader = f"{request.user.name}, {request.user.organisation.name}"
    pdf = assessment_paper(
        found, name=name, reference=case.reference, reader=reader,
        risks=risks.standing_risks(risks.risk_record(case)),
        demonstration=settings.CONFIGURATION.demonstration,
    )  # fmt: skip
    return _paper(pdf, f"assessment-{case.reference}")


def _paper(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
