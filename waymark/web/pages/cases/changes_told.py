"""Changes that partners, family and others tell at any time: told, read, and what follows."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Case, ChangeTold
from waymark.cases.reading import changes as reading
from waymark.cases.written import changes
from waymark.database.clock import day_of
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.change import DANGER, FollowsForm, TellForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act, sent
from waymark.web.page import show


@case_page(Part.WORK)
@require_safe
def listed(request: AskedBy, case: Case) -> HttpResponse:
    """What was told, the latest first: what is unread is a link."""
    context = case_frame(case, request.user) | {
        "title": "Changes that were told",
        "told": [_told(one, case) for one in reading.told(case)],
        "tell": reverse("tell_change", args=[case.reference]),
        "back": reverse("case", args=[case.reference]),
    }
    return show(request, "case/changes_told.html", context)


def _told(one: ChangeTold, case: Case) -> dict[str, Any]:
    return {
        "title": f"{one.get_kind_display()}, {day_in_words(day_of(one.at))}",
        "rows": _rows(one),
        "href": "" if one.read_at else reverse("read_change", args=[case.reference, one.pk]),
    }


def _rows(one: ChangeTold) -> list[dict[str, str]]:
    rows = [
        ("What", one.words),
        ("Noticed by", f"{one.told_by} ({one.get_source_display().lower()})"),
        ("Seen on", day_in_words(one.happened_date)),
        ("What the person was told", one.person_knows),
        ("Written by", f"{one.by.name}, {one.organisation}"),
    ]
    if one.read_by and one.read_at:
        rows.append(("Read by", f"{one.read_by.name}, {day_in_words(day_of(one.read_at))}"))
    rows.append(("What follows", one.follows))
    return [{"question": asked, "answer": text} for asked, text in rows if text]


@case_page(Part.CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: AskedBy, case: Case) -> HttpResponse:
    """Whoever sees the case writes down what they, or the family, noticed."""
    return case_act(
        request, case, TellForm(sent(request)),
        lambda given: changes.tell(case, by=request.user, said=given.said()),
        rule=lambda: None,
        title="Tell of a change or a new concern",
        button="Tell the lead of the case",
        lead=f"{DANGER} What you write here goes to the lead of the case, and the panel hears it.",
        lead_clause="2.9.4",
        said="The lead of the case is told.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AskedBy, case: Case, key: int) -> HttpResponse:
    one = next((each for each in reading.told(case) if each.pk == key), None)
    if one is None:
        raise Http404
    one.case = case
    return case_act(
        request, case, FollowsForm(sent(request), version=case.version),
        lambda given: changes.read(
            one, by=request.user, follows=given.cleaned_data["follows"], version=given.seen_version
        ),
        rule=lambda: changes.may_read(request.user, one),
        title="Read a change that was told",
        button="Write down what follows",
        rows=_rows(one),
        template="case/change_told.html",
        lead="Say what follows from it. The panel hears what was told since it last met.",
        lead_clause="2.9.4",
        done=reverse("changes_told", args=[case.reference]),
        said="It is written down what follows.",
    )  # fmt: skip
