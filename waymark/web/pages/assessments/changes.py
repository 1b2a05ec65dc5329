"""What a case's assessments say, side by side by date, and what happened between them (2.2.7)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.assessments.changes import (
    NOT_YET_KNOWN,
    Changes,
    Dimension,
    changes_of,
    label_of,
)
from waymark.assessments.models import Assessment
from waymark.cases.models import Case
from waymark.cases.reading.line import Line
from waymark.cases.reading.timeline import timeline
from waymark.database.clock import day_of
from waymark.database.record import Part
from waymark.policy.pack import in_force
from waymark.ui.line_of_time import Drawing, Mark, line_of_time
from waymark.ui.words import day
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case import case_frame
from waymark.web.page import show

MOST = 100  # of assessments left out at the end: more than anybody turns back


@case_page(Part.ASSESSMENT)
@require_safe
def changes(request: AskedBy, case: Case) -> HttpResponse:
    said = request.GET.get("until", "")
    until = int(said) if said.isdecimal() and len(said) < 4 else 0
    found = changes_of(case, until=min(until, MOST))
    context = case_frame(case, request.user, section="assessment") | {
        "found": found,
        "days": [day(_signed(one)) for one in found.assessments],
        "together": _together(found),
        "dimensions": [_dimension(one, found) for one in found.dimensions],
        "line": _line(found, timeline(case)),
        "earlier": f"?until={until + 1}" if found.earlier else "",
        "later": f"?until={max(until - 1, 0)}" if found.later else "",
        "apart": in_force().text("dimensions_apart"),
        "back": reverse("assessment", args=[case.reference]),
    }
    return show(request, "assessments/changes.html", context)


def _signed(one: Assessment) -> date:
    assert one.signed_at is not None  # only signed ones are beside each other
    return day_of(one.signed_at)


def _columns(first: str, found: Changes) -> list[dict[str, str]]:
    days = [{"text": day(_signed(one)), "key": str(one.pk)} for one in found.assessments]
    return [{"text": first, "key": "what"}, *days]


def _together(found: Changes) -> dict[str, Any]:
    """Each dimension in a word, and how engagement and intent stand to each other."""
    keys = [str(one.pk) for one in found.assessments]
    rows = [
        {"what": one.name} | dict(zip(keys, map(_start, one.stood), strict=True))
        for one in found.dimensions
    ]
    words = [one or "Too little is known to say" for one in found.together]
    rows.append({"what": "Engagement and intent, seen beside each other"} | dict(
        zip(keys, words, strict=True)
    ))  # fmt: skip
    return {"columns": _columns("Dimension", found), "rows": rows}


def _dimension(one: Dimension, found: Changes) -> dict[str, Any]:
    keys = [str(each.pk) for each in found.assessments]
    said = [row for row in one.rows if set(row.found) != {NOT_YET_KNOWN}]
    rows = [
        {"what": row.name} | dict(zip(keys, map(label_of, row.found), strict=True)) for row in said
    ]
    summed = [
        {"on": day(_signed(each)), "words": getattr(each, one.code, "")}
        for each in found.assessments
    ]
    return {
        "name": one.name,
        "columns": _columns("Factor", found),
        "rows": rows,
        "unknown": [row.name for row in one.rows if row not in said],
        "summed": [{"question": each["on"], "answer": each["words"]} for each in summed],
    }


def _start(words: str) -> str:
    return words[0].upper() + words[1:]


def _line(found: Changes, lines: list[Line]) -> Drawing | None:
    """The assessments, and what the reader may see of what happened between first and last."""
    if not found.assessments:
        return None
    first, last = _signed(found.assessments[0]), _signed(found.assessments[-1])
    marks = [
        Mark(_signed(one), f"{one.get_kind_display()}, signed by {_signer(one)}", main=True)
        for one in found.assessments
    ]
    between = ((_on(one), one.title) for one in lines)
    return line_of_time(
        [*marks, *(Mark(on, title) for on, title in between if first <= on <= last)]
    )


def _on(line: Line) -> date:
    return line.on or day_of(line.when())


def _signer(one: Assessment) -> str:
    return one.signed_by.name if one.signed_by else ""
