"""What the police make of partners' answers: marks, and what does not fit (2.7.9, 2.3.5)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.sharing import contradictions, reading, weighing
from waymark.sharing.told import told
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.weighing import ContradictionForm, FollowForm, MarkForm
from waymark.web.frames.case_act import case_act, sent


def _checks(case: Case) -> str:
    return reverse("partner_checks", args=[case.reference])


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: AskedBy, case: Case) -> HttpResponse:
    """Every answer that stands, on one page, each with its mark."""
    form = MarkForm(sent(request), case=case, told=told(reading.requests_of(case)))
    return case_act(
        request, case, form,
        lambda form: weighing.mark(
            case, by=request.user, markings=form.markings(), version=form.seen_version
        ),
        rule=lambda: weighing.may_weigh(request.user, case),
        title="Mark the answers",
        button="Keep these marks",
        lead="Say what became of each answer. You can leave some for later, and change a mark:"
        " the earlier one stays on record.",
        lead_clause="2.7.9",
        back=_checks(case),
        done=_checks(case),
        said="The marks are kept.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def contradicts(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """Two answers to one question that do not fit. `key`: of the question."""
    question = reading.question_of(case, key)
    if question is None:
        raise Http404
    form = ContradictionForm(sent(request), case=case, question=question)
    return case_act(
        request, case, form,
        lambda form: contradictions.contradicts(
            case, by=request.user, answers=form.chosen(), words=form.cleaned_data["words"],
            done=form.cleaned_data["done"], version=form.seen_version,
        ),
        rule=lambda: weighing.may_weigh(request.user, case),
        title="Say that two answers do not fit",
        button="Say that they do not fit",
        lead=f"The question: {question.words}",
        back=_checks(case),
        done=_checks(case),
        said="It stands beside the answers, and is shown to the chair and the Prevent lead.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """What became of two answers that did not fit."""
    before = contradictions.found(key, case)
    if before is None:
        raise Http404
    form = FollowForm(sent(request), case=case, before=before)
    return case_act(
        request, case, form,
        lambda form: contradictions.follow(
            before, by=request.user, state=form.cleaned_data["state"],
            done=form.cleaned_data["done"], version=form.seen_version,
        ),
        rule=lambda: weighing.may_weigh(request.user, case),
        title="Say what became of it",
        button="Keep what became of it",
        lead=f"What does not fit: {before.words}",
        back=_checks(case),
        done=_checks(case),
        said="It is kept beside the answers.",
    )  # fmt: skip
