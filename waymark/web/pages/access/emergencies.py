"""Cases opened in an emergency: opening one, agreeing to it, and reviewing it afterwards."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.access import emergencies, reading
from waymark.cases.access.telling import is_late
from waymark.cases.models import EmergencyOpening
from waymark.database.clock import LONDON, day_of
from waymark.directory.models import Role
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, fresh_sign_in, post_holders
from waymark.web.forms.access import EmergencyForm, ReviewForm, SecondForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show

BOTH = ["GET", "HEAD", "POST"]
NOTHING = "There is nothing to open under this reference. That you asked is recorded."
WAITS = (
    "Somebody named on this case has to agree first. They are told now; telephone them if it"
    " cannot wait. You find it under “Cases opened in an emergency”."
)
READERS = sorted({*emergencies.MAY_OPEN, Role.AUDITOR})


@post_holders(*READERS)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """What waits to be reviewed, and what was: as far as the reader may know of it."""
    found = reading.openings()
    context = {
        "section": "home",
        "waiting": [_row(one) for one in found.waiting],
        "over": [_row(one) for one in found.over],
        "may_open": permits(emergencies.may_open, request.user),
    }
    return show(request, "emergencies/list.html", context)


def _row(one: EmergencyOpening) -> dict[str, Any]:
    when = f"{day_in_words(day_of(one.at))}, {one.at.astimezone(LONDON):%H:%M}"
    return {
        "when": {"text": when, "href": reverse("emergency", args=[one.pk])},
        "who": f"{one.user.name}, {one.user.organisation.name}",
        "reference": one.reference,
        "state": _state(one),
    }


def _state(one: EmergencyOpening) -> Any:
    if one.reviewed_by:
        return f"Reviewed by {one.reviewed_by.name}: {one.get_outcome_display()}"
    if one.case_id is None:
        return "Nothing was opened"
    if is_late(one):
        return {"text": f"Review overdue since {day_in_words(one.review_date)}", "tag": "danger"}
    waits = "Waits for a second person" if one.from_at is None else "To be reviewed"
    return f"{waits}; by {day_in_words(one.review_date)}"


@post_holders(*sorted(emergencies.MAY_OPEN))
@fresh_sign_in
@require_http_methods(BOTH)
def open_one(request: AskedBy) -> HttpResponse:
    """The reference and the reason; only then whether there is anything to open."""

    def done(made: EmergencyOpening) -> str:
        opened = made.case_id and not made.needs_second
        return reverse("case", args=[made.reference]) if opened else reverse("emergencies")

    return act_page(
        request,
        EmergencyForm(sent(request)),
        lambda form: emergencies.open_case(
            by=request.user, reference=form.cleaned_data["reference"].strip(),
            why=form.cleaned_data["why"],
        ),
        done=done,
        said=_said,
        template="emergencies/open.html",
        context={
            "section": "home",
            "title": "Open a case in an emergency",
            "button": "Record this and open the case",
            "danger": True,
            "back": reverse("emergencies"),
            "refusal": refusal(emergencies.may_open, request.user),
        },
    )  # fmt: skip


def _said(made: EmergencyOpening) -> str:
    if made.case_id is None:
        return NOTHING
    if made.needs_second:
        return WAITS
    return "You can read this case for 60 minutes. The police lead and the chair are told."


@post_holders(*READERS)
@require_http_methods(BOTH)
def one(request: AskedBy, key: int) -> HttpResponse:
    """One opening: what was said of it, and where the reader may, its agreement or review."""
    made = emergencies.opening_of(key)
    if made is None:
        raise Http404
    context = {"section": "home", "rows": _rows(made), "back": reverse("emergencies"),
               "title": "A case opened in an emergency"}  # fmt: skip
    if permits(emergencies.may_agree, request.user, made):
        return _agree(request, made, context)
    if permits(emergencies.may_review, request.user, made):
        return _review(request, made, context)
    return show(request, "emergencies/one.html", context)


def _agree(request: AskedBy, made: EmergencyOpening, context: dict[str, Any]) -> HttpResponse:
    return act_page(
        request, SecondForm(sent(request)),
        lambda form: emergencies.agree(made, by=request.user, words=form.cleaned_data["words"]),
        done=reverse("emergencies"),
        said="They can read the case for 60 minutes.",
        template="emergencies/one.html",
        context=context | {"button": "Agree that it is opened"},
    )  # fmt: skip


def _review(request: AskedBy, made: EmergencyOpening, context: dict[str, Any]) -> HttpResponse:
    return act_page(
        request, ReviewForm(sent(request)),
        lambda form: emergencies.review(
            made, by=request.user, outcome=form.cleaned_data["outcome"],
            words=form.cleaned_data["words"],
        ),
        done=reverse("emergencies"),
        said="The review is recorded.",
        template="emergencies/one.html",
        context=context | {"button": "Record the review"},
    )  # fmt: skip


def _rows(made: EmergencyOpening) -> list[dict[str, Any]]:
    words = reading.words_of(made)
    row = _row(made)
    state = row["state"]
    stands = state["text"] if isinstance(state, dict) else state
    found = [
        {"question": "Who", "answer": row["who"]},
        {"question": "When", "answer": row["when"]["text"]},
        {"question": "Reference", "answer": made.reference},
        {"question": "Why", "answer": words.get("reason", "Not shown to you")},
        {"question": "Where it stands", "answer": stands},
    ]
    if "second" in words:
        found.append({"question": "Who agreed, and why", "answer": words["second"]})
    if "review" in words:
        found.append({"question": "What the review found", "answer": words["review"]})
    return found
