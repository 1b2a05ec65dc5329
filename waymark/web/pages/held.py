"""A case that the police hold: holding it, looking again, letting it go on or leave (2.8.17)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import held, held_support, leaving
from waymark.cases.models import Case, HeldSupport
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.support import while_held, winding_down
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent

POLICE_ONLY = "police only: the chair sees that the case is held, not why"
BOTH = "chair and police"
ASKED = ["GET", "HEAD", "POST"]


def _again() -> DateField:
    return DateField(
        label="When do you look at it again?",
        called="The date on which you look at it again",
        future=True,
        error_messages={"required": "Enter the date on which you look at it again"},
    )


class HoldForm(Questions):
    why = Prose(
        label="Why do the police hold this case?",
        help_text="Say what you considered: the existing means of the police, and whether the case"
        " may still be suitable for Channel. No intelligence is written here.",
        who_sees=POLICE_ONLY,
        error_messages={"required": "Enter why the police hold this case"},
    )
    look_again_date = _again()


@case_page(Part.HELD)
@require_http_methods(ASKED)
def hold(request: AskedBy, case: Case) -> HttpResponse:
    form = HoldForm(sent(request), version=case.version)
    return case_act(
        request,
        case,
        form,
        lambda given: held.hold(
            case,
            by=request.user,
            why=given.cleaned_data["why"],
            look_again_date=given.cleaned_data["look_again_date"],
            version=given.seen_version,
        ),
        rule=lambda: held.may_hold(request.user, case),
        title="Hold this case",
        button="Hold this case",
        lead="The risk of terrorist criminality has risen, or somebody may be engaged in it.",
        lead_clause="2.8.17",
        said="The police hold the case.",
    )


class ReleaseForm(Questions):
    becomes = Choice(
        label="What becomes of the hold?",
        choices=[
            ("goes_on", "The case is suitable for Channel and goes on from where it was"),
            ("held_on", "The police hold it longer"),
            ("leaves", "It leaves Channel: criminal justice. The police lead must agree"),
        ],
        reveals={"held_on": "look_again_date"},
        error_messages={"required": "Select what becomes of the hold"},
    )
    look_again_date = _again()
    why = Prose(
        label="Why? What did the police consider?",
        who_sees=POLICE_ONLY,
        error_messages={"required": "Enter why"},
    )


@case_page(Part.HELD)
@require_http_methods(ASKED)
def release(request: AskedBy, case: Case) -> HttpResponse:
    form = ReleaseForm(sent(request), version=case.version)
    reason = held.hold_of(case)

    def act(given: ReleaseForm) -> object:
        answers, seen = given.cleaned_data, given.seen_version
        why, by = answers["why"], request.user
        match answers["becomes"]:
            case "goes_on":
                return held.release(case, by=by, why=why, version=seen)
            case "held_on":
                day = answers["look_again_date"]
                return held.hold_on(case, by=by, why=why, look_again_date=day, version=seen)
        return leaving.propose_leaving(case, by=by, why=why, version=seen)

    lead = ""
    if reason:
        lead = (
            f"Held because: {reason.why} To be looked at by "
            f"{day_in_words(reason.look_again_date)}, at the longest until "
            f"{day_in_words(reason.longest_date)}."
        )
    return case_act(
        request,
        case,
        form,
        act,
        rule=lambda: held.may_release(request.user, case),
        title="Look at the hold again",
        button="Record what becomes of it",
        lead=lead,
        lead_clause="2.8.17" if lead else "",
        onward=[
            {"text": "Settle what must be before any end", "href": _at("before_an_end", case)},
        ],
        said="It is recorded.",
    )


class AgreeForm(Questions):
    agrees = Choice(
        label="Do you agree?",
        choices=[("yes", "Yes, I agree"), ("no", "No")],
        reveals={"no": "why"},
        error_messages={"required": "Select whether you agree"},
    )
    why = Prose(label="Why not?", who_sees=BOTH, rows=4)

    def said(self) -> dict[str, Any]:
        return {
            "agrees": self.cleaned_data["agrees"] == "yes",
            "why": self.cleaned_data["why"],
            "version": self.seen_version,
        }


@case_page(Part.HELD)
@require_http_methods(ASKED)
def leave(request: AskedBy, case: Case) -> HttpResponse:
    """The second of the police decides whether the case leaves Channel (2.1.6)."""
    proposal = leaving.waiting_proposal(case)
    if proposal is None:
        raise Http404
    return case_act(
        request,
        case,
        AgreeForm(sent(request), version=case.version),
        lambda given: winding_down.decide_leaving(proposal, by=request.user, **given.said()),
        rule=lambda: leaving.may_decide_leaving(request.user, proposal),
        title="Decide whether this case leaves Channel",
        button="Record your decision",
        lead=f"{proposal.by.name} proposes it: {proposal.why}",
        lead_clause="2.1.6",
        onward=[{"text": "Settle what must be before any end", "href": _at("before_an_end", case)}],
        said="Your decision is recorded.",
    )


class SupportForm(Questions):
    decision = Choice(
        label="What becomes of support while the police hold the case?",
        choices=HeldSupport.Decision.choices,
        error_messages={"required": "Select what becomes of support"},
    )
    why = Prose(label="Why?", who_sees=BOTH, error_messages={"required": "Enter why"})


@case_page(Part.WORK)
@require_http_methods(ASKED)
def support(request: AskedBy, case: Case) -> HttpResponse:
    """Chair and police lead: one proposes, the other agrees or not."""
    proposal = case.held_support.filter(answered_at=None).select_related("by").first()
    if proposal is not None:
        return case_act(
            request,
            case,
            AgreeForm(sent(request), version=case.version),
            lambda given: while_held.decide(proposal, by=request.user, **given.said()),
            rule=lambda: held_support.may_decide_support(request.user, proposal),
            title="Decide on support while the case is held",
            button="Record your decision",
            lead=f"{proposal.by.name} proposes: {proposal.get_decision_display()}. {proposal.why}",
            lead_clause="2.8.17",
            said="Your decision is recorded.",
        )
    return case_act(
        request,
        case,
        SupportForm(sent(request), version=case.version),
        lambda given: held_support.propose_support(
            case,
            by=request.user,
            decision=given.cleaned_data["decision"],
            why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: held_support.may_propose_support(request.user, case),
        title="Support while the case is held",
        button="Propose this",
        lead="It counts once chair and police lead both say so.",
        lead_clause="2.8.17",
        said="Your proposal waits for the other post.",
    )


def _at(page: str, case: Case) -> str:
    return reverse(page, args=[case.reference])
