"""The one page before a case: whether one knows the person, and what one opens it for (S26)."""

from typing import Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse

from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.limits import limits
from waymark.database.record import Part
from waymark.oversight import openings
from waymark.oversight.openings import OWN_WORDS, PURPOSES, Question
from waymark.people.age import age_in_words
from waymark.people.models import Name
from waymark.web.opening_form import OpeningForm
from waymark.web.page import show

SAFE = ("GET", "HEAD")


def must_be_asked(request: Any, case: Case, *, has_task: bool) -> Question | None:
    """What the reader answers before the page that they asked for is shown, if anything."""
    sending = request.method not in SAFE
    return openings.asked_before(request.user, case, has_task=has_task, sending=sending)


def ask(
    request: Any, case: Case, question: Question, form: OpeningForm | None = None
) -> HttpResponse:
    """The questions in place of the page, which says nothing of the case but whose it is."""
    onward = form.onward if form else request.get_full_path() if request.method in SAFE else ""
    context = {
        "section": "cases",
        "case": case,
        "question": question,
        "who": _who(request, case),
        "form": form or OpeningForm(None, case=case, question=question, onward=onward),
        "purposes": [
            {"value": code, "text": words, "key": number}
            for number, (code, words) in enumerate(PURPOSES.items(), 1)
            if code != OWN_WORDS
        ],
        "own": {"value": OWN_WORDS, "key": len(PURPOSES)},
        "clause": openings.CLAUSE,
        "many": limits().cases,
        "action": reverse("before_opening", args=[case.reference]),
    }
    return show(request, "opening/ask.html", context)


def _who(request: Any, case: Case) -> list[dict[str, Any]]:
    """Name and age, as far as the reader's part shows them, and the area."""
    name = Name.objects.right().filter(person_id=case.person_id).first()
    rows = [
        {"question": "Name", "answer": str(name) if name else "Name not shown to you"},
        {"question": "Area", "answer": case.area.name},
    ]
    if sees_part(request.user, case, Part.PERSON):
        rows.insert(1, {"question": "Age", "answer": _aged(age_in_words(case.person))})
    return rows


def _aged(age: str) -> str:
    return "Age not known" if age == "Not known" else f"{age} years old"


def onward_to(case: Case, path: str) -> str:
    """Where the reader was going, if that is a page of this case; else the case."""
    here = reverse("case", args=[case.reference])
    bare, _, _ = path.partition("?")
    try:
        fits = resolve(bare).kwargs.get("reference") == case.reference
    except Resolver404:
        fits = False
    return path if fits and (bare == here or bare.startswith(f"{here}/")) else here
