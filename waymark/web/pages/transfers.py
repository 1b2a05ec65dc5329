"""A case goes to another panel: asked, answered, or stays; and to a panel elsewhere (2.6)."""

import hashlib
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import ending
from waymark.cases import transfers as rules
from waymark.cases.models import Case, Transfer
from waymark.cases.reading import transfers as reading
from waymark.database.record import Part
from waymark.directory.models import Area, Role, areas_by_code
from waymark.directory.permission import Refused, permits, refusal
from waymark.panels import transfers
from waymark.ui.words import day
from waymark.web.access import AskedBy, case_page, post_holders
from waymark.web.case_act import case_act, sent
from waymark.web.forms.transfer import AskForm, DecideForm, PackageForm, ReceiptForm, StayForm
from waymark.web.page import show
from waymark.web.record_paper import record_paper
from waymark.web.sealed_package import new_passphrase, sealed
from waymark.web.transfer_content import PARTS, sections_of

NONE = Refused(
    "No transfer of this case is asked", clause="2.6.1",
    until="The chair of the panel that it would leave asks the other chair.",
)  # fmt: skip


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
    one = _waiting(case)
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
        asked=_asked(one),
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


def _waiting(case: Case) -> Transfer | None:
    one = rules.waiting_transfer(case)
    if one is not None:
        one.case = case
    return one


def _known(case: Case) -> Transfer:
    if (one := _waiting(case)) is None:
        raise NONE
    return one


def _asked(one: Transfer) -> list[dict[str, Any]]:
    rows = [
        {"question": "From", "answer": one.from_area.name},
        {"question": "To", "answer": reading.to_where(one)},
        {"question": "Asked by", "answer": f"{one.by.name}, {day(one.at)}"},
        {"question": "Why", "answer": one.why},
        {"question": "How long", "answer": f"Until {day(one.until_date)}" if one.until_date
         else "It is to last"},
        {"question": "What it is about", "answer": one.about},
        {"question": "What goes along", "answer": one.goes_along},
        {"question": "Where it stands", "answer": reading.stands(one)},
    ]  # fmt: skip
    if one.receiver:
        rows.append({"question": "Who receives it", "answer": one.receiver})
    if one.answered_by:
        rows.append({"question": f"Answer of {one.answered_by.name}", "answer": one.answer})
    if one.accepted_by_name:
        said = f"{one.accepted_by_name}, {day(one.accepted_date)}"
        rows.append({"question": "Accepted there by", "answer": said})
    return rows


def _onward(request: AskedBy, one: Transfer) -> list[dict[str, str]]:
    links = (
        (transfers.may_hand_out, "Make the sealed package", "transfer_package"),
        (transfers.may_receipt, "Write down who accepted it there", "transfer_receipt"),
        (transfers.may_agree_out, "Decide whether the case ends here", "transfer_out"),
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
        rows = _asked(one)
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
            _known(case), by=request.user, why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: transfers.may_stay(request.user, _known(case)),
        title="Say that the case stays here",
        button="The case stays here",
        said="The case stays here. Nothing of the transfer waits.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: AskedBy, case: Case) -> HttpResponse:
    """One sealed file for the panel elsewhere; its passphrase goes another way."""
    phrase = request.POST.get("passphrase") or new_passphrase()
    form = PackageForm(sent(request), version=case.version, initial={"passphrase": phrase})
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, case, form)
        except Refused as why:
            form.add_error(None, str(why))
    return case_act(
        request, case, form, lambda given: None,
        rule=lambda: transfers.may_hand_out(request.user, _known(case)),
        title="Make the sealed package",
        button="Make the package and download it",
        lead="Hand the file over in a secure way, and tell the passphrase by telephone. It is shown"
        " here once, and kept nowhere.",
        lead_clause="2.6.1",
        template="transfers/package.html",
        phrase=phrase,
        back=reverse("transfer", args=[case.reference]),
        said="",
    )  # fmt: skip


def _made(request: AskedBy, case: Case, form: PackageForm) -> HttpResponse:
    one, parts = _known(case), form.cleaned_data["parts"]
    sections = sections_of(case, parts)
    pdf = record_paper(
        "A case handed to another panel", sections,
        facts=[f"From: Channel panel of {case.area.name}", f"To: {one.receiver}, {one.outside}",
               f"Case: {case.reference}", one.goes_along],
        running=f"Case {case.reference}. For {one.receiver} alone. Do not pass it on.",
    )  # fmt: skip
    file = sealed(pdf, sections, form.cleaned_data["passphrase"])
    named = "; ".join(PARTS[code] for code in PARTS if code in parts)
    transfers.hand_out(
        one, by=request.user, parts=named[:200], digest=hashlib.sha256(file).hexdigest()
    )
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="transfer-{case.reference}.pdf"'
    return response


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: AskedBy, case: Case) -> HttpResponse:
    return case_act(
        request, case, ReceiptForm(sent(request), version=case.version),
        lambda given: transfers.write_receipt(
            _known(case), by=request.user, name=given.cleaned_data["name"],
            accepted_date=given.cleaned_data["accepted_date"],
            words=given.cleaned_data["words"], version=given.seen_version,
        ),
        rule=lambda: transfers.may_receipt(request.user, _known(case)),
        title="Write down who accepted the case there",
        button="Write this receipt down",
        lead="Sent is not received: until a named person there accepts, this case is yours.",
        lead_clause="2.6.1",
        back=reverse("transfer", args=[case.reference]),
        done=reverse("transfer", args=[case.reference]),
        said="The receipt is written down. The police lead decides next.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def agree_out(request: AskedBy, case: Case) -> HttpResponse:
    form = DecideForm(
        sent(request), version=case.version, yes="The case ends here: transferred out",
        no="The case stays here",
    )  # fmt: skip
    one = _waiting(case)
    return case_act(
        request, case, form,
        lambda given: transfers.agree_out(
            _known(case), by=request.user, agrees=given.agrees, why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: transfers.may_agree_out(request.user, _known(case)),
        title="Decide whether the case ends here",
        button="Give this decision",
        lead="A named person elsewhere has accepted the case. It ends here once you agree.",
        lead_clause="2.6.1",
        template="transfers/transfer.html",
        asked=_asked(one) if one else [],
        cannot=refusal(ending.may_end, case),
        onward=[{"text": "Settle what must be before any end",
                 "href": reverse("before_an_end", args=[case.reference])}],
        said=lambda ended: "The case has ended here: transferred out." if ended
        else "The case stays here.",
    )  # fmt: skip
