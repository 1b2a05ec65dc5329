"""A case for named people only: set, agreed to, lifted by two; and who is named on it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.access import naming, reading, restricting
from waymark.cases.access.seers import CLAUSE
from waymark.cases.models import Case
from waymark.cases.writers import people_who_write
from waymark.database.record import Part
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.access import AnswerForm, NameForm, RestrictForm, WhyForm
from waymark.web.frames.case_act import case_act, sent

BOTH = ["GET", "HEAD", "POST"]
WHAT_IT_DOES = (
    "Others do not see from then on that this case exists: not in lists, counts, agendas or "
    "search. Their work on it goes to those who are named."
)


def _page(case: Case) -> dict[str, Any]:
    """Where these pages lead, and the clause that they stand on."""
    back = reverse("case_sight", args=[case.reference])
    return {"done": back, "back": back, "lead_clause": CLAUSE}


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def restrict(request: AskedBy, case: Case) -> HttpResponse:
    """The police lead says so, at once."""
    there = {one.pk: one for one in (*people_who_write(case), *reading.grantees(case))}
    others = sorted((one for one in there.values() if one != request.user), key=lambda o: o.name)
    form = RestrictForm(sent(request), people=others, version=case.version)
    return case_act(
        request, case, form,
        lambda said: restricting.restrict(case, by=request.user, **said.said()),
        rule=lambda: restricting.may_restrict(request.user, case),
        title="Restrict this case to named people",
        button="Restrict this case now",
        lead=WHAT_IT_DOES,
        said="This case is for named people only from now on.",
        **_page(case),
    )  # fmt: skip


@case_page(Part.CASE)
@require_http_methods(BOTH)
def agree(request: AskedBy, case: Case) -> HttpResponse:
    """The chair, or the vice-chair, says whether it is rightly so."""
    made = restricting.restriction_of(case)
    return case_act(
        request, case, AnswerForm(sent(request)),
        lambda form: restricting.agree(case, by=request.user, **form.said()),
        rule=lambda: restricting.may_agree(request.user, case),
        title="Say whether this case is rightly restricted",
        button="Give your answer",
        lead=f"{made.get_kind_display()}: {made.why} ({made.by.name})" if made else "",
        said="Your answer is recorded.",
        **_page(case),
    )  # fmt: skip


@case_page(Part.CASE)
@require_http_methods(BOTH)
def lift(request: AskedBy, case: Case) -> HttpResponse:
    """One asks that the case be like others; another agrees, or says why not."""
    waiting = restricting.lifting_of(case)
    if waiting is None:
        return case_act(
            request, case, WhyForm(sent(request)),
            lambda form: restricting.ask_to_lift(
                case, by=request.user, why=form.cleaned_data["why"]
            ),
            rule=lambda: restricting.may_ask_to_lift(request.user, case),
            title="Ask that this case be like others",
            button="Ask for this",
            lead="It stays restricted until a second person agrees.",
            said="It is asked. The case stays restricted until a second person agrees.",
            **_page(case),
        )  # fmt: skip
    return case_act(
        request, case, AnswerForm(sent(request)),
        lambda form: restricting.lift(case, by=request.user, **form.said()),
        rule=lambda: restricting.may_lift(request.user, case),
        title="Decide whether this case is restricted no more",
        button="Give your answer",
        lead=f"{waiting.by.name} asks for it: {waiting.why}",
        said="Your answer is recorded.",
        **_page(case),
    )  # fmt: skip


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def name(request: AskedBy, case: Case) -> HttpResponse:
    """Name somebody else on a restricted case."""
    named = [one.user for one in naming.named_on(case)]
    form = NameForm(sent(request), people=reading.people_but(request.user, *named))
    return case_act(
        request, case, form,
        lambda said: naming.name(
            case, by=request.user, who=said.person(), why=said.cleaned_data["why"]
        ),
        rule=lambda: naming.may_name(request.user, case),
        title="Name somebody on this case",
        button="Name this person",
        lead="The case is there for them from then on, as far as their post shows it, or a grant.",
        said=lambda made: f"{made.user.name} is named on this case.",
        **_page(case),
    )  # fmt: skip


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def un_name(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """Take somebody's name off; their work on the case goes on with others."""
    one = next((each for each in naming.named_on(case) if each.pk == key), None)
    if one is None:
        raise Http404
    return case_act(
        request, case, WhyForm(sent(request)),
        lambda form: naming.un_name(one, by=request.user, why=form.cleaned_data["why"]),
        rule=lambda: naming.may_un_name(request.user, one),
        title=f"Take the name of {one.user.name} off",
        button="Take the name off",
        lead="The case is not there for them any more, from their next page on.",
        said=f"{one.user.name} is not named on this case any more.",
        **_page(case),
    )  # fmt: skip
