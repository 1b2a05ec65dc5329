"""A document as its readers see it: pictures of its pages, its words, and where it stands (S49)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse

from waymark.cases.models import Document
from waymark.database.sealing import Damaged
from waymark.files import opening, vault
from waymark.files.kinds import LABELS, PICTURES, Kind
from waymark.files.models import File
from waymark.files.reasons import sentence
from waymark.web.access import AskedBy
from waymark.web.door.headers import sandboxed
from waymark.web.page import show

STATES = {
    File.State.HELD: ("Still checking", "soon"),
    File.State.CLEAN: ("Checked", "done"),
    File.State.REFUSED: ("Refused", "plain"),
}
DAMAGED = 409  # what is kept is not what was put there: no page of it is shown
AS_IT_WAS = PICTURES | {Kind.PDF}


def document_row(one: Document, href: str) -> dict[str, Any]:
    """A document in a list."""
    text, kind = STATES[File.State(one.file.state)]
    return {
        "document": {"text": one.title, "href": href},
        "reference": one.file.shown_name,
        "kind": LABELS[Kind(one.file.kind)],
        "by": f"{one.by.name}, {one.organisation.name}",
        "at": one.at,
        "state": {"text": text, "tag": kind},
    }


def document_page(
    request: AskedBy, one: Document, *, template: str, address: Callable[[int], str],
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """The page of one document. `address`: of the picture of a page, by its number."""
    by = f"{one.by.name}, {one.organisation.name}"
    return file_page(
        request, one.file, template=template, address=address, what=one.title, by=by,
        document=one, **context,
    )  # fmt: skip


def file_page(
    request: AskedBy, file: File, *, template: str, address: Callable[[int], str],
    what: str, by: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    """The page of one file: `what` it is and who added it, `by`, in words."""
    text, kind = STATES[File.State(file.state)]
    said = context | {
        "title": f"Document {file.shown_name}",
        "state": {"text": text, "kind": kind},
        "rows": _facts(file, what, by),
        "refused": sentence(file.why) if file.why else "",
        "set_anew": file.is_clean and Kind(file.kind) not in AS_IT_WAS,
    }
    if not file.is_clean:
        return show(request, template, said)
    try:
        words = opening.words_of(file, by=request.user)
    except Damaged:
        return show(request, template, said | {"damaged": True}, status=DAMAGED)
    return show(
        request, template, said | {"pages": _pages(file, what, address), "words": _words(words)}
    )


def page_picture(request: AskedBy, file: File, number: int) -> HttpResponse:
    """The picture of one page; the gate before it has asked for the right and kept the look."""
    if not file.is_clean or not 1 <= number <= file.pages:
        raise Http404
    try:
        content = opening.opened(file, vault.page(number), by=request.user)
    except Damaged:
        return sandboxed(HttpResponse("This file is damaged", "text/plain", status=DAMAGED))
    kind = "png" if content.startswith(b"\x89PNG") else "jpg"
    name = f"{file.reference}-{file.number}-page-{number}.{kind}"
    return attached(content, name, f"image/{'png' if kind == 'png' else 'jpeg'}")


def attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep, never a page to show. `name`: made by us, of a reference and a number."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return sandboxed(response)


def _facts(file: File, what: str, by: str) -> list[dict[str, Any]]:
    size = file.size
    large = f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"
    rows = (
        ("What it is", what),
        ("Kind", f"{LABELS[Kind(file.kind)]}, {large}"),
        ("Added by", by),
    )
    return [{"question": asked, "answer": answer} for asked, answer in rows]


def _pages(file: File, what: str, address: Callable[[int], str]) -> list[dict[str, str]]:
    count = file.pages
    if Kind(file.kind) in PICTURES:
        return [{"src": address(1), "alt": f"The picture that was sent: {what}"}]
    return [
        {"src": address(number),
         "alt": f"Page {number} of {count}. Its words are below, under Read as text."}
        for number in range(1, count + 1)
    ]  # fmt: skip


def _words(words: list[str]) -> list[dict[str, str]]:
    """The words of each page; of one whole where there is but one text."""
    if not any(words):
        return []
    if len(words) == 1:
        return [{"title": "", "text": words[0]}]
    return [
        {"title": f"Page {number}", "text": text or "No words could be read on this page."}
        for number, text in enumerate(words, start=1)
    ]
