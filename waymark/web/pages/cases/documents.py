"""Documents on a case: the list, each one as pictures of its pages, and the original (2.11.1)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Case, Document
from waymark.cases.written import documents
from waymark.database.record import Part
from waymark.database.sealing import Damaged
from waymark.directory.permission import Refused, permits, refusal
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import sent
from waymark.web.frames.document import attached, document_page, document_row, page_picture
from waymark.web.page import show

SEEN = "police, chair and the Prevent lead of this case"


class OriginalForm(Questions):
    why = Prose(
        label="Why do you need the file as it was sent?", rows=3, who_sees=SEEN,
        help_text="The pages show what it says. Open it only on a machine that may hold it.",
        error_messages={"required": "Enter why you need the file as it was sent"},
    )  # fmt: skip


def _document(case: Case, key: int) -> Document:
    found = documents.found(key, case=case)
    if found is None:
        raise Http404
    found.case = case
    return found


@case_page(Part.WORK)
@require_safe
def listed(request: AskedBy, case: Case) -> HttpResponse:
    """All documents of a case, the newest first."""
    rows = [
        document_row(one, reverse("document", args=[case.reference, one.pk]))
        for one in documents.of_case(case)
    ]
    context = case_frame(case, request.user) | {"title": "Documents", "rows": rows}
    return show(request, "documents/list.html", context)


@case_page(Part.WORK)
@require_safe
def document(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """One document: pictures of its pages, and its words."""
    one = _document(case, key)
    return document_page(
        request, one, template="documents/of_case.html",
        address=lambda number: reverse("document_picture", args=[case.reference, key, number]),
        openings=documents.openings_of(one),
        may_open=permits(documents.may_open_original, request.user, one),
        **case_frame(case, request.user),
    )  # fmt: skip


@case_page(Part.WORK)
@require_safe
def picture(request: AskedBy, case: Case, key: int, number: int) -> HttpResponse:
    return page_picture(request, _document(case, key).file, number)


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """The file as it was sent, for the police, with a reason: there is no link to it."""
    one = _document(case, key)
    form = OriginalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            content = documents.open_original(one, by=request.user, why=why)
            return attached(content, one.file.shown_name, "application/octet-stream")
        except Refused as refused:
            form.add_error(None, str(refused))
        except Damaged:
            form.add_error(None, "This file is damaged. Nothing of it is shown; tell your IT team.")
    context = case_frame(case, request.user) | {
        "title": f"Open {one.file.shown_name} as it was sent",
        "button": "Open the file",
        "form": form,
        "back": reverse("document", args=[case.reference, key]),
        "refusal": None
        if request.method == "POST"
        else refusal(documents.may_open_original, request.user, one),
    }
    return show(request, "case/asks.html", context)
