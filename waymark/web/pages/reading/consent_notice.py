"""What a person reads before they answer, as a page and to print: it is for anybody (2.1.7)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waymark.policy.pack import in_force
from waymark.web.access import anyone
from waymark.web.page import show
from waymark.web.papers.plain import notice_paper


@anyone
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    return show(request, "consent/notice.html", {"notice": in_force().consent.notice})


@anyone
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    pdf = notice_paper(demonstration=settings.CONFIGURATION.demonstration)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="notice.pdf"'
    return response
