"""No longer possible: the person has died, moved abroad or cannot be found. Two people say so."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.endings import early_end
from waymark.cases.models import Case, EarlyEnd
from waymark.database.record import Part
from waymark.support import winding_down
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent

SEEN = "police, chair and the Prevent lead of this case"


class ProposeForm(Questions):
    reason = Choice(
        label="Why is going on no longer possible?",
        choices=EarlyEnd.Reason.choices,
        error_messages={"required": "Select why going on is no longer possible"},
    )
    why = Prose(
        label="How is this known?",
        who_sees=SEEN,
        error_messages={"required": "Enter how this is known"},
    )


class DecideForm(Questions):
    agrees = Choice(
        label="Do you agree that the case ends?",
        choices=[("yes", "Yes, it ends"), ("no", "No, it goes on")],
        reveals={"no": "why"},
        error_messages={"required": "Select whether you agree"},
    )
    why = Prose(label="Why does it go on?", who_sees=SEEN, rows=4)


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedBy, case: Case) -> HttpResponse:
    """One proposes it; the page of the other asks whether they agree."""
    onward = [
        {
            "text": "Settle what must be before any end",
            "href": reverse("before_an_end", args=[case.reference]),
        }
    ]
    proposal = early_end.waiting_end(case)
    if proposal is not None:
        return case_act(
            request,
            case,
            DecideForm(sent(request), version=case.version),
            lambda given: winding_down.decide_early_end(
                proposal,
                by=request.user,
                agrees=given.cleaned_data["agrees"] == "yes",
                why=given.cleaned_data["why"],
                version=given.seen_version,
            ),
            rule=lambda: early_end.may_decide_end(request.user, proposal),
            title="Decide whether this case ends",
            button="Record your decision",
            lead=f"{proposal.by.name}: {proposal.get_reason_display()}. {proposal.why}",
            lead_clause="2.8.9",
            onward=onward,
            said="Your decision is recorded.",
        )
    return case_act(
        request,
        case,
        ProposeForm(sent(request), version=case.version),
        lambda given: early_end.propose_end(
            case,
            by=request.user,
            reason=given.cleaned_data["reason"],
            why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: early_end.may_propose_end(request.user, case),
        title="End the case: no longer possible",
        button="Propose this end",
        lead="A second person decides on it.",
        lead_clause="2.8.9",
        onward=onward,
        said="Your proposal waits for a second person.",
    )
