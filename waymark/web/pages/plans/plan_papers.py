"""The plan in plain words: read, printed, and that the person was given it (2.8.4, 2.8.6)."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.support import person_words, plans
from waymark.support.models import Plan, PlanGiven
from waymark.support.reading import plans as reading
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import SEEN, prose
from waymark.web.frames.case_act import case_act, sent
from waymark.web.papers.plain import plan_paper, plan_parts


class GivenForm(Questions):
    how = Choice(
        label="How was it given?",
        choices=PlanGiven.How.choices,
        error_messages={"required": "Select how it was given"},
    )
    given_by = asked(
        forms.CharField(
            label="Who gave it to them?", max_length=200,
            error_messages={"required": "Enter who gave it to them"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    given_date = DateField(
        label="On which day?", called="The day on which it was given", past=True,
        error_messages={"required": "Enter on which day it was given"},
    )  # fmt: skip
    words = prose("What did they say?", "what they said", required=False)


def _plan(case: Case) -> Plan:
    plan = plans.agreed(case) or plans.latest(case)
    if plan is None:
        raise Http404
    plan.case = case
    return plan


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AskedBy, case: Case) -> HttpResponse:
    """The plan as the person reads it; when it was handed over, and by whom."""
    plan = _plan(case)
    here = reverse("plan", args=[case.reference])
    return case_act(
        request, case, GivenForm(sent(request), version=case.version),
        lambda form: person_words.give_plan(
            plan, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in GivenForm.base_fields if name in NAMES},
        ),
        rule=lambda: person_words.may_give_plan(request.user, plan),
        title="The plan in plain words",
        button="They were given it",
        template="plans/given.html",
        parts=plan_parts(reading.read(plan)),
        paper=reverse("plan_paper", args=[case.reference]),
        given=[_told(one) for one in reading.given(plan)],
        back=here,
        done=here,
        said="It is written down that the person was given the plan.",
    )  # fmt: skip


NAMES = ("how", "given_by", "given_date", "words")


def _told(one: PlanGiven) -> dict[str, str]:
    return {
        "on": day_in_words(one.given_date),
        "how": one.get_how_display(),
        "by": one.given_by,
        "words": one.words,
    }


@case_page(Part.PLAN)
@require_safe
def paper(request: AskedBy, case: Case) -> HttpResponse:
    """To print and hand over."""
    whole = reading.read(_plan(case))
    pdf = plan_paper(whole, demonstration=settings.CONFIGURATION.demonstration)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="your-plan.pdf"'
    return response
