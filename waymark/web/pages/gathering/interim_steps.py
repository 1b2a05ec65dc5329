"""Steps for safety between two meetings of the panel, on a case (2.8.18)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.panels import interim
from waymark.panels.meeting import meetings
from waymark.panels.models import InterimStep
from waymark.panels.reading import interim as reading
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.ui.words import moment
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent

SEEN = "the police, the chair, and the panel in its papers"


class StepForm(Questions):
    what = Prose(
        label="What is done?", who_sees=SEEN, rows=4,
        help_text="A step that keeps somebody safe until the panel meets. It adopts no case, ends"
        " none and plans no support: call an extraordinary meeting for that.",
        error_messages={"required": "Enter what is done"},
    )  # fmt: skip
    why = Prose(
        label="Why can it not wait for the panel?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter why it cannot wait"},
    )  # fmt: skip
    until_date = DateField(
        label="Until when does it hold?",
        called="The day until which it holds",
        future=True,
        error_messages={"required": "Enter the day until which it holds"},
    )


@case_page(Part.PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: AskedBy, case: Case) -> HttpResponse:
    """The steps that were taken, and another for whoever may take one."""
    return case_act(
        request, case, StepForm(sent(request)),
        lambda given: interim.take_step(
            case, by=request.user, what=given.cleaned_data["what"],
            why=given.cleaned_data["why"], until_date=given.cleaned_data["until_date"],
        ),
        rule=lambda: interim.may_take_step(request.user, case),
        done=reverse("interim_steps", args=[case.reference]),
        said="The step is recorded. The other side is asked whether they agree, and the next panel"
        " hears of it.",
        title="Steps for safety before the next panel",
        button="Record this step",
        template="panels/interim.html",
        steps=[_row(step, request) for step in reading.of_case(case)],
        call=reverse("panel_call", args=[case.area.code])
        if permits(meetings.may_call, request.user, case.area)
        else "",
    )  # fmt: skip


def _row(step: InterimStep, request: AskedBy) -> dict[str, Any]:
    answer = "Nobody of the other side has answered yet"
    if step.answered_by and step.answered_at:
        answer = (
            f"{step.get_answer_display()} by {step.answered_by.name}, {moment(step.answered_at)}."
            f" {step.answer_words}"
        )
    page = reverse("interim_step_answer", args=[step.case.reference, step.pk])
    return {
        "what": step.what,
        "why": step.why,
        "until": day_in_words(step.until_date),
        "by": f"{step.by.name}, {step.organisation.name}, {moment(step.at)}",
        "answer": answer,
        "href": page if permits(interim.may_answer_step, request.user, step) else "",
    }


class AnswerForm(Questions):
    answer = Choice(
        label="Do you agree to this step?",
        choices=[("agreed", "Yes"), ("not_agreed", "No")],
        reveals={"not_agreed": "words"},
        error_messages={"required": "Select whether you agree"},
    )
    words = Prose(
        label="Why do you not agree?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter why you do not agree"},
    )  # fmt: skip


@case_page(Part.PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The other side agrees, or says why not."""
    step = reading.found(case, key)
    if step is None:
        raise Http404
    step.case = case
    return case_act(
        request, case, AnswerForm(sent(request)),
        lambda given: interim.answer_step(
            step, by=request.user, answer=given.cleaned_data["answer"],
            words=given.cleaned_data["words"],
        ),
        rule=lambda: interim.may_answer_step(request.user, step),
        done=reverse("interim_steps", args=[case.reference]),
        said="Your answer stands beside the step.",
        title="Answer a step for safety",
        button="Save your answer",
        lead=f"{step.what} Why it cannot wait: {step.why} It holds until"
        f" {day_in_words(step.until_date)}.",
        lead_clause="2.8.18",
    )  # fmt: skip
