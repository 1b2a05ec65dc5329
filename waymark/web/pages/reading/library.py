"""The library: what the policy and its guidance say, by stage of the work, and searchable."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.policy import library
from waymark.policy.library import Entry, Found
from waymark.policy.pack import NotInPack, in_force
from waymark.web.access import anyone
from waymark.web.forms.staff import SearchForm
from waymark.web.page import show

KINDS = {
    "definition": "Definition", "text": "Guidance", "sign": "Example indicator",
    "factor": "Factor of the assessment", "support": "Kind of support", "law": "Law",
    "reference": "Reference",
}  # fmt: skip


@anyone
@require_safe
def shelves(request: HttpRequest) -> HttpResponse:
    """What there is at each stage of the work; or what was found."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    pack = in_force()
    context = {
        "section": "policy",
        "asked": form,
        "searched": asked,
        "found": [_found(one) for one in library.find(pack, asked)] if asked else [],
        "shelves": pack.shelves,
    }
    return show(request, "library/shelves.html", context)


def _found(one: Found) -> dict[str, Any]:
    entry = one.entry
    return {
        "title": entry.title,
        "kind": KINDS[entry.kind],
        "href": _address(entry),
        "excerpt": one.excerpt,
        "clauses": ", ".join(entry.clauses),
    }


def _address(entry: Entry) -> str:
    """The page on which it is read in full; of a reference or an Act, its own address."""
    match entry.kind:
        case "text":
            return reverse("library_text", args=[entry.code])
        case "definition":
            return f"{reverse('definitions')}#{entry.code}"
        case "sign":
            return reverse("policy_texts", args=["signs"])
        case "factor":
            return reverse("framework")
        case "support":
            return reverse("policy_texts", args=["support"])
    return entry.code


@anyone
@require_safe
def shelf(request: HttpRequest, code: str) -> HttpResponse:
    """All that is at hand at some stages of the work."""
    pack = in_force()
    try:
        found = pack.shelf(code)
    except NotInPack:
        raise Http404 from None
    return _read(
        request,
        title=found.name,
        says=found.says,
        texts=[pack.text(one) for one in found.texts],
        references=[pack.reference(one) for one in found.references],
        indicators=found.signs,
        definitions=pack.definitions,
    )


@anyone
@require_safe
def text(request: HttpRequest, code: str) -> HttpResponse:
    """One text, with the references that it names."""
    pack = in_force()
    try:
        found = pack.text(code)
    except NotInPack:
        raise Http404 from None
    references = [pack.reference(one) for one in found.references]
    return _read(request, title=found.title, texts=[found], references=references, alone=True)


def _read(request: HttpRequest, **context: Any) -> HttpResponse:
    return show(request, "library/read.html", {"section": "policy", "pack": in_force(), **context})
