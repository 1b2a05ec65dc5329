"""A case that a colleague left: kept, or passed on (R40)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.cases.access import left_behind
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.oversight import left_work
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.leaver import LeftForm
from waymark.web.frames.case_act import case_act, sent


@case_page(Part.CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def left_case(request: AskedBy, case: Case) -> HttpResponse:
    """Whoever got it says whether they keep it."""
    user = request.user
    asked = left_behind.asked_of(user, case)

    def answer(form: LeftForm) -> None:
        if to := form.receiver:
            left_work.pass_on(case, by=user, to=to)
        else:
            left_behind.keep(case, by=user)

    return case_act(
        request, case, LeftForm(sent(request), people=left_behind.others_on(case, by=user)),
        answer,
        rule=lambda: left_behind.may_answer(user, case),
        title="A case that a colleague left",
        button="Send your answer",
        lead=" ".join(["Read the case first.", *(one.why for one in asked)]),
        lead_clause=left_behind.CLAUSE,
        said="Your answer is written down.",
    )  # fmt: skip
