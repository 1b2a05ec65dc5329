"""The risk of criminality has risen: said, and considered by the police; conflict (2.8.17)."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import held
from waymark.cases.known import conflict, risen
from waymark.cases.models import Case, ConflictAnswer, Stage
from waymark.cases.writers import may_write_while_open
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.risen import ConflictForm, ConsiderForm, RisenForm
from waymark.web.frames.case_act import address_of, case_act, sent

ASKED = ["GET", "HEAD", "POST"]


@case_page(Part.WORK)
@require_http_methods(ASKED)
def say(request: AskedBy, case: Case) -> HttpResponse:
    """Whoever writes on the case says it; the police get their task at once."""
    return case_act(
        request, case, RisenForm(sent(request), version=case.version),
        lambda form: risen.say_risen(
            case, by=request.user, words=form.cleaned_data["words"], version=form.seen_version
        ),
        rule=lambda: may_write_while_open(request.user, case),
        title="Say that the risk of criminality has risen",
        button="Tell the police",
        lead="The police are told at once. They consider what follows, and record that they did."
        " If somebody is in danger now, ring 999 first.",
        lead_clause="2.8.17",
        said="The police are told. They consider it today.",
    )  # fmt: skip


@case_page(Part.HELD)
@require_http_methods(ASKED)
def considered(request: AskedBy, case: Case) -> HttpResponse:
    """The police record what they considered, and what follows."""
    return case_act(
        request, case, ConsiderForm(sent(request), case=case),
        lambda form: risen.consider(
            case, by=request.user, version=form.seen_version,
            escalation=form.cleaned_data["escalation"], suits=form.cleaned_data["suits"],
            follows=form.cleaned_data["follows"],
            look_again_date=form.cleaned_data.get("look_again_date"),
        ),
        rule=lambda: risen.may_consider(request.user, case),
        title="Consider a risk of criminality that has risen",
        button="Record what you considered",
        lead="Consider the police’s existing means, and whether the case may still go on in"
        " Channel.",
        lead_clause="2.8.17",
        template="risk/considered.html",
        waits=risen.unconsidered(case),
        said="It is recorded that the police considered it, and what follows.",
    )  # fmt: skip


@case_page(Part.HELD)
@require_http_methods(ASKED)
def check(request: AskedBy, case: Case) -> HttpResponse:
    """Conflict is checked again; where there is any, the hold is next."""
    return case_act(
        request, case, ConflictForm(sent(request), version=case.version),
        lambda form: conflict.check_conflict(
            case, by=request.user, conflict=form.cleaned_data["conflict"],
            check_again_date=form.cleaned_data["check_again_date"], version=form.seen_version,
        ),
        rule=lambda: conflict.may_check_conflict(request.user, case),
        title="Check for conflict again",
        button="Record the check",
        lead="Does this case stand in the way of other police work? Others see that you checked,"
        " not what you found.",
        lead_clause=conflict.CLAUSE,
        done=lambda made: _next(made, case, request),
        said=_told,
    )  # fmt: skip


def _next(made: ConflictAnswer, case: Case, request: AskedBy) -> str:
    """The page on which the case is held, where there is conflict and it is not held yet."""
    stands = made.conflict != conflict.Conflict.NO and case.stage != Stage.POLICE_HELD
    if stands and permits(held.may_hold, request.user, case):
        return reverse("hold", args=[case.reference])
    return address_of(case)


def _told(made: ConflictAnswer) -> str:
    if made.conflict == conflict.Conflict.NO:
        return "The check is recorded: there is no conflict."
    return "The check is recorded. Hold the case, if the panel must not decide on it now."
