"""The person of a case: each name, date, address and number with its source; none is edited."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.known import disputes
from waymark.cases.known import person as rules
from waymark.cases.models import Case
from waymark.cases.reading import ages
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.people import facts
from waymark.people.facts import Known
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.person import KINDS, added
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act, sent
from waymark.web.page import show
from waymark.web.rows.own_sight import after, said_of


@case_page(Part.PERSON)
@require_safe
def person(request: AskedBy, case: Case) -> HttpResponse:
    """Each kind with its rows. Who sees the name only is shown the names."""
    whole = sees_part(request.user, case, Part.PERSON)
    may_add = permits(rules.may_add, request.user, case)
    context = case_frame(case, request.user, section="case_person") | {
        "whole": whole,
        "may_add": may_add,
        "disputed": ages.in_dispute(case),
        "of_age": _of_age(request, case),
        "kinds": [
            {
                "title": title,
                "one": KINDS[kind].one,
                "add": reverse("person_add", args=[case.reference, kind]),
                "rows": [_row(one, case, kind, may_add=may_add) for one in rows],
            }
            for kind, title, rows in facts.all_known_of(case.person_id)
            if whole or kind == "name"
        ],
    }
    return show(request, "person/person.html", context)


def _of_age(request: AskedBy, case: Case) -> list[dict[str, str]]:
    """What may be said of the age: that it is in dispute, or what an assessment found."""
    acts = (
        (disputes.may_dispute, "Say that the age is in dispute", "age_disputed"),
        (disputes.may_assess, "Record the age assessment", "age_assessed"),
    )
    return [
        {"text": text, "href": reverse(page, args=[case.reference])}
        for rule, text, page in acts
        if permits(rule, request.user, case)
    ]


def _row(one: Known, case: Case, kind: str, *, may_add: bool) -> dict[str, Any]:
    correct: Any = ""
    if one.corrected:
        correct = f"Corrected: {one.corrected}"
    elif may_add:
        address = reverse("person_correct", args=[case.reference, kind, one.key])
        correct = {"text": "Correct this", "href": address}
    return {
        "words": one.words,
        "about": one.about,
        "source": one.source.capitalize() if one.source.islower() else one.source,
        "noted": day_in_words(one.noted_at.date()),
        "by": one.by or "The referrer",
        "correct": correct,
    }


@case_page(Part.PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedBy, case: Case, kind: str, corrects: int | None = None) -> HttpResponse:
    """Add a fact of a kind; or one that corrects another."""
    if kind not in KINDS:
        raise Http404
    wrong = None if corrects is None else facts.fact_of(case.person_id, kind, corrects)
    if corrects is not None and wrong is None:
        raise Http404
    what = KINDS[kind].one
    # who came from information gathering goes on there
    page = "gather" if request.GET.get("for") == "gathering" else "case_person"
    here = reverse(page, args=[case.reference])
    lead = f"It now says: {facts.words_of(wrong)}. That row stays, with what was wrong." if wrong \
        else "Every fact stands with its source. A wrong one is followed by another."  # fmt: skip
    return case_act(
        request,
        case,
        KINDS[kind].form(sent(request), corrects=wrong),
        lambda form: added(kind, case, form, by=request.user),
        rule=lambda: rules.may_add(request.user, case),
        said=lambda _: said_of(request, case),
        done=lambda _: after(request, case, here),
        title=f"{'Correct' if wrong else 'Add'} {what}",
        button=f"{'Correct' if wrong else 'Add'} {what}",
        lead=lead,
        lead_clause=rules.CLAUSE,
        back=here,
    )
