"""Asking several partners in one go, their answers beside each other, and finishing (2.7.8)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import positions
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import checks, reading, requests, weighing
from waymark.sharing.models import Mark, Reply, Request
from waymark.sharing.told import not_marked, told
from waymark.ui.words import counted
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.checks import AskForm, ChooseForm, FinishForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import address_of, case_act, sent
from waymark.web.page import show
from waymark.web.rows.asked import who_has_it


@case_page(Part.REQUEST)
@require_safe
def look_at(request: AskedBy, case: Case) -> HttpResponse:
    """Who was asked, by when, and what they answered, beside each other."""
    asked = reading.requests_of(case)
    context = case_frame(case, request.user) | {
        "title": "Partner checks",
        "rows": [_row(one, case) for one in asked],
        "asking": refusal(requests.may_ask, request.user, case),
        "finishing": refusal(checks.may_finish, request.user, case),
        "back": address_of(case),
    }
    if sees_part(request.user, case, Part.WORK):
        context |= _answered(request, case, asked)
    return show(request, "requests/checks.html", context)


def _answered(request: AskedBy, case: Case, asked: list[Request]) -> dict[str, Any]:
    """What was answered and made of it: a co-ordinator sees where requests stand, and not this."""
    return {
        "beside": reading.beside(case, asked),
        "named": reading.named_and_not_asked(case),
        "beyond": [_beyond(*one) for one in reading.beyond(asked)],
        "without": _without(case),
        "sharing": refusal(positions.may_be_shared, case),
        "weighs": permits(weighing.may_weigh, request.user, case) and bool(told(asked)),
    }


def _beyond(organisation: str, reply: Reply, mark: Mark | None) -> dict[str, str]:
    held = f"Something is held back. Decided by {reply.held_back_decided_by}."
    said = [reply.get_state_display(), reply.words, held if reply.held_back else ""]
    said += [mark.in_words] if mark else []
    return {"question": organisation, "answer": "\n\n".join(one for one in said if one)}


def _without(case: Case) -> list[dict[str, str]]:
    """Each missing answer by the organisation's name: never as nothing known (R16)."""
    return [
        {"question": one.organisation.name, "answer": f"{one.words}\n\n{one.by.name}"}
        for one in reading.gone_without(case)
    ]


def _row(one: Request, case: Case) -> dict[str, Any]:
    state, kind = reading.state_of(one, today())
    href = reverse("asked_request", args=[case.reference, one.pk])
    return {
        "organisation": {"text": one.organisation.name, "href": href},
        "reference": one.reference,
        "who": who_has_it(one),
        "due": day_in_words(one.due_date)
        if one.answered_at
        else due_in_words(one.due_date, today()),
        "state": {"text": state, "tag": kind},
    }


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, case: Case) -> HttpResponse:
    """First whom, then what: what is written on the second page is written once for all."""
    chosen = request.GET.getlist("organisations")
    if request.method != "POST" and not chosen:
        return _choose(request, case)
    form = AskForm(sent(request), case=case, chosen=chosen)
    return case_act(
        request, case, form,
        lambda form: requests.ask(
            case, by=request.user, asking=form.asking(), organisations=form.asked(),
            version=form.seen_version,
        ),
        rule=lambda: requests.may_ask(request.user, case),
        title="Ask partners",
        button="Ask these partners",
        lead="Each gets a request of its own and sees that alone, never the case or another’s"
        " answer.",
        lead_clause="2.7.8",
        back=reverse("partner_checks", args=[case.reference]),
        done=reverse("partner_checks", args=[case.reference]),
        onward=[_sharing(case)],
        said=_said,
    )  # fmt: skip


def _choose(request: AskedBy, case: Case) -> HttpResponse:
    """Whom to ask: nothing is written down yet. Sent with nobody chosen, it says so."""
    context = case_frame(case, request.user) | {
        "title": "Choose whom to ask",
        "form": ChooseForm(request.GET if "chosen" in request.GET else None, case=case),
        "refusal": refusal(requests.may_ask, request.user, case),
        "method": "get",
        "button": "Continue",
        "back": reverse("partner_checks", args=[case.reference]),
        "onward": [_sharing(case)],
    }  # fmt: skip
    return show(request, "case/asks.html", context)


def _marking(case: Case) -> dict[str, str]:
    return {"text": "Mark the answers", "href": reverse("mark_answers", args=[case.reference])}


def _sharing(case: Case) -> dict[str, str]:
    href = reverse("sharing_position", args=[case.reference])
    return {"text": "Decide whether information may be shared", "href": href}


def _said(made: list[Request]) -> str:
    day = day_in_words(max(one.due_date for one in made))
    return f"{counted(len(made), 'partner')} asked, to answer by {day}."


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: AskedBy, case: Case) -> HttpResponse:
    form = FinishForm(
        sent(request), case=case, silent=checks.still_without_answer(case),
        unmarked=not_marked(case),
    )  # fmt: skip
    return case_act(
        request, case, form,
        lambda form: checks.finish_checks(
            case, by=request.user, why=form.cleaned_data["why"],
            without_answer=form.without_answer(), version=form.seen_version,
            unmarked_why=form.cleaned_data.get("unmarked_why", ""),
        ),
        rule=lambda: checks.may_finish(request.user, case),
        title="Finish partner checks",
        button="Finish partner checks",
        lead="The second risk assessment is next, on a signed assessment of the factors.",
        lead_clause="2.7.10",
        back=reverse("partner_checks", args=[case.reference]),
        onward=[_marking(case)] if form.unmarked else [],
        said="The partner checks are finished. Assess the factors next, then the risk again.",
    )  # fmt: skip
