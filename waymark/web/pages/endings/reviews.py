"""Reviews after an exit: held when written, late when late; any may re-open the case (R21)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.endings.under_review import is_under_review
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import Refused, permits, refusal
from waymark.panels.endings import reviews
from waymark.panels.endings.extensions import may_decide_extension, waiting_extension
from waymark.panels.models import ReviewAfterExit, ReviewExtension
from waymark.panels.reading import reviews as reading
from waymark.policy.lateness import day_in_words
from waymark.sharing import requests
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent

SEEN = "chair, police and the Prevent lead of this case"
NONE = Refused("No review of this case waits", clause="2.8.18")
NO_EXTENSION = Refused("No further review of this case is proposed", clause="2.8.18")


class ReviewForm(Questions):
    asked = Prose(
        label="Who was asked, and what did they say?",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter who was asked and what they said"},
    )
    engagement = Prose(
        label="Engagement: how does the person stand to the cause or group now?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter how the person stands to the cause or group"},
    )
    intent = Prose(
        label="Intent: is there any sign of readiness to do harm?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what is seen of intent"},
    )
    capability = Prose(
        label="Capability: what could the person do?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what is seen of capability"},
    )
    words = Prose(
        label="What was found, in all? Of a further review: why it is needed.",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter what was found"},
    )
    referrer_told = Prose(
        label="What may the referrer be told, or why nothing?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what the referrer may be told, or why nothing"},
    )
    result = Choice(
        label="What follows?",
        choices=[
            ("nothing_new", "No concern"),
            ("further", "Look again on a day: the police lead must agree"),
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

    def said(self) -> reviews.Looked:
        names = (*reviews.DIMENSIONS, "result", "asked", "words", "referrer_told", "further_date")
        return reviews.Looked(**{name: self.cleaned_data[name] for name in names})


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
        onward=_onward(request, case),
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
    assert isinstance(given, ReviewForm)
    reviews.hold_review(due, by=request.user, said=given.said(), version=given.seen_version)


def _row(one: ReviewAfterExit) -> dict[str, Any]:
    stands = reading.in_words(one)
    return {
        "number": f"Review {one.number}",
        "due": day_in_words(one.due_date),
        "state": {"text": stands, "tag": "danger"} if reading.is_late(one) else stands,
        "by": one.held_by.name if one.held_by else "",
        "words": one.words,
    }


def _onward(request: AskedBy, case: Case) -> list[dict[str, str]]:
    links = [
        (refusal(reviews.may_announce, request.user, case) is None,
         "Record that the person was told of the reviews", "announce_reviews"),
        (is_under_review(case) and permits(requests.may_ask, request.user, case),
         "Ask a partner for this review", "ask_partners"),
        (is_under_review(case), "Decide on sharing for this review", "sharing_position"),
        (waiting_extension(case) is not None, "Decide on a further review", "review_extension"),
        (not case.is_open, "Closing report", "closing_report"),
    ]  # fmt: skip
    return [
        {"text": text, "href": reverse(page, args=[case.reference])}
        for there, text, page in links
        if there
    ]


class AnnounceForm(Questions):
    words = Prose(
        label="What was the person told of the reviews, and what did they reply?",
        help_text="When they are, who is asked, and that they may say something then.",
        who_sees=SEEN,
        error_messages={"required": "Enter what the person was told"},
    )
    by_whom = asked(
        forms.CharField(
            label="Who told them?",
            max_length=200,
            error_messages={"required": "Enter who told them"},
        ),
        who_sees=SEEN,
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: AskedBy, case: Case) -> HttpResponse:
    """The person is told at the exit that the case is looked at again (R34)."""
    return case_act(
        request, case, AnnounceForm(sent(request), version=case.version),
        lambda given: reviews.announce(
            case, by=request.user, words=given.cleaned_data["words"],
            by_whom=given.cleaned_data["by_whom"], version=given.seen_version,
        ),
        rule=lambda: reviews.may_announce(request.user, case),
        title="Tell the person of the reviews",
        button="Write this down",
        template="reviews/review.html",
        reviews=[_row(one) for one in reading.of_case(case)],
        said="It is written down that the person was told.",
    )  # fmt: skip


class ExtensionForm(Questions):
    decision = Choice(
        label="Is the case looked at once more?",
        choices=[("yes", "Yes, on that day"), ("no", "No")],
        error_messages={"required": "Select whether it is looked at once more"},
    )
    why = Prose(label="Why?", who_sees=SEEN, error_messages={"required": "Enter why"})


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: AskedBy, case: Case) -> HttpResponse:
    """The chair proposes a further review; the police lead agrees or does not."""
    one = _extension(case)
    lead = "The chair proposes a further review" if one else ""
    if one:
        lead += f" on {day_in_words(one.further_date)}: {one.why}"
    return case_act(
        request, case, ExtensionForm(sent(request), version=case.version),
        lambda given: reviews.decide_extension(
            _known(case), by=request.user, agrees=given.cleaned_data["decision"] == "yes",
            why=given.cleaned_data["why"], version=given.seen_version,
        ),
        rule=lambda: may_decide_extension(request.user, _known(case)),
        title="Decide on a further review",
        button="Give this decision",
        lead=lead,
        lead_clause="2.8.18",
        template="reviews/review.html",
        reviews=[_row(each) for each in reading.of_case(case)],
        said="Your decision is written down.",
    )  # fmt: skip


def _extension(case: Case) -> ReviewExtension | None:
    one = waiting_extension(case)
    if one is not None:
        one.case = case
    return one


def _known(case: Case) -> ReviewExtension:
    if (one := _extension(case)) is None:
        raise NO_EXTENSION
    return one
