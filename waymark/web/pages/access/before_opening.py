"""What is answered before a case is opened: then the reader is where they were going."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.directory.permission import Refused
from waymark.oversight import openings
from waymark.oversight.openings import Question
from waymark.web import opening
from waymark.web.access import AskedBy, before_opening
from waymark.web.opening_form import OpeningForm
from waymark.web.page import notice

HIDDEN = "Thank you. It is recorded, and what you did on it goes on with others."


@before_opening
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, case: Case) -> HttpResponse:
    """Keep what was answered, and go on; whoever knows the person does not see the case."""
    has_task = openings.works_on(request.user, case)
    question = openings.asked_before(request.user, case, has_task=has_task)
    if request.method != "POST" or question is None:
        return redirect(opening.onward_to(case, request.POST.get("to", "")))
    form = OpeningForm(request.POST, case=case, question=question)
    if not form.is_valid():
        return opening.ask(request, case, question, form)
    try:
        return _answered(request, case, question, form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return opening.ask(request, case, question, form)


def _answered(request: AskedBy, case: Case, question: Question, form: OpeningForm) -> HttpResponse:
    if question.knows and form.knows_them:
        openings.knows_the_person(case, by=request.user, words=form.cleaned_data["how"])
        notice(request, HIDDEN)
        return redirect(reverse("home"))
    openings.answer(
        case, by=request.user, question=question, purpose=form.purpose,
        words=form.cleaned_data.get("words", ""),
    )  # fmt: skip
    return redirect(opening.onward_to(case, form.onward))
