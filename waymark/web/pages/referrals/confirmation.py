"""The second person, of an end to a repeat and of *malicious*: confirms it or not (R4, R30)."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.directory.permission import Refused, refusal
from waymark.referrals import extracts
from waymark.referrals.deciding import known, second
from waymark.referrals.models import Screening, Subject
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy
from waymark.web.frames.acts import act_page
from waymark.web.frames.referral import address, frame, referral_address, subject_page
from waymark.web.rows.told import told

NOTHING = Refused("Nothing waits for a second person here", clause="2.5.6")


class ConfirmForm(Questions):
    agrees = Choice(
        label="Do you agree?",
        choices=[("yes", "Yes: it is not Prevent"), ("no", "No: it is screened again")],
        error_messages={"required": "Select whether you agree"},
    )
    why = Prose(
        label="Why?",
        help_text="Say what you read, and what you make of it.",
        who_sees="the police Prevent team",
        error_messages={"required": "Enter why"},
    )


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AskedBy, subject: Subject) -> HttpResponse:
    """What was proposed, the referrer's words beside it, and the second person's answer."""
    form = ConfirmForm(request.POST if request.method == "POST" else None, version=subject.version)
    proposal = second.proposal_of(subject)
    if proposal:
        proposal.subject = subject
    context = frame(subject, request.user) | {
        "title": "Confirm that it is not Prevent",
        "button": "Give your answer",
        "said": told(proposal) if proposal else [],
        "words": extracts.referrers_words(subject.referral),
        "earlier": known.perhaps_the_same(subject),
        "refusal": _refusal(request, proposal),
        "onward": {
            "text": "Say whether this person is known",
            "href": address(subject, "screening_known"),
        }
        if known.unanswered(subject)
        else None,
    }
    return act_page(
        request,
        form,
        lambda given: _answer(given, proposal or subject.screenings.latest("at"), request),
        done=referral_address(subject.referral),
        said=lambda made: (
            "It is confirmed: it is not Prevent. The police lead reads it next."
            if made.agrees
            else "It is not confirmed. Whoever took it screens it again."
        ),
        template="screening/confirm.html",
        context=context,
    )


def _answer(given: ConfirmForm, proposal: Screening, request: AskedBy) -> Any:
    return second.confirm(
        proposal,
        by=request.user,
        agrees=given.cleaned_data["agrees"] == "yes",
        why=given.cleaned_data["why"],
        version=given.seen_version,
    )


def _refusal(request: AskedBy, proposal: Screening | None) -> Refused | None:
    if request.method == "POST":
        return None
    return refusal(second.may_confirm, request.user, proposal) if proposal else NOTHING
