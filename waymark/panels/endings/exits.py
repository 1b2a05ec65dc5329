"""Endorsing an end: an exit, or another end once support was agreed (2.8.14 to 2.8.16)."""

from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.endings import ends
from waymark.panels.endings.before_exit import may_leave_open, minutes_are_signed
from waymark.panels.meeting.meetings import may_chair
from waymark.panels.models import EndProposal, EndWithdrawal
from waymark.support import pieces

CLAUSE = "2.8.15"
current = ends.current


def may_decide(user: User, proposal: EndProposal) -> None:
    """The chair and the police lead decide once each: two people, two bodies (2.8.15)."""
    ends.may_speak(user, proposal)


def may_endorse(user: User, proposal: EndProposal) -> None:
    """The same, once the minutes are signed and all is settled that must be before any end."""
    may_decide(user, proposal)
    minutes_are_signed(proposal)
    may_end(proposal.case)


@act
def endorse(
    proposal: EndProposal, *, by: User, why: str, left_open: str = "", version: int | None = None
) -> bool:
    """Endorse a proposed end. When both have, the case ends (2.8.15): returns whether it has.

    `left_open`: why it may end with what is not addressed.
    """
    proposal = _locked(proposal, version)
    may_endorse(by, proposal)
    said = needs(why, why="Nothing says why you endorse it", clause=CLAUSE)
    still = may_leave_open(proposal.case, left_open)
    accept_where_offered(proposal.case, by=by)
    ends.speak(proposal, endorses=True, why=said, left_open=still, by=by)
    both = proposal.opinions.filter(endorses=True).count() == len(ends.SPEAKS_FOR)
    if both:
        ends.take_effect(proposal, by=by)
    return both


@act
def refuse(proposal: EndProposal, *, by: User, why: str, version: int | None = None) -> None:
    """Refuse a proposed end: the panel reconsiders, with a new plan due (2.8.16)."""
    proposal = _locked(proposal, version)
    may_decide(by, proposal)
    said = needs(why, why="Nothing says why you refuse it", clause="2.8.16")
    accept_where_offered(proposal.case, by=by)
    ends.speak(proposal, endorses=False, why=said, by=by)
    ends.send_back(proposal, by=by, why=said)


def may_withdraw(user: User, proposal: EndProposal) -> None:
    """Whoever endorsed first, while the other has not decided."""
    mine = proposal.opinions.filter(by=user, endorses=True)
    if proposal.closed_at or not mine.exists():
        raise Refused(
            "There is no endorsement of yours to take back", clause=CLAUSE,
            until="It can be taken back until the other post has decided.",
        )  # fmt: skip


@act
def withdraw(proposal: EndProposal, *, by: User, why: str, version: int | None = None) -> None:
    """Take the first endorsement back: the same text is put to both anew (2.8.15)."""
    proposal = _locked(proposal, version)
    may_withdraw(by, proposal)
    said = needs(why, why="Nothing says why you take it back", clause=CLAUSE)
    made = EndWithdrawal.objects.create(
        case=proposal.case, opinion=proposal.opinions.get(by=by), why=said, by=by, at=now()
    )
    record("endorsement_withdrawn", by=by, at=made.at, case_id=made.case_id, row=made)
    ends.close(proposal, EndProposal.Outcome.WITHDRAWN, by=by)
    decision = proposal.decision
    decision.case = proposal.case
    ends.propose(
        decision, to=Stage(proposal.to), by=by, review_date=proposal.review_date,
        reasons=proposal.reasons, writer=proposal.written_by,
    )  # fmt: skip


def may_restate(user: User, case: Case) -> None:
    """The chair, while an end is proposed or has lapsed because the case changed."""
    may_chair(user, case.area)
    last = case.end_proposals.last()
    waits = case.stage == Stage.EXIT_RECOMMENDED or (last is not None and not last.closed_at)
    if last is None or not waits or case.stage not in (Stage.EXIT_RECOMMENDED, Stage.PANEL):
        raise Refused("No end of this case is proposed", clause="2.8.14")
    if last.to == Stage.EXITED and case.stage != Stage.EXIT_RECOMMENDED:
        raise Refused(
            "The case is no longer recommended for exit", clause="2.8.14",
            until="The panel decides on it again.",
        )  # fmt: skip


@act
def restate(case: Case, *, by: User, reasons: str, version: int | None = None) -> EndProposal:
    """Put a proposed end in other words: every endorsement of the text before lapses (R20)."""
    case = locked(case, version=version)
    may_restate(by, case)
    before = case.end_proposals.select_related("decision").last()
    assert before is not None
    said = needs(reasons, why="The recommendation has no reasons", clause="2.8.14")
    ends.lapse(case, by=by)
    before.decision.case = case
    return ends.propose(
        before.decision, to=Stage(before.to), by=by, review_date=before.review_date, reasons=said
    )


def _locked(proposal: EndProposal, version: int | None) -> EndProposal:
    """The proposal as it is now, its case locked: two people who act at once take turns."""
    case = locked(proposal.case, version=version)
    pieces.lock_all(case)
    whole = case.end_proposals.select_related("decision__meeting", "written_by")
    proposal = whole.get(pk=proposal.pk)
    proposal.case = case
    return proposal
