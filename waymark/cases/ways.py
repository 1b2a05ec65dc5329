"""The way of a case: where it can stand, and where it can go from there. The one table.

Pages offer, tests walk and docs/stages.md draws what stands here.
"""

from dataclasses import dataclass

from waymark.cases.models import Stage
from waymark.cases.models.case import ENDS
from waymark.directory.models import Role

POLICE = (Role.POLICE_OFFICER, Role.POLICE_LEAD)
CHAIRS = (Role.CHAIR, Role.VICE_CHAIR)
LEADS = (Role.ADULT_LEAD, Role.FAMILIES_LEAD)


@dataclass(frozen=True)
class Place:
    """A stage: the post that holds the case there, and what waits for it."""

    stage: Stage
    holder: Role | None  # none: whoever holds it goes on
    next: str  # the next step in one sentence
    task: str = ""  # what waits when a case comes here: a task's kind
    limit: str = ""  # its time limit in the policy pack
    clause: str = ""


PLACES = {
    place.stage: place
    for place in (
        Place(
            Stage.GATHERING,
            None,
            "The police officer gathers enough for partners to check their systems.",
            "gather",
            "gathering",
            "2.7.3",
        ),
        Place(
            Stage.FIRST_RISK,
            None,
            "The police officer reduces the risk and assesses it for the first time.",
            "first_risk",
            "first_risk",
            "2.7.4",
        ),
        Place(
            Stage.LEAD_REVIEW,
            Role.FAMILIES_LEAD,  # the adult lead, where the person is 18 or over
            "The Prevent lead reviews the referral.",
            "lead_review",
            "lead_review",
            "2.7.6",
        ),
        Place(
            Stage.PARTNER_CHECKS,
            Role.POLICE_OFFICER,
            "The police ask partners for information, and partners answer by the date set.",
            "ask_partners",
            "ask_partners",
            "2.7.8",
        ),
        Place(
            Stage.SECOND_RISK,
            Role.POLICE_OFFICER,
            "The police officer minimises conflict, assesses the factors and the risk again.",
            "second_risk",
            "second_risk",
            "2.7.10",
        ),
        Place(
            Stage.NEXT_STEP,
            Role.CHAIR,
            "The chair and the police agree the next step, each without seeing the other’s first.",
            "next_step",
            "next_step",
            "2.7.11",
        ),
        Place(
            Stage.PANEL,
            Role.CHAIR,
            "The panel assesses, weighs both risks and decides.",
            "panel",
            "panel",
            "2.5.10",
        ),
        Place(
            Stage.SEEKING_CONSENT,
            Role.CHAIR,
            "The person named in the plan asks for consent.",
            "ask_consent",
            "consent",
            "2.10.4",
        ),
        Place(
            Stage.SUPPORTED,
            Role.CHAIR,
            "The agreed plan is delivered. The panel reviews it at every meeting.",
            "panel",
            "panel",
            "2.8.18",
        ),
        Place(
            Stage.EXIT_RECOMMENDED,
            Role.CHAIR,
            "The chair and the police lead each decide whether to endorse the exit.",
            "endorse_exit",
            "endorse_exit",
            "2.8.15",
        ),
        Place(
            Stage.POLICE_HELD,
            Role.POLICE_OFFICER,
            "The police hold the case and look at it again by a date.",
        ),
        Place(
            Stage.EXITED,
            Role.CHAIR,
            "The panel looks at the case again 6 and 12 months after the exit.",
        ),
    )
}


@dataclass(frozen=True)
class Way:
    """From one stage to another: whose act it is, on which clause, and what it means."""

    start: Stage
    to: Stage
    act: str
    who: tuple[Role, ...]
    clause: str
    says: str


S = Stage
# Not opened to its area, held by the police, or an end waits: it moves to no other panel then.
NOT_MOVED = (S.GATHERING, S.FIRST_RISK, S.POLICE_HELD, S.EXIT_RECOMMENDED)
AFTER_PANEL = (S.OTHER_SUPPORT, S.NOT_APPROPRIATE, S.DECLINED)
WAYS = (
    Way(S.GATHERING, S.FIRST_RISK, "gather", POLICE, "2.7.3", "Partners can check their systems"),
    Way(S.FIRST_RISK, S.LEAD_REVIEW, "assess_risk", POLICE, "2.7.5", "No conflict or major risk"),
    Way(S.FIRST_RISK, S.POLICE_HELD, "hold", POLICE, "2.7.5", "Conflict or major risk"),
    Way(S.LEAD_REVIEW, S.PARTNER_CHECKS, "review", LEADS, "2.7.8", "Partners are to be asked"),
    Way(S.LEAD_REVIEW, S.SECOND_RISK, "review", LEADS, "2.7.6", "Nobody is to be asked"),
    Way(
        S.PARTNER_CHECKS, S.SECOND_RISK, "finish_checks", POLICE, "2.7.9", "Partners have answered"
    ),
    Way(S.SECOND_RISK, S.NEXT_STEP, "assess_risk", POLICE, "2.7.10", "Risk assessed a second time"),
    Way(S.SECOND_RISK, S.POLICE_HELD, "hold", POLICE, "2.7.10", "Conflict or major risk"),
    *(
        Way(S.NEXT_STEP, to, "next_step", CHAIRS + POLICE, "2.7.11", f"Chair and police: {says}")
        for to, says in (
            (S.PANEL, "a panel"),
            (S.NO_FURTHER_ACTION, "no further action"),
            (S.NEXT_STEP, "a safeguarding outcome or assessment is awaited"),
            (S.PARTNER_CHECKS, "partners are to be asked more"),
            (S.SECOND_RISK, "risk is to be assessed again"),
        )
    ),
    Way(S.PANEL, S.SEEKING_CONSENT, "decide", CHAIRS, "2.10.3", "The panel agrees a plan"),
    Way(S.PANEL, S.PANEL, "decide", CHAIRS, "2.5.10", "The panel defers its decision"),
    Way(S.PANEL, S.OTHER_SUPPORT, "decide", CHAIRS, "2.8.5", "Another support is better"),
    Way(S.PANEL, S.NOT_APPROPRIATE, "decide", CHAIRS, "2.8.5", "Channel is not appropriate"),
    Way(S.PANEL, S.DECLINED, "decide", CHAIRS, "2.10.4", "Consent was refused or withdrawn"),
    Way(S.SEEKING_CONSENT, S.SUPPORTED, "answer_consent", (), "2.10.4", "Consent is given"),
    Way(S.SEEKING_CONSENT, S.PANEL, "answer_consent", (), "2.10.4", "Consent is not given"),
    Way(S.SUPPORTED, S.SUPPORTED, "decide", CHAIRS, "2.8.18", "Reviewed: support goes on"),
    Way(S.SUPPORTED, S.EXIT_RECOMMENDED, "decide", CHAIRS, "2.8.14", "The panel recommends exit"),
    Way(S.SUPPORTED, S.PANEL, "decide", CHAIRS, "2.8.16", "Not satisfied: a new plan"),
    Way(S.SUPPORTED, S.PANEL, "withdraw_consent", (), "1.1.4", "Consent is withdrawn"),
    Way(
        S.EXIT_RECOMMENDED,
        S.EXITED,
        "endorse_exit",
        (*CHAIRS, Role.POLICE_LEAD),
        "2.8.15",
        "Chair and police lead endorse the exit",
    ),
    Way(
        S.EXIT_RECOMMENDED,
        S.PANEL,
        "endorse_exit",
        (*CHAIRS, Role.POLICE_LEAD),
        "2.8.16",
        "One of them refuses the exit",
    ),
    Way(S.EXIT_RECOMMENDED, S.PANEL, "withdraw_consent", (), "1.1.4", "Consent is withdrawn"),
    *(
        Way(stage, S.POLICE_HELD, "hold", POLICE, "2.8.17", "Risk of criminality has risen")
        for stage in S
        if stage not in ENDS and stage not in (S.POLICE_HELD, S.FIRST_RISK, S.SECOND_RISK)
    ),
    *(
        Way(S.POLICE_HELD, stage, "release", POLICE, "2.8.17", "Suitable for Channel: goes on")
        for stage in S
        if stage not in ENDS and stage != S.POLICE_HELD
    ),
    Way(S.POLICE_HELD, S.LEFT_CHANNEL, "leave", POLICE, "2.1.6", "Left Channel: criminal justice"),
    *(
        Way(
            stage, S.NO_LONGER_POSSIBLE, "end_early", POLICE + CHAIRS, "2.8.9", "No longer possible"
        )
        for stage in S
        if stage not in ENDS and stage != S.POLICE_HELD
    ),
    *(
        Way(
            stage,
            S.TRANSFERRED_OUT,
            "transfer_out",
            (*CHAIRS, Role.POLICE_LEAD),
            "2.6.1",
            "A panel elsewhere has taken it; chair and police lead agree",
        )
        for stage in S
        if stage not in ENDS and stage not in NOT_MOVED
    ),
    *(
        Way(stage, S.GATHERING, "reopen", POLICE, "2.5.6", "A new concern: re-opened by screening")
        for stage in sorted(ENDS)
    ),
    Way(S.EXITED, S.PANEL, "review_exit", CHAIRS, "2.8.18", "Re-opened by a review after exit"),
)


class NoSuchWay(Exception):
    """A defect of ours, not a refusal: a use case asked for a move that the table lacks."""


def way(start: str, to: str, act: str) -> Way:
    for one in WAYS:
        if (one.start, one.to, one.act) == (start, to, act):
            return one
    raise NoSuchWay(f"No way from {start} to {to} by {act}")


def ways_from(stage: str) -> tuple[Way, ...]:
    return tuple(one for one in WAYS if one.start == stage)
