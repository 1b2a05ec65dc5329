"""The blank form as PDF, to print or fill in by hand (2.5.4, A.1)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waymark.directory.published import secure_address
from waymark.policy.contents import NotInPack
from waymark.policy.pack import in_force
from waymark.web.access import anyone
from waymark.web.papers.referral import paper_form


@anyone
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """One road's form; the one for professionals unless `road` says another."""
    try:
        road = in_force().road(request.GET.get("road", "professional"))
    except NotInPack:
        raise Http404 from None
    pdf = paper_form(
        road.code, secure_address(), demonstration=settings.CONFIGURATION.demonstration
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="prevent-referral-form.pdf"'
    return response
