"""A provider is suspended, and two people lift it: the support that it gives follows (2.8.13)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import Area, Organisation
from waymark.directory.permission import refusal
from waymark.support.models import Suspension
from waymark.support.providers import CLAUSE
from waymark.support.reading import providers as reading
from waymark.support.vetting import suspensions
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy
from waymark.web.forms.provider import LiftForm, SuspendForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.frames.provider import address_of, provider_page


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: AskedBy, where: Area, one: Organisation) -> HttpResponse:
    """What falls with it stands on the page first."""
    running = [
        piece.reference
        for piece in reading.standing(one, where).pieces
        if piece.state in ("offered", "running")
    ]
    falls = f" These stop now: support {', '.join(running)}." if running else ""
    return _act(
        request, where, one, SuspendForm(sent(request)),
        lambda given: suspensions.suspend(
            one, by=request.user, area=where, why=given.cleaned_data["why"],
            look_again_date=given.cleaned_data["look_again_date"],
        ),
        rule=lambda: suspensions.may_suspend(request.user, one, where),
        title="Suspend this provider", button="Suspend this provider now", danger=True,
        lead=f"All that it gives in {where.name} stops, and nothing of it can start. Whoever leads"
        f" or gives it is told.{falls}",
        said="The provider is suspended, and its support is stopped.",
    )  # fmt: skip


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, where: Area, one: Organisation) -> HttpResponse:
    suspension = _of(one, where)
    return _act(
        request, where, one, LiftForm(sent(request)),
        lambda given: suspensions.ask_to_lift(
            suspension, by=request.user, why=given.cleaned_data["why"]
        ),
        rule=lambda: suspensions.may_ask_to_lift(request.user, suspension),
        title="Ask to lift the suspension", button="Ask a second one to agree",
        lead="It is lifted when a second one of the chair, the vice-chair and the co-ordinator"
        " agrees.",
        said="You have asked to lift it. A second one agrees, or not.",
    )  # fmt: skip


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: AskedBy, where: Area, one: Organisation) -> HttpResponse:
    suspension = _of(one, where)
    asked = suspension.lift_asked_by
    return _act(
        request, where, one, PlainForm(sent(request)),
        lambda _: suspensions.lift(suspension, by=request.user),
        rule=lambda: suspensions.may_lift(request.user, suspension),
        title="Agree to lift the suspension", button="Lift the suspension",
        lead=f"{asked.name if asked else 'Nobody'} asked for it: {suspension.lift_why} What was"
        " stopped is offered again where checks are in date and consent is in force.",
        said="The suspension is lifted.",
    )  # fmt: skip


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: AskedBy, where: Area, one: Organisation) -> HttpResponse:
    return _act(
        request, where, one, PlainForm(sent(request)),
        lambda _: suspensions.let_go_on(one, by=request.user, area=where),
        rule=lambda: suspensions.may_let_go_on(request.user, one, where),
        title="Let its support go on", button="Let its support go on",
        lead="What was stopped because of this provider is offered to it again, where consent is"
        " in force. It starts when its brief is accepted again.",
        said="Its support is offered again, where consent is in force.",
    )  # fmt: skip


def _of(one: Organisation, where: Area) -> Suspension:
    found = suspensions.in_force(one, where)
    if found is None:
        raise Http404
    return found


def _act(
    request: AskedBy, where: Area, one: Organisation, form: Questions,
    act: Callable[[Any], object], *, rule: Callable[[], None], said: str, title: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    back = address_of(where, one)
    context |= {
        "section": "panels",
        "title": f"{title}: {one.name}",
        "lead_clause": CLAUSE,
        "back": back,
        "refusal": None if request.method == "POST" else refusal(rule),
    }
    return act_page(request, form, act, done=back, said=said, context=context)
