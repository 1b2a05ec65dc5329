"""What can be done on a case now: each act of the stage table, with its page."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from waymark.assessments.latest import latest_signed
from waymark.cases import areas, handover, holders
from waymark.cases.endings import leaving
from waymark.cases.known.risk import last_risk, turn_of
from waymark.cases.models import Case, LeaveProposal, RiskAssessment, Stage
from waymark.cases.reading.parts import sees_part
from waymark.cases.stages import may_act
from waymark.cases.transfers import may_answer, waiting_transfer
from waymark.cases.ways import ways_from
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import permits
from waymark.panels import interim, transfers
from waymark.panels.endings import exits
from waymark.sharing import checks, requests
from waymark.support import plans
from waymark.support.consent import ahead, asking, consents, withdrawals
from waymark.support.consent.answers import last_asked


@dataclass(frozen=True)
class Act:
    """An act as a link: a verb and a noun, and the name of its page in the site map."""

    code: str  # the act of waymark.cases.stages.WAYS
    text: str
    page: str
    grave: bool = False  # never the page's one green button
    key: str = ""  # the link's access key


ACTS = (
    Act("gather", "Finish information gathering", "gather"),
    Act("assess_risk", "Assess the risk", "assess_risk"),  # at the second: see `_as_it_stands`
    Act("review", "Review the referral", "lead_review"),
    Act("finish_checks", "Look at the partners’ answers", "partner_checks"),
    Act("next_step", "Say what the next step should be", "next_step"),
    Act("decide", "Hold the panel", "case_panel"),
    Act("answer_consent", "Record the answer on consent", "consent"),
    Act(
        "withdraw_consent",
        "Record that consent is withdrawn",
        "withdraw_consent",
        grave=True,
        key="w",
    ),  # fmt: skip
    Act("endorse_exit", "Decide on the exit", "exit"),
    Act("release", "Decide on the hold", "release"),
    Act("review_exit", "Review after the exit", "review_after_exit"),
    Act("hold", "Hold the case: risk of criminality has risen", "hold", grave=True),
    Act("end_early", "End the case: no longer possible", "early_end", grave=True),
)

RECORDS = (
    ("Write down what happened, or add a file", "entry"),
    ("Read the documents", "documents"),
    ("Record what the person was told", "told"),
    ("Decide the position on sharing", "sharing_position"),
    ("Refer to social care", "case_safeguarding"),
    ("Point the person to other help", "signposts"),
    ("Write down what is not known, or ask", "unknown"),
    ("Read or tell of a change", "changes_told"),
    ("Write down a need", "case_needs"),
    ("Write down another proceeding", "proceeding"),
    ("Note where an organisation keeps its own record", "own_records"),
)


def acts_on(case: Case, user: User) -> list[dict[str, Any]]:
    """The acts that the table gives `user` here, the main one first; a `grave` one is no button."""
    here = {way.act for way in ways_from(case.stage)}
    offered = [
        _as_it_stands(act, case, user)
        for act in ACTS
        if act.code in here and permits(may_act, user, case, act.code) and _there(act.page)
        if act.code != "withdraw_consent" or permits(withdrawals.may_withdraw, user, case)
        if act.code != "answer_consent" or sees_part(user, case, Part.WORK)
    ]
    acts = [
        *_accepting(case, user),
        *offered,
        *_of_age(case, user),
        *_planning(case, user),
        *_rerouting(case, user),
        *_transferring(case, user),
    ]
    return sorted(acts, key=lambda act: bool(act["grave"]))  # what is grave stands last


def _accepting(case: Case, user: User) -> list[dict[str, Any]]:
    """A case that is offered to one's post is accepted first: the other acts follow as links."""
    if not permits(holders.may_accept, user, case):
        return []
    address = reverse("accept", args=[case.reference])
    return [{"text": "Accept this case", "href": address, "grave": False}]


def _as_it_stands(act: Act, case: Case, user: User) -> dict[str, Any]:
    """The act as a link; where something comes before it, that instead.

    `waits`: who has to act first, where it is not the reader: then it is no link.
    """
    text, page = act.text, act.page
    match act.code:
        case "assess_risk" if case.stage == Stage.SECOND_RISK:
            signed = latest_signed(case) is not None
            text = "Assess the risk a second time" if signed else "Assess the factors"
            page = act.page if signed else "assessment"
        case "finish_checks" if not permits(checks.may_finish, user, case):
            text, page = "Ask partners", "ask_partners"
        case "answer_consent" if asking.waiting(case):
            text, page = "Say that consent was asked", "consent_asked"
        case "answer_consent" if last_asked(case) is None:
            text, page = "Arrange how consent is asked", "consent_arrange"
        case "endorse_exit" if (one := exits.current(case)) and not permits(
            exits.may_decide, user, one
        ):
            href = reverse(page, args=[case.reference])
            return {"text": "Read the exit that is proposed", "href": href, "grave": True}
        case "release" if proposal := leaving.waiting_proposal(case):
            if not permits(leaving.may_decide_leaving, user, proposal):
                return {"text": _waits(proposal, user), "waits": True, "href": "", "grave": True}
            text, page = "Decide whether this case leaves Channel", "leaving"
    href = reverse(page, args=[case.reference])
    return {"text": text, "href": href, "grave": act.grave, "key": act.key}


def _waits(proposal: LeaveProposal, user: User) -> str:
    leads = proposal.by_id == user.pk and Role.POLICE_LEAD in user.roles_in(proposal.case.area)
    who = "another of the police" if leads else "the police lead"
    return f"Waits for {who}: it is proposed that this case leaves Channel"


def _planning(case: Case, user: User) -> list[dict[str, Any]]:
    """Writing the plan moves no case: whoever writes on it can, where the panel weighs it."""
    if not permits(plans.may_write_plan, user, case):
        return []
    text = "Write the next version of the plan" if plans.latest(case) else "Write the plan"
    # while support runs it stands apart: the meeting comes first
    grave = case.stage != Stage.PANEL
    return [{"text": text, "href": reverse("plan_write", args=[case.reference]), "grave": grave}]


def _of_age(case: Case, user: User) -> list[dict[str, Any]]:
    """What a birthday asks for: it moves no case, and has no place in the table of ways."""
    anew = case.stage != Stage.SEEKING_CONSENT and permits(consents.may_answer, user, case)
    acts = (
        (anew, "Record the answer on consent", "consent"),
        (permits(ahead.may_answer_ahead, user, case), "Record the answer as an adult",
         "consent_ahead"),
        (permits(handover.may_hand_over, user, case), "Hand the case over to the adult lead",
         "hand_over"),
        (permits(handover.may_take_over, user, case), "Take this case over", "take_over"),
    )  # fmt: skip
    return [
        {"text": text, "href": reverse(page, args=[case.reference]), "grave": False}
        for offered, text, page in acts
        if offered
    ]


def _rerouting(case: Case, user: User) -> list[dict[str, Any]]:
    """Another area is not a stage: the police re-route until the case opens to its area (2.6.1)."""
    if not permits(areas.may_reroute, user, case) or not areas.areas_for(user, case):
        return []
    address = reverse("reroute", args=[case.reference])
    return [{"text": "Re-route the case to another area", "href": address, "grave": True}]


def _transferring(case: Case, user: User) -> list[dict[str, Any]]:
    """To another panel: asked, or answered by whom it is asked of (2.6.1)."""
    address = reverse("transfer", args=[case.reference])
    if permits(transfers.may_ask, user, case):
        return [{"text": "Ask another panel to take the case over", "href": address, "grave": True}]
    one = waiting_transfer(case)
    if one is not None and permits(may_answer, user, one):
        return [{"text": "Answer whether your panel takes it over", "href": address,
                 "grave": False}]  # fmt: skip
    return []


def records_on(case: Case, user: User) -> list[dict[str, str]]:
    """What whoever writes on the case may write down at any stage."""
    if not permits(may_write, user, case):
        tell = reverse("tell_change", args=[case.reference])
        return [{"text": "Tell of a change", "href": tell}]
    later = case.is_open and turn_of(case) == RiskAssessment.Turn.LATER  # else it is an act
    risk = later and last_risk(case) is not None
    records = [*RECORDS]
    if risk:
        records.append(("Assess the risk again", "assess_risk"))
    if case.is_open:
        records.append(("Say that the risk of criminality has risen", "risk_risen"))
    if permits(interim.may_take_step, user, case):
        records.append(("Take a step for safety before the next panel", "interim_steps"))
    if case.stage in requests.LATER and permits(requests.may_ask, user, case):
        records.append(("Ask a partner what is still not known", "ask_partners"))
    if not case.is_open:
        records.append(("Read the closing report", "closing_report"))
    return [{"text": text, "href": reverse(page, args=[case.reference])} for text, page in records]


def _there(name: str) -> bool:
    try:
        reverse(name, args=["x"])
    except NoReverseMatch:
        return False
    return True
