"""What became of a plan: of sessions that nobody entered, and of each need (2.9.4, 2.1.5)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.support import needs, plans, sessions
from waymark.support.models import NeedDisposal
from waymark.support.reading.plans import need_named
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import SEEN
from waymark.web.frames.case_act import case_act, sent


class ReconcileForm(Questions):
    words = Prose(
        label="Why were fewer sessions entered than ordered?",
        who_sees=SEEN,
        error_messages={"required": "Enter why fewer sessions were entered than ordered"},
    )


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    one = case.pieces.filter(pk=piece).first()
    if one is None:
        raise Http404
    one.case = case
    counted = sessions.count(one)
    return case_act(
        request, case, ReconcileForm(sent(request), version=case.version),
        lambda given: sessions.reconcile(
            one, by=request.user, words=given.cleaned_data["words"], version=given.seen_version
        ),
        rule=lambda: may_write(request.user, case),
        title="Say why sessions are missing",
        button="Write this down",
        lead=f"{counted.held} of {counted.ordered} sessions were held, {counted.missed} were"
        f" entered as not held; of {counted.silent} nobody has said anything.",
        lead_clause="2.9.4",
        back=reverse("plan", args=[case.reference]),
        done=reverse("plan", args=[case.reference]),
        said="It is written down.",
    )  # fmt: skip


class NeedForm(Questions):
    outcome = Choice(
        label="What became of it?",
        choices=NeedDisposal.Outcome.choices,
        error_messages={"required": "Select what became of it"},
    )
    words = Prose(
        label="In words",
        help_text="Met by what; passed on to whom; or why it can remain.",
        who_sees=SEEN,
        error_messages={"required": "Enter in words what became of it"},
    )


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: AskedBy, case: Case, need: int) -> HttpResponse:
    """What became of a need: each is disposed of before an exit (2.1.5)."""
    plan = plans.agreed(case) or plans.latest(case)
    one = plan.needs.filter(pk=need).first() if plan else None
    if one is None:
        raise Http404
    one.case = case
    return case_act(
        request, case, NeedForm(sent(request), version=case.version),
        lambda given: needs.dispose(
            one, by=request.user, outcome=given.cleaned_data["outcome"],
            words=given.cleaned_data["words"], version=given.seen_version,
        ),
        rule=lambda: may_write(request.user, case),
        title="Say what became of a need",
        button="Write this down",
        lead=need_named(one),
        lead_clause="2.1.5",
        back=reverse("plan", args=[case.reference]),
        done=reverse("plan", args=[case.reference]),
        said="It is written down.",
    )  # fmt: skip
