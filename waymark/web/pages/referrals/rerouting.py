"""Re-routing a case to another area, before it has been opened to one."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import areas
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.models import Area
from waymark.directory.permission import refusal
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.acts import act_page
from waymark.web.frames.case import case_frame


class RerouteForm(Questions):
    to = Choice(label="To which area?", choices=[], error_messages={"required": "Select the area"})
    why = Prose(
        label="Why is it for that area?",
        who_sees="whoever sees the case",
        error_messages={"required": "Enter why it is for that area"},
    )

    def __init__(self, data: Any, *, to: list[Area], version: int):
        super().__init__(data, version=version)
        self.areas = {str(one.pk): one for one in to}
        choices = [(key, one.name) for key, one in self.areas.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


@case_page(Part.CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def reroute(request: AskedBy, case: Case) -> HttpResponse:
    form = RerouteForm(
        request.POST if request.method == "POST" else None,
        to=areas.areas_for(request.user, case),
        version=case.version,
    )
    here = reverse("case", args=[case.reference])
    context = case_frame(case, request.user) | {
        "title": "Re-route the case to another area",
        "button": "Re-route the case",
        "lead": "What waits keeps its dates. Once the case has been opened to its area, it"
        " changes area only by a transfer.",
        "lead_clause": "2.6.1",
        "back": here,
        "refusal": None
        if request.method == "POST"
        else refusal(areas.may_reroute, request.user, case),
    }
    return act_page(
        request,
        form,
        lambda said: areas.reroute(
            case,
            by=request.user,
            to=said.areas.get(said.cleaned_data["to"]),
            why=said.cleaned_data["why"],
            version=said.seen_version,
        ),
        done=here,
        said=lambda moved: f"The case is in {moved.area.name} now. What waits keeps its dates.",
        template="case/act.html",
        context=context,
    )
