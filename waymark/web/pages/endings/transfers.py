"""A case goes to another panel: asked, answered, or stays; and to a panel elsewhere (2.6)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import transfers as rules
from waymark.cases.models import Case, Transfer
from waymark.cases.reading import transfers as reading
from waymark.database.record import Part
from waymark.directory.models import Area, Role, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.panels import transfers, transfers_out
from waymark.ui.words import day
from waymark.web.access import AskedBy, case_page, post_holders
from waymark.web.forms.transfer import AskForm, DecideForm, StayForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.transfer import known_on, rows_of, waiting_on
from waymark.web.page import show


@post_holders(Role.CHAIR, Role.VICE_CHAIR)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Every transfer from or to the panels that one chairs: who asked, and what became of it."""
    found = reading.of_chairs(request.user)
    seen = reading.references_of(found, by=request.user)
    rows = [_row(one, seen.get(one.case_id, "")) for one in found]
    return show(request, "transfers/list.html", {"section": "panels", "transfers": rows})


def _row(one: Transfer, reference: str) -> dict[str, Any]:
    what = f"{one.from_area.name} to {reading.to_where(one)}"
    href = reverse("transfer", args=[reference]) if reference else ""
    return {
        "what": {"text": what, "href": href} if href else what,
        "asked": f"{day(one.at)}, by {one.by.name}",
        "why": one.why,
        "stands": reading.stands(one),
        "answer": f"{one.answered_by.name}: {one.answer}" if one.answered_by else "",
    }


@case_page(Part.CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: AskedBy, case: Case) -> HttpResponse:
    """Ask for one; while one is asked, the other chair answers it here."""
    one = waiting_on(case)
    if one is None:
        return _ask(request, case)
    to = reading.to_where(one)
    form = DecideForm(
        sent(request), version=case.version, yes=f"{to} takes the case over",
        no=f"The case stays with {one.from_area.name}",
    )  # fmt: skip
    return case_act(
        request, case, form,
        lambda given: _answer(given, one, request),
        rule=lambda: rules.may_answer(request.user, one),
        title="Transfer of a case",
        button="Give this answer",
        lead="Both panels decide. Until the other accepts, the case stays where it is.",
        lead_clause="2.6.1",
        template="transfers/transfer.html",
        asked=rows_of(one),
        cannot=refusal(transfers.may_accept, request.user, one)
        if permits(rules.may_answer, request.user, one) else None,
        onward=_onward(request, one),
        before=_before(case, one),
        done=lambda moved: reverse("case", args=[case.reference]) if moved
        else reverse("transfers"),
        said="Your answer is written down. The other chair reads it.",
    )  # fmt: skip


def _ask(request: AskedBy, case: Case) -> HttpResponse:
    form = AskForm(sent(request), areas=_others(case), version=case.version)
    return case_act(
        request, case, form,
        lambda given: transfers.ask(
            case, by=request.user, asked=given.said(), version=given.seen_version
        ),
        rule=lambda: transfers.may_ask(request.user, case),
        title="Ask another panel to take this case over",
        button="Ask the other panel",
        lead="Talk to the other chair first. The case stays here until they accept it.",
        lead_clause="2.6.1",
        template="transfers/transfer.html",
        back_to=rules.to_come_back(case),
        before=_before(case, None),
        done=reverse("transfer", args=[case.reference]),
        said="The transfer is asked. Until it is accepted, this case is yours.",
    )  # fmt: skip


def _others(case: Case) -> list[Area]:
    return [area for area in areas_by_code().values() if area.pk != case.area_id]


def _answer(given: DecideForm, one: Transfer, request: AskedBy) -> bool:
    """Whether the case has moved."""
    how = {"by": request.user, "why": given.cleaned_data["why"], "version": given.seen_version}
    if given.agrees:
        transfers.accept(one, **how)
        return True
    transfers.refuse(one, **how)
    return False


def _onward(request: AskedBy, one: Transfer) -> list[dict[str, str]]:
    links = (
        (transfers_out.may_hand_out, "Make the sealed package", "transfer_package"),
        (transfers_out.may_receipt, "Write down who accepted it there", "transfer_receipt"),
        (transfers_out.may_agree_out, "Decide whether the case ends here", "transfer_out"),
        (transfers.may_stay, "Say that the case stays here", "transfer_stays"),
    )
    return [
        {"text": text, "href": reverse(page, args=[one.case.reference])}
        for rule, text, page in links
        if permits(rule, request.user, one)
    ]


def _before(case: Case, but: Transfer | None) -> list[list[dict[str, Any]]]:
    """What was asked before, with both reasons: they stand."""
    earlier = [one for one in reading.of_case(case) if but is None or one.pk != but.pk]
    said = []
    for one in earlier:
        rows = rows_of(one)
        if one.closed_why and one.closed_by:
            rows.append({"question": f"Why, {one.closed_by.name}", "answer": one.closed_why})
        said.append(rows)
    return said


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def stays(request: AskedBy, case: Case) -> HttpResponse:
    """Refused, unanswered or no longer asked: the case stays, and it is said why."""
    return case_act(
        request, case, StayForm(sent(request), version=case.version),
        lambda given: transfers.stay(
            known_on(case), by=request.user, why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: transfers.may_stay(request.user, known_on(case)),
        title="Say that the case stays here",
        button="The case stays here",
        said="The case stays here. Nothing of the transfer waits.",
    )  # fmt: skip
