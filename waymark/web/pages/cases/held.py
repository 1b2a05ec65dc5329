"""A case that the police hold: holding it, looking again, letting it go on or leave (2.8.17)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import held, held_support
from waymark.cases.endings import leaving
from waymark.cases.models import Case, HoldReason, LeaveProposal
from waymark.cases.models.hold import Two
from waymark.database.record import Part
from waymark.directory.permission import Refused, refusal
from waymark.policy.lateness import day_in_words
from waymark.support import while_held, winding_down
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.hold import POLICE_ONLY, AgreeForm, HoldForm, ReleaseForm, SupportForm
from waymark.web.frames.case_act import case_act, sent

ASKED = ["GET", "HEAD", "POST"]
LEFT = "The case has left Channel."
STAYS = "It is not agreed that the case leaves Channel. The police go on holding it."


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
        said=lambda made: f"The police hold the case. {_looked_at(made)}",
    )


@case_page(Part.HELD)
@require_http_methods(ASKED)
def release(request: AskedBy, case: Case) -> HttpResponse:
    waits = refusal(held.may_release, request.user, case)
    reason = held.hold_of(case)
    over = refusal(held.may_be_held_longer, reason) if reason else None
    form = ReleaseForm(
        sent(request), version=case.version, waits=waits is not None, longer=over is None
    )

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

    lead = _why_held(reason, over, waits)
    return case_act(
        request,
        case,
        form,
        act,
        rule=lambda: (held.may_release if over else held.may_hold_on)(request.user, case),
        title="Look at the hold again",
        button="Record what becomes of it",
        lead=lead,
        lead_clause="2.8.17" if lead else "",
        onward=[
            {"text": "Settle what must be before any end", "href": _at("before_an_end", case)},
        ],
        said=lambda made: _becomes(made, case),
    )


def _why_held(reason: HoldReason | None, over: Refused | None, waits: Refused | None) -> str:
    """Why it is held and until when; and what can be done only now, or not yet."""
    said = []
    if reason:
        again, longest = day_in_words(reason.look_again_date), day_in_words(reason.longest_date)
        said.append(f"Held because: {reason.why}")
        said.append(f"To be looked at by {again}, at the longest until {longest}.")
    if over:
        said.append(f"{over.why}. {over.until}")
    elif waits:
        said.append(f"{waits.why}: until that is answered it can only be held longer.")
    return " ".join(said)


def _decided(
    given: AgreeForm, decide: Callable[..., None], proposal: Two, request: AskedBy
) -> bool:
    """Decide on what another proposed; whether it was agreed."""
    said = given.said()
    decide(proposal, by=request.user, **said)
    return bool(said["agrees"])


def _looked_at(made: HoldReason) -> str:
    return f"It is looked at again by {day_in_words(made.look_again_date)}."


def _becomes(made: object, case: Case) -> str:
    """What is true now: held longer, proposed to leave, or gone on from where it was."""
    match made:
        case HoldReason():
            return f"The police hold the case longer. {_looked_at(made)}"
        case LeaveProposal():
            return "It is proposed that the case leaves Channel. The police lead decides on it."
    return "The hold has ended. The case goes on from where it was."


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
        AgreeForm(sent(request), version=case.version, seen_by=POLICE_ONLY),
        lambda given: _decided(given, winding_down.decide_leaving, proposal, request),
        rule=lambda: leaving.may_decide_leaving(request.user, proposal),
        title="Decide whether this case leaves Channel",
        button="Record your decision",
        lead=f"{proposal.by.name} proposes it: {proposal.why}",
        lead_clause="2.1.6",
        onward=[{"text": "Settle what must be before any end", "href": _at("before_an_end", case)}],
        said=lambda agreed: LEFT if agreed else STAYS,
    )


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
            lambda given: _decided(given, while_held.decide, proposal, request),
            rule=lambda: held_support.may_decide_support(request.user, proposal),
            title="Decide on support while the case is held",
            button="Record your decision",
            lead=f"{proposal.by.name} proposes: {proposal.get_decision_display()}. {proposal.why}",
            lead_clause="2.8.17",
            said=lambda agreed: (
                f"{proposal.get_decision_display()}: both agree."
                if agreed
                else "It is not agreed. Support stays as it is until both agree."
            ),
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
