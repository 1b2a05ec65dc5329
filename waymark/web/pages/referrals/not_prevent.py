"""What was found not Prevent: the police lead reads each, lets it stand or sends it back."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.directory.permission import Refused, refusal
from waymark.policy.lateness import due_in_words
from waymark.referrals import extracts
from waymark.referrals.deciding import readings
from waymark.referrals.models import Screening, Subject
from waymark.referrals.readers import name_of
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.frames.referral import address, frame, subject_page
from waymark.web.page import show
from waymark.web.rows.told import told

BACK = "It goes back. Whoever took it reads what you wrote and screens it again."
STANDS = "It stands. Nothing more is to be done with it."
NOTHING = Refused("Nothing waits to be read here", clause="2.5.6")


@post_holders(Role.POLICE_LEAD)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Each with the referrer's words beside the reason; there is no way to settle many at once."""
    found, following = readings.waiting_to_be_read(request.user, after=request.GET.get("after", ""))
    context = {
        "section": "referrals",
        "rows": [_row(one) for one in found],
        "later": f"?after={following}" if following else "",
        "first": bool(request.GET.get("after")),
    }
    return show(request, "screening/not_prevent.html", context)


def _row(one: readings.Unread) -> dict[str, Any]:
    subject = one.screening.subject
    due = due_in_words(one.task.due_date, today())
    return {
        "name": name_of(subject),
        "reference": subject.referral.reference,
        "due": due,
        "late": one.task.is_overdue(today()),
        "said": told(one.screening),
        "words": extracts.referrers_words(subject.referral),
        "href": address(subject, "screening_read"),
    }


class ReadingForm(Questions):
    decision = Choice(
        label="What do you decide?",
        choices=[("stand", "Let it stand"), ("back", "Send it back to be screened again")],
        reveals={"back": "why"},
        error_messages={"required": "Select what you decide"},
    )
    why = Prose(
        label="What is to be looked at again?",
        who_sees="the police Prevent team",
        error_messages={"required": "Enter what is to be looked at again"},
    )


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AskedBy, subject: Subject) -> HttpResponse:
    """One of them, with the reason and the referrer's words side by side."""
    form = ReadingForm(request.POST if request.method == "POST" else None, version=subject.version)
    unread = readings.to_read(subject)
    if unread:
        unread.subject = subject
    context = frame(subject, request.user) | {
        "title": "Read what was found not Prevent",
        "button": "Give your decision",
        "said": told(unread) if unread else [],
        "words": extracts.referrers_words(subject.referral),
        "refusal": _refusal(request, unread),
    }
    return act_page(
        request,
        form,
        lambda given: readings.read(
            unread or subject.screenings.latest("at"),
            by=request.user,
            sent_back=given.cleaned_data["decision"] == "back",
            why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        done=reverse("not_prevent"),
        said=lambda made: BACK if made.sent_back else STANDS,
        template="screening/read.html",
        context=context,
    )


def _refusal(request: AskedBy, unread: Screening | None) -> Refused | None:
    if request.method == "POST":
        return None
    return refusal(readings.may_settle, request.user, unread) if unread else NOTHING
