"""What can be done on a case now: each act of the stage table, with its page."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from waymark.cases import areas
from waymark.cases.models import Case, RiskAssessment
from waymark.cases.risk import turn_of
from waymark.cases.stages import may_act
from waymark.cases.ways import ways_from
from waymark.cases.writers import may_write
from waymark.directory.models import User
from waymark.directory.permission import permits


@dataclass(frozen=True)
class Act:
    """An act as a link: a verb and a noun, and the name of its page in the site map."""

    code: str  # the act of waymark.cases.stages.WAYS
    text: str
    page: str
    grave: bool = False  # never the page's one green button


ACTS = (
    Act("gather", "Finish information gathering", "gather"),
    Act("assess_risk", "Assess the risk", "assess_risk"),
    Act("review", "Review the referral", "lead_review"),
    Act("finish_checks", "Look at the partners’ answers", "partner_checks"),
    Act("next_step", "Say what the next step should be", "next_step"),
    Act("decide", "Hold the panel", "case_panel"),
    Act("answer_consent", "Record the answer on consent", "consent"),
    Act("withdraw_consent", "Record that consent is withdrawn", "withdraw_consent", grave=True),
    Act("endorse_exit", "Decide on the exit", "exit"),
    Act("release", "Decide on the hold", "release"),
    Act("review_exit", "Review after the exit", "review_after_exit"),
    Act("hold", "Hold the case: risk of criminality has risen", "hold", grave=True),
    Act("end_early", "End the case: no longer possible", "early_end", grave=True),
)

RECORDS = (
    ("Write down what happened", "entry"),
    ("Record what the person was told", "told"),
    ("Decide the position on sharing", "sharing_position"),
    ("Refer to social care", "case_safeguarding"),
    ("Write down another proceeding", "proceeding"),
    ("Note where an organisation keeps its own record", "own_records"),
)


def acts_on(case: Case, user: User) -> list[dict[str, Any]]:
    """The acts that the table gives `user` here, the main one first; a `grave` one is no button."""
    here = {way.act for way in ways_from(case.stage)}
    offered = [
        {
            "text": act.text,
            "href": reverse(act.page, args=[case.reference]),
            "grave": act.grave,
        }
        for act in ACTS
        if act.code in here and permits(may_act, user, case, act.code) and _there(act.page)
    ]
    return offered + _rerouting(case, user)


def _rerouting(case: Case, user: User) -> list[dict[str, Any]]:
    """Another area is not a stage: the police re-route until the case opens to its area (2.6.1)."""
    if not permits(areas.may_reroute, user, case) or not areas.areas_for(user, case):
        return []
    address = reverse("reroute", args=[case.reference])
    return [{"text": "Re-route the case to another area", "href": address, "grave": True}]


def records_on(case: Case, user: User) -> list[dict[str, str]]:
    """What whoever writes on the case may write down at any stage."""
    if not permits(may_write, user, case):
        return []
    risk = case.is_open and turn_of(case) == RiskAssessment.Turn.LATER  # else it is an act
    records = (*RECORDS, ("Assess the risk again", "assess_risk")) if risk else RECORDS
    return [{"text": text, "href": reverse(page, args=[case.reference])} for text, page in records]


def _there(name: str) -> bool:
    try:
        reverse(name, args=["x"])
    except NoReverseMatch:
        return False
    return True
