"""The assessment that is being written, and the frame of every page that writes in it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from waymark.assessments import writing
from waymark.assessments.latest import unfinished
from waymark.assessments.models import Assessment
from waymark.cases.models import Case
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy
from waymark.web.frames.case_act import case_act
from waymark.web.rows.assessment import rests_on

SAVED = "It is saved. The assessment is not signed yet."


def begun_of(case: Case) -> Assessment:
    """The assessment that is being written; without one its pages do not exist."""
    found = unfinished(case)
    if found is None:
        raise Http404
    found.case = case
    return found


def saving_page(
    request: AskedBy, case: Case, begun: Assessment, form: Any, written: Any, **context: Any
) -> HttpResponse:
    here = reverse("assessment", args=[case.reference])
    given: dict[str, Any] = {"done": here, "back": here, "said": SAVED}
    given |= {"cautions": in_force().cautions} | rests_on(case, request.user) | context
    return case_act(
        request, case, form,
        lambda form: writing.save(
            begun, by=request.user, written=written(form), version=form.seen_version
        ),
        rule=lambda: writing.may_assess(request.user, case),
        template="assessments/factor.html",
        **given,
    )  # fmt: skip
