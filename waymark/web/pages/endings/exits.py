"""A proposed end: chair and police lead each endorse it or not, on one fixed text (2.8.15)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.endings import ending
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import Refused, permits, refusal
from waymark.panels.endings import exits
from waymark.panels.endings.before_exit import minutes_are_signed, not_addressed
from waymark.panels.models import EndOpinion, EndProposal
from waymark.panels.reading import opinions
from waymark.support.reading import consents
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent
from waymark.web.page import notice
from waymark.web.rows.exit import exit_rows

SEEN = "chair, police and the Prevent lead: the other post only once both have said theirs"
NONE = Refused(
    "No end of this case is proposed", clause="2.8.14",
    until="The panel recommends an exit in a meeting.",
)  # fmt: skip


class OpinionForm(Questions):
    decision = Choice(
        label="What do you decide?",
        choices=[
            ("endorse", "I endorse it"),
            ("refuse", "I do not: the panel considers the case again"),
        ],
        error_messages={"required": "Select what you decide"},
    )
    why = Prose(label="Why?", who_sees=SEEN, error_messages={"required": "Enter why you decide so"})
    left_open = Prose(
        label="If you endorse it: why may it end with what is not addressed?",
        help_text="All of it stands above.", who_sees=SEEN, rows=4, required=False,
    )  # fmt: skip

    def __init__(self, data: Any, *, version: int, open_ones: list[str]):
        super().__init__(data, version=version)
        if not open_ones:
            del self.fields["left_open"]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AskedBy, case: Case) -> HttpResponse:
    proposal = opinions.last_end(case)
    if proposal:
        proposal.case = case
    seen = opinions.seen_of_end(proposal) if proposal else []
    open_ones = not_addressed(case) if proposal else []
    form = OpinionForm(sent(request), version=case.version, open_ones=open_ones)
    return case_act(
        request, case, form,
        lambda given: _decide(given, proposal, request),
        rule=lambda: _may(request, proposal),
        title=_title(proposal),
        button="Give this decision",
        lead="It takes effect only when the chair and the police Prevent lead have both endorsed"
        " this text: two people, of two organisations.",
        lead_clause="2.8.15",
        template="exits/decide.html",
        proposal=proposal,
        rows=_text(proposal) if proposal else [],
        opinions=[_told(one) for one in seen],
        own_only=len(seen) == 1 and proposal is not None and proposal.closed_at is None,
        not_settled=_not_settled(case, proposal),
        before=exit_rows(case, request.user, proposal, open_ones) if proposal else [],
        onward=_onward(request, case, proposal),
        falls=consents.ends_with(case) if proposal and not proposal.closed_at else [],
        done=lambda ended: _done(request, case, proposal if ended else None),
        said="",
    )  # fmt: skip


def _done(request: AskedBy, case: Case, ended: EndProposal | None) -> str:
    """Say what became of it: the second of two ends the case."""
    words = "Your decision is written down."
    if ended:
        how = ended.get_to_display()
        words = f"The case has ended: {how[0].lower()}{how[1:]}. Its support has ended with it."
    notice(request, words)
    return reverse("case", args=[case.reference])


def _may(request: AskedBy, proposal: EndProposal | None) -> None:
    if proposal is None:
        raise NONE
    if proposal.outcome == EndProposal.Outcome.ENDORSED:
        raise Refused("Both have endorsed this end: nothing more waits", clause="2.8.15")
    exits.may_decide(request.user, proposal)


def _not_settled(case: Case, proposal: EndProposal | None) -> Refused | None:
    """What must be before an endorsement and is not yet."""
    if proposal is None or proposal.closed_at:
        return None
    return refusal(minutes_are_signed, proposal) or refusal(ending.may_end, case)


def _decide(given: Questions, proposal: EndProposal | None, request: AskedBy) -> bool:
    """Whether the case has ended by it."""
    if proposal is None:
        raise NONE
    said = given.cleaned_data
    how = {"by": request.user, "why": said["why"], "version": given.seen_version}
    if said["decision"] == "endorse":
        return exits.endorse(proposal, left_open=said.get("left_open", ""), **how)
    exits.refuse(proposal, **how)
    return False


def _title(proposal: EndProposal | None) -> str:
    if proposal is None or proposal.to == "exited":
        return "Decide on the exit"
    return f"Decide on an end: {proposal.get_to_display().lower()}"


def _text(proposal: EndProposal) -> list[dict[str, Any]]:
    rows = [
        {"question": "What is proposed", "answer": proposal.get_to_display()},
        {"question": "Recommendation", "answer": proposal.reasons},
        {"question": "Written by", "answer": proposal.written_by.name},
    ]
    if proposal.outcome:
        rows.append({"question": "What became of it", "answer": proposal.get_outcome_display()})
    return rows


def _told(one: EndOpinion) -> dict[str, Any]:
    return {
        "post": one.get_post_display(),
        "at": one.at,
        "rows": [
            {"question": "Decision", "answer": "Endorses it" if one.endorses else "Does not"},
            {"question": "Why", "answer": one.why},
            {"question": "Said by", "answer": f"{one.by.name}, {one.organisation.name}"},
        ],
    }


def _onward(request: AskedBy, case: Case, proposal: EndProposal | None) -> list[dict[str, str]]:
    links = [
        ("Settle what must be before any end", "before_an_end"),
        ("Point the person to other help", "signposts"),
    ]
    if permits(exits.may_restate, request.user, case):
        links.append(("Put the recommendation in other words", "restate_exit"))
    if proposal and permits(exits.may_withdraw, request.user, proposal):
        links.append(("Take your endorsement back", "withdraw_endorsement"))
    return [{"text": t, "href": reverse(page, args=[case.reference])} for t, page in links]


class WithdrawForm(Questions):
    why = Prose(
        label="Why do you take it back?", who_sees=SEEN,
        error_messages={"required": "Enter why you take it back"},
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AskedBy, case: Case) -> HttpResponse:
    """The first of two thinks again, before the second has decided."""
    return case_act(
        request, case, WithdrawForm(sent(request), version=case.version),
        lambda given: exits.withdraw(
            _proposed(case), by=request.user, why=given.cleaned_data["why"],
            version=given.seen_version,
        ),
        rule=lambda: exits.may_withdraw(request.user, _proposed(case)),
        title="Take your endorsement back",
        button="Take it back",
        lead="The same text is then put to the chair and the police lead anew.",
        lead_clause="2.8.15",
        back=reverse("exit", args=[case.reference]),
        done=reverse("exit", args=[case.reference]),
        said="Your endorsement is taken back. Both decide anew.",
    )  # fmt: skip


def _proposed(case: Case) -> EndProposal:
    if (proposal := opinions.last_end(case)) is None:
        raise NONE
    proposal.case = case
    return proposal


class RestateForm(Questions):
    reasons = Prose(
        label="The recommendation",
        who_sees="chair, police and the Prevent lead",
        error_messages={"required": "Enter the recommendation"},
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def restate(request: AskedBy, case: Case) -> HttpResponse:
    """Other words: every endorsement of the text before lapses (R20)."""
    last = opinions.last_end(case)
    initial = {"reasons": last.reasons} if last else {}
    return case_act(
        request, case, RestateForm(sent(request), version=case.version, initial=initial),
        lambda given: exits.restate(
            case, by=request.user, reasons=given.cleaned_data["reasons"],
            version=given.seen_version,
        ),
        rule=lambda: exits.may_restate(request.user, case),
        title="Put the recommendation in other words",
        button="Put this text to both",
        lead="What was said of the text before lapses: chair and police lead decide anew.",
        lead_clause="2.8.15",
        back=reverse("exit", args=[case.reference]),
        done=reverse("exit", args=[case.reference]),
        said="The new text is put to the chair and the police lead.",
    )  # fmt: skip
