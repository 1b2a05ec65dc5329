"""To a panel elsewhere: a sealed package, its receipt, and the police lead’s yes (2.6.1)."""

import hashlib

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.endings import ending
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import Refused, refusal
from waymark.panels import transfers_out
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.transfer import DecideForm, PackageForm, ReceiptForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.transfer import known_on, rows_of, waiting_on
from waymark.web.papers.sealed_package import new_passphrase, sealed
from waymark.web.papers.sections import record_paper
from waymark.web.papers.transfer_content import PARTS, sections_of


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
        rule=lambda: transfers_out.may_hand_out(request.user, known_on(case)),
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
    one, parts = known_on(case), form.cleaned_data["parts"]
    sections = sections_of(case, parts)
    pdf = record_paper(
        "A case handed to another panel", sections,
        facts=[f"From: Channel panel of {case.area.name}", f"To: {one.receiver}, {one.outside}",
               f"Case: {case.reference}", f"Goes along: {one.goes_along}"],
        running=f"Case {case.reference}. For {one.receiver} alone. Do not pass it on.",
    )  # fmt: skip
    file = sealed(pdf, sections, form.cleaned_data["passphrase"])
    named = "; ".join(PARTS[code] for code in PARTS if code in parts)
    transfers_out.hand_out(
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
        lambda given: transfers_out.write_receipt(
            known_on(case), by=request.user, name=given.cleaned_data["name"],
            accepted_date=given.cleaned_data["accepted_date"],
            words=given.cleaned_data["words"], version=given.seen_version,
        ),
        rule=lambda: transfers_out.may_receipt(request.user, known_on(case)),
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
    one = waiting_on(case)
    return case_act(
        request, case, form,
        lambda given: transfers_out.agree_out(
            known_on(case), by=request.user, agrees=given.agrees, why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: transfers_out.may_agree_out(request.user, known_on(case)),
        title="Decide whether the case ends here",
        button="Give this decision",
        lead="A named person elsewhere has accepted the case. It ends here once you agree.",
        lead_clause="2.6.1",
        template="transfers/transfer.html",
        asked=rows_of(one) if one else [],
        cannot=refusal(ending.may_end, case),
        onward=[{"text": "Settle what must be before any end",
                 "href": reverse("before_an_end", args=[case.reference])}],
        said=lambda ended: "The case has ended here: transferred out." if ended
        else "The case stays here.",
    )  # fmt: skip
