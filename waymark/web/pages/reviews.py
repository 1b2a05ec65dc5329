"""Reviews after an exit: held when written, late when late; any may re-open the case (R21)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import Refused
from waymark.panels import reviews
from waymark.panels.models import ReviewAfterExit
from waymark.panels.reading import reviews as reading
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent

SEEN = "chair, police and the Prevent lead of this case"
NONE = Refused("No review of this case waits", clause="2.8.18")


class ReviewForm(Questions):
    asked = Prose(
        label="Who was asked, and what did they say?",
        who_sees=SEEN,
        error_messages={"required": "Enter who was asked and what they said"},
    )
    words = Prose(
        label="What was found?",
        who_sees=SEEN,
        error_messages={"required": "Enter what was found"},
    )
    result = Choice(
        label="What follows?",
        choices=[
            ("nothing_new", "Nothing new"),
            ("further", "A further review on a day"),
            ("reopen", "Re-open the case: the panel hears it again"),
        ],
        reveals={"further": "further_date"},
        error_messages={"required": "Select what follows"},
    )
    further_date = DateField(
        label="On which day is it looked at again?",
        called="The day of the further review",
        future=True,
        error_messages={"required": "Enter the day of the further review"},
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: AskedBy, case: Case) -> HttpResponse:
    due = reading.next_waiting(case)
    if due:
        due.case = case
    return case_act(
        request, case, ReviewForm(sent(request), version=case.version),
        lambda given: _hold(given, due, request),
        rule=lambda: _may(request, due),
        title="Review after the exit",
        button="Write this review down",
        lead="It counts as held from the moment that it is written down; written late, it says so.",
        lead_clause="2.8.18",
        template="reviews/review.html",
        reviews=[_row(one) for one in reading.of_case(case)],
        done=reverse("case", args=[case.reference]),
        said="The review is written down.",
    )  # fmt: skip


def _may(request: AskedBy, due: ReviewAfterExit | None) -> None:
    if due is None:
        raise NONE
    reviews.may_review(request.user, due)


def _hold(given: Questions, due: ReviewAfterExit | None, request: AskedBy) -> None:
    if due is None:
        raise NONE
    said = given.cleaned_data
    reviews.hold_review(
        due, by=request.user, result=said["result"], asked=said["asked"], words=said["words"],
        further_date=said["further_date"], version=given.seen_version,
    )  # fmt: skip


def _row(one: ReviewAfterExit) -> dict[str, Any]:
    stands = reading.in_words(one)
    return {
        "number": f"Review {one.number}",
        "due": day_in_words(one.due_date),
        "state": {"text": stands, "tag": "danger"} if reading.is_late(one) else stands,
        "by": one.held_by.name if one.held_by else "",
        "words": one.words,
    }
