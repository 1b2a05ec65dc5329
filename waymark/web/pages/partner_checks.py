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
from waymark.directory.permission import refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import checks, reading, requests
from waymark.sharing.models import Reply, Request
from waymark.ui.words import counted
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import address_of, case_act, sent
from waymark.web.case_frame import case_frame
from waymark.web.forms.checks import AskForm, FinishForm
from waymark.web.page import show


@case_page(Part.REQUEST)
@require_safe
def look_at(request: AskedBy, case: Case) -> HttpResponse:
    """Who was asked, by when, and what they answered, beside each other."""
    asked = reading.requests_of(case)
    whole = sees_part(request.user, case, Part.WORK)
    context = case_frame(case, request.user) | {
        "title": "Partner checks",
        "rows": [_row(one, case, linked=whole) for one in asked],
        "beside": reading.beside(asked) if whole else [],
        "named": reading.named_and_not_asked(case) if whole else [],
        "beyond": [_beyond(*one) for one in reading.beyond(asked)] if whole else [],
        "without": _without(case) if whole else [],
        "asking": refusal(requests.may_ask, request.user, case),
        "finishing": refusal(checks.may_finish, request.user, case),
        "sharing": refusal(positions.may_be_shared, case) if whole else None,
        "back": address_of(case),
    }
    return show(request, "requests/checks.html", context)


def _beyond(organisation: str, reply: Reply) -> dict[str, str]:
    held = f"Something is held back. Decided by {reply.held_back_decided_by}."
    said = [reply.get_state_display(), reply.words, held if reply.held_back else ""]
    return {"question": organisation, "answer": "\n\n".join(one for one in said if one)}


def _without(case: Case) -> list[dict[str, str]]:
    """Each missing answer by the organisation's name: never as nothing known (R16)."""
    return [
        {"question": one.organisation.name, "answer": f"{one.words}\n\n{one.by.name}"}
        for one in reading.gone_without(case)
    ]


def _row(one: Request, case: Case, *, linked: bool) -> dict[str, Any]:
    state, kind = reading.state_of(one, today())
    href = reverse("asked_request", args=[case.reference, one.pk])
    name = one.organisation.name
    return {
        "organisation": {"text": name, "href": href} if linked else name,
        "reference": one.reference,
        "who": one.asked_of.name if one.asked_of else "Nobody there answers here: the police ask",
        "due": day_in_words(one.due_date)
        if one.answered_at
        else due_in_words(one.due_date, today()),
        "state": {"text": state, "tag": kind},
    }


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, case: Case) -> HttpResponse:
    form = AskForm(sent(request), case=case)
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
        onward=[
            {
                "text": "Decide whether information may be shared",
                "href": reverse("sharing_position", args=[case.reference]),
            }
        ],
        said=_said,
    )  # fmt: skip


def _said(made: list[Request]) -> str:
    day = day_in_words(max(one.due_date for one in made))
    return f"{counted(len(made), 'partner')} asked, to answer by {day}."


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: AskedBy, case: Case) -> HttpResponse:
    form = FinishForm(sent(request), case=case, silent=checks.still_without_answer(case))
    return case_act(
        request, case, form,
        lambda form: checks.finish_checks(
            case, by=request.user, why=form.cleaned_data["why"],
            without_answer=form.without_answer(), version=form.seen_version,
        ),
        rule=lambda: checks.may_finish(request.user, case),
        title="Finish partner checks",
        button="Finish partner checks",
        lead="The second risk assessment is next, on a signed assessment of the factors.",
        lead_clause="2.7.10",
        back=reverse("partner_checks", args=[case.reference]),
        said="The partner checks are finished. Assess the factors next, then the risk again.",
    )  # fmt: skip
