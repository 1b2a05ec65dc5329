"""Who must not see a case: proposed, agreed to, ended; and “I know this person”."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.access import exclusions, knowing, reading
from waymark.cases.models import Case, Exclusion
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.access import AnswerForm, KeepOutForm, KnowsForm, ReadKnowsForm, WhyForm
from waymark.web.frames.case_act import case_act, sent

BOTH = ["GET", "HEAD", "POST"]


def _page(case: Case) -> dict[str, Any]:
    """Where these pages lead, and the clause that they stand on."""
    back = reverse("case_sight", args=[case.reference])
    return {"done": back, "back": back, "lead_clause": exclusions.CLAUSE}


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def propose(request: AskedBy, case: Case) -> HttpResponse:
    """Propose that somebody must not see the case."""
    form = KeepOutForm(sent(request), people=reading.people_but(request.user))
    return case_act(
        request, case, form,
        lambda said: exclusions.propose(
            case, by=request.user, who=said.person(), kind=said.cleaned_data["kind"],
            why=said.cleaned_data["why"],
        ),
        rule=lambda: exclusions.may_propose(request.user, case),
        title="Keep somebody from this case",
        button="Propose this",
        lead="They are not told. A second person agrees to it, or says why not.",
        said="It is proposed. A second person is asked.",
        **_page(case),
    )  # fmt: skip


def _found(case: Case, key: int) -> Exclusion:
    for one in reading.kept_out(case):
        if one.pk == key:
            return one
    raise Http404


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def one(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """Agree to what is proposed, or ask that what holds should end."""
    made = _found(case, key)
    lead = f"{made.user.name}: {made.get_kind_display().lower()}. {made.why}"
    if permits(exclusions.may_ask_to_end, request.user, made):
        return case_act(
            request, case, WhyForm(sent(request)),
            lambda form: exclusions.ask_to_end(
                made, by=request.user, why=form.cleaned_data["why"]
            ),
            rule=lambda: exclusions.may_ask_to_end(request.user, made),
            title="Ask that somebody see this case again",
            button="Ask for this",
            lead=lead,
            said="It is asked. They do not see the case until a second person agrees.",
            **_page(case),
        )  # fmt: skip
    ends = made.end_asked_by_id is not None
    return case_act(
        request, case, AnswerForm(sent(request)),
        lambda form: exclusions.answer(made, by=request.user, **form.said()),
        rule=lambda: exclusions.may_answer(request.user, made),
        title="Decide whether somebody sees this case again" if ends
        else "Decide whether somebody is kept from this case",
        button="Give your answer",
        lead=f"{lead} Asked to end: {made.end_why}" if ends else lead,
        said="Your answer is recorded.",
        **_page(case),
    )  # fmt: skip


@case_page(Part.CASE)
@require_http_methods(BOTH)
def knows(request: AskedBy, case: Case) -> HttpResponse:
    """“I know this person”: the case is not there any more for who says so."""
    back = reverse("case", args=[case.reference])
    return case_act(
        request, case, KnowsForm(sent(request)),
        lambda form: knowing.declare_knows(
            case, by=request.user, words=form.cleaned_data["words"]
        ),
        rule=lambda: knowing.may_declare(request.user, case),
        title="I know this person",
        button="Say that you know them",
        lead="You do not see this case from then on, and what you do on it goes on with others."
        " The chair is told, or the vice-chair. Knowing somebody is nobody’s fault.",
        lead_clause=knowing.CLAUSE,
        done=reverse("home"),
        back=back,
        said="Thank you. It is recorded, and what you did on it goes on with others.",
    )  # fmt: skip


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def known(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """Whoever was told reads what a colleague said, and decides whether it stays so."""
    made = _found(case, key)
    return case_act(
        request, case, ReadKnowsForm(sent(request)),
        lambda form: knowing.read(
            made, by=request.user, sees_it=form.cleaned_data["sees_it"] == "yes",
            words=form.cleaned_data["words"],
        ),
        rule=lambda: knowing.may_end(request.user, made),
        title="Read that a colleague knows the person",
        button="Record this",
        lead=f"{made.user.name} says: {made.why}",
        said="It is recorded.",
        **_page(case),
    )  # fmt: skip
