"""A brief that cannot be accepted: who was to give the support says so, the chair names another."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.support import briefs
from waymark.support.models import Piece
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import choose_from, select
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.piece import piece_act, piece_page


class DeclineForm(Questions):
    why = Prose(
        label="Why can you not give this support?",
        who_sees="the chair, and those who write on this case",
        rows=3,
        error_messages={"required": "Enter why you cannot give this support"},
    )


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: AskedBy, piece: Piece) -> HttpResponse:
    return piece_act(
        request, piece, DeclineForm(sent(request)),
        lambda given: briefs.decline(piece, by=request.user, why=given.cleaned_data["why"]),
        rule=briefs.may_decline,
        title="Say that you cannot give this support",
        button="I cannot do this",
        lead="The support does not start. The chair is told, and names somebody else or takes it"
        " back to the panel.",
        lead_clause="2.8.6",
        said="The chair is told that you cannot give this support.",
    )  # fmt: skip


class WorkerForm(Questions):
    worker = select("Who gives this support?", [], "who gives this support")

    def __init__(self, data: Any, *, workers: list[User], version: int):
        super().__init__(data, version=version)
        self.workers = {str(one.pk): one for one in workers}
        choose_from(self.fields["worker"], [(key, one.name) for key, one in self.workers.items()])

    def said(self) -> User:
        return self.workers[self.cleaned_data["worker"]]


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    """Another worker of the same provider, or the same one after a talk."""
    one = case.pieces.filter(pk=piece).select_related("area", "provider").first()
    if one is None:
        raise Http404
    one.case = case
    plan = reverse("plan", args=[case.reference])
    return case_act(
        request, case,
        WorkerForm(sent(request), workers=briefs.workers_for(one), version=case.version),
        lambda given: briefs.name_worker(
            one, by=request.user, worker=given.said(), version=given.seen_version
        ),
        rule=lambda: briefs.may_name_worker(request.user, one),
        title=f"Name who gives support {one.reference}",
        button="Offer it to them",
        lead=f"{one.provider} gives it. Where none of its workers can, a new version of the plan"
        " names another provider, and the panel agrees it.",
        lead_clause="2.8.6",
        back=plan,
        done=plan,
        said="The support is offered to them. It starts when they accept the brief.",
    )  # fmt: skip
