"""What is still not known and who might know: written down, asked in one click, closed (2.7.3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.assessments import reading as assessed
from waymark.cases.known import unknown
from waymark.cases.models import Case, OpenQuestion
from waymark.cases.ways import POLICE
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import questions
from waymark.sharing.models import Request
from waymark.sharing.questions import Open
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.unknown import EndForm, QuestionForm
from waymark.web.frames.case_act import PlainForm, case_act, sent
from waymark.web.rows.not_known import back_to


@case_page(Part.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: AskedBy, case: Case) -> HttpResponse:
    """The open ones first, each with whom to ask; and a form for one more.

    `?factor=E3` in the address: it is about that factor of the assessment.
    """
    every = questions.with_requests(case, unknown.questions_of(case))
    factors = assessed.names_of_factors(case)
    factor = request.GET.get("factor", "")
    named = factors.get(factor, "")
    here = reverse("unknown", args=[case.reference])
    return case_act(
        request, case, QuestionForm(sent(request), case=case),
        lambda form: unknown.write(
            case, by=request.user, words=form.cleaned_data["words"], organisation=form.body(),
            who=form.cleaned_data["who_else"], factor=factor if named else "",
            version=form.seen_version,
        ),
        rule=lambda: unknown.may_open(request.user, case),
        title="What is still not known",
        button="Write down this question",
        lead=f"About the factor: {named}." if named else "“Not yet known” is an answer. Who might"
        " know is written beside it, and can be asked.",
        lead_clause=unknown.OF_A_FACTOR if named else "2.7.3, 2.3.1",
        template="unknown/list.html",
        open=[_open(one, case, request.user, factors) for one in every if not _ended(one)],
        ended=[_closed(one.question) for one in every if _ended(one)],
        done=here,
        said="The question is written down.",
        **back_to(case),
    )  # fmt: skip


def _arose(question: OpenQuestion, factors: dict[str, str]) -> str:
    """From what it arose; of a factor, from which."""
    if question.factor:
        return f"the factor “{factors.get(question.factor, question.factor)}”"
    return question.get_arose_display()


def _ended(one: Open) -> bool:
    return hasattr(one.question, "end")


def _open(one: Open, case: Case, user: User, factors: dict[str, str]) -> dict[str, Any]:
    question = one.question
    question.case = case
    ask = refusal(questions.may_ask_for, user, question)
    asks = question.organisation is not None and bool(user.roles_in(case.area) & set(POLICE))
    end = reverse("question_end", args=[case.reference, question.pk])
    return {
        "words": question.words,
        "facts": f"Might know: {question.might_know}. From: {_arose(question, factors)}."
        f" Written down by {question.by.name}, {day_in_words(question.at.date())}.",
        "asked": _asked(one.request, case) if one.request else None,
        "ask": {
            "text": f"Ask {question.might_know}",
            "href": reverse("question_ask", args=[case.reference, question.pk]),
        }
        if asks and ask is None
        else None,
        "refused": ask if asks and one.request is None else None,
        "end": end if permits(unknown.may_end, user, question) else "",
    }


def _asked(request: Request, case: Case) -> dict[str, str]:
    """Where the request stands: answered, look and close; or by when it is to be answered."""
    href = reverse("asked_request", args=[case.reference, request.pk])
    name = request.organisation.name
    if request.answered_at:
        return {"text": f"{name} has answered: look and close", "href": href}
    due = due_in_words(request.due_date, today())
    return {"text": f"{name} is asked. {due}", "href": href}


def _closed(question: OpenQuestion) -> dict[str, str]:
    end = question.end
    how = f"{end.get_how_display()}. {end.words}"
    return {
        "question": question.words,
        "answer": f"{how}\n\n{end.by.name}, {day_in_words(end.at.date())}",
    }


def _found(case: Case, key: int) -> OpenQuestion:
    question = unknown.question_of(case, key)
    if question is None:
        raise Http404
    question.case = case
    return question


@case_page(Part.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedBy, case: Case, key: int) -> HttpResponse:
    question = _found(case, key)
    here = reverse("unknown", args=[case.reference])
    return case_act(
        request, case, EndForm(sent(request)),
        lambda form: unknown.end(
            question, by=request.user, how=form.cleaned_data["how"],
            words=form.cleaned_data["words"],
        ),
        rule=lambda: unknown.may_end(request.user, question),
        title="Close a question",
        button="Close this question",
        lead=question.words,
        back=here,
        done=here,
        said="The question is closed. It stays in the list, with how it ended.",
    )  # fmt: skip


@case_page(Part.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """One click from the list; where it is refused, this page says why."""
    question = _found(case, key)
    here = reverse("unknown", args=[case.reference])
    return case_act(
        request, case, PlainForm(sent(request)),
        lambda _: questions.ask_for(question, by=request.user),
        rule=lambda: questions.may_ask_for(request.user, question),
        title=f"Ask {question.might_know}",
        button=f"Ask {question.might_know}",
        lead=f"It is asked: “{question.words}” It also gets what it needs to find the person,"
        " and nothing else of the case.",
        lead_clause=questions.CLAUSE,
        back=here,
        done=here,
        said=lambda made: "The question is asked, to be answered by"
        f" {day_in_words(made.due_date)}.",
    )  # fmt: skip
