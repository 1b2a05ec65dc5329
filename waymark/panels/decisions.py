"""The panel decides on a case, quorate and on a signed assessment (2.5.10, 2.5.11, 2.8.9)."""

from waymark.assessments.latest import latest_signed
from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import give
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels import actions
from waymark.panels.completeness import CONFIRMED_BY_CHAIR, check_in_full
from waymark.panels.conflict_checks import may_decide_checked
from waymark.panels.endings import ends
from waymark.panels.meeting import drafts
from waymark.panels.meeting.meetings import locked_meeting, may_chair, next_planned
from waymark.panels.models import AgendaItem, Attendance, Decision, Meeting, Position
from waymark.panels.proposals import (
    Proposal,
    basis_of,
    check_proposal,
    dissent_of,
    unanswered_by,
)
from waymark.panels.quorum import may_decide_with, members_present
from waymark.policy.pack import in_force
from waymark.support import ended, pieces, plans
from waymark.support.models import PieceTurn

Kind = Decision.Kind
ENDS = {
    Kind.EXIT_RECOMMENDED: Stage.EXITED,
    Kind.OTHER_SUPPORT: Stage.OTHER_SUPPORT,
    Kind.NOT_APPROPRIATE: Stage.NOT_APPROPRIATE,
    Kind.DECLINED: Stage.DECLINED,
}
IN_FULL = (
    "more_information", "assessment_is", "amended", "signposted", "social_care_by", "told_what",
    "told_by",
)  # fmt: skip
GOES_TO = {
    Kind.DEFERRED: Stage.PANEL,
    Kind.GOES_ON: Stage.SUPPORTED,
    Kind.NEW_PLAN: Stage.PANEL,
    Kind.EXIT_RECOMMENDED: Stage.EXIT_RECOMMENDED,
}


def may_decide(user: User, item: AgendaItem) -> None:
    """The chair, in an open meeting with its quorum, once for each case on its agenda."""
    may_chair(user, item.meeting.area)
    if item.meeting.state != Meeting.State.OPEN:
        raise Refused(
            "The panel decides in a meeting that is open", clause="2.8.9",
            until="Open the meeting on its day, or call one for today.",
        )  # fmt: skip
    if item.heard_at or item.carried_to_id:
        raise Refused(
            "This case has its outcome at this meeting", clause="2.8.9",
            until="It is heard again at the next.",
        )  # fmt: skip
    if item.case.stage in (Stage.PANEL, Stage.SUPPORTED):
        may_act(user, item.case, "decide")
    may_decide_with(item)
    may_decide_checked(item)


@act
def decide(item: AgendaItem, *, by: User, said: Proposal, version: int | None = None) -> Decision:
    """Record what the panel decided of a case, and do it.

    Once support was agreed, an end is only proposed: chair and police lead endorse it.
    """
    meeting = locked_meeting(item.meeting, by=by)
    case = locked(item.case, version=version)
    pieces.lock_all(case)
    item = meeting.items.get(pk=item.pk)
    item.meeting, item.case = meeting, case
    may_decide(by, item)
    members = members_present(item)
    check_proposal(item, said, members)
    check_in_full(item, said)
    accept_where_offered(case, by=by)
    decision = _keep(item, said, by=by)
    _keep_positions(decision, said, members)
    actions.hear(item, said.heard, by=by)
    actions.give_out(decision, said.actions, by=by)
    drafts.draft(decision, by=by)
    _do(case, decision, said, by=by)
    return decision


def _keep(item: AgendaItem, said: Proposal, *, by: User) -> Decision:
    case, waiting = item.case, unanswered_by(item.case)
    noted = said.kind == Kind.NOTED
    bodies = f"{', '.join(waiting)}: {said.unanswered.strip()}" if waiting else ""
    decision = Decision.objects.create(
        case=case, item=item, meeting=item.meeting, kind=said.kind,
        basis=basis_of(said.positions), assessment=None if noted else latest_signed(case),
        plan=said.plan if said.kind == Kind.PLAN_AGREED else plans.agreed(case),
        information=said.information.strip(), changed=said.changed.strip(),
        risk_to_person=said.risk_to_person.strip(), risk_to_society=said.risk_to_society.strip(),
        reasons=said.reasons.strip(), dissent=dissent_of(said), unanswered=bodies,
        health_social_care=said.health_social_care.strip(),
        referrer_asked=said.referrer_asked.strip(), remains=said.remains.strip(),
        next_review_date=said.next_review_date,
        confirmed_at=now() if said.kind in CONFIRMED_BY_CHAIR else None, **_in_full(said),
        case_version=case.version, by=by, organisation=by.organisation, at=now(),
        edition=in_force().code,
    )  # fmt: skip
    record(
        "panel_decided", by=by, at=decision.at, case_id=case.pk, row=decision,
        decision=said.kind, basis=decision.basis, meeting=item.meeting_id,
    )  # fmt: skip
    item.heard_at = decision.at
    item.save(update_fields=["heard_at"])
    record("item_heard", by=by, at=decision.at, case_id=case.pk, row=item)
    return decision


def _in_full(said: Proposal) -> dict[str, str]:
    return {name: getattr(said, name).strip() for name in IN_FULL}


def _keep_positions(decision: Decision, said: Proposal, members: list[Attendance]) -> None:
    by_member = {member.pk: member for member in members}
    for each in said.positions:
        member = by_member[each.member.pk]
        kept = Position.objects.create(
            case=decision.case, decision=decision, attendance=member,
            organisation=member.organisation, stance=each.stance, words=each.words.strip(),
        )  # fmt: skip
        record("position_kept", by=decision.by, at=decision.at, case_id=decision.case_id, row=kept)


def _do(case: Case, decision: Decision, said: Proposal, *, by: User) -> None:
    kind, why = Kind(decision.kind), decision.reasons
    if kind == Kind.NOTED:
        return
    ends.lapse(case, by=by)
    if kind == Kind.PLAN_AGREED:
        _agree_plan(case, decision, by=by)
    elif kind in GOES_TO:
        move(case, GOES_TO[kind], act="decide", by=by, why=why)
        if kind == Kind.EXIT_RECOMMENDED:
            ends.propose(decision, to=ENDS[kind], by=by)
        elif kind == Kind.NEW_PLAN:
            plans.ask_for(case, by=by, due=next_planned(case.area))
    elif plans.was_ever_agreed(case):
        ends.propose(decision, to=ENDS[kind], by=by, review_date=said.review_date)
    else:
        may_end(case)
        move(case, ENDS[kind], act="decide", by=by, why=why)


def _agree_plan(case: Case, decision: Decision, *, by: User) -> None:
    """The plan is agreed; the one before ends, and whoever is named asks for consent."""
    plan = decision.plan
    assert plan is not None
    stopped = pieces.end_all(case, why=PieceTurn.Why.NEW_PLAN, by=by, but=plan)
    plans.agree(case, plan, by=by)
    move(case, Stage.SEEKING_CONSENT, act="decide", by=by, why=decision.reasons)
    ended.tell(case, stopped, by=by)
    if plan.asker != by:
        give(
            "ask_consent", by=by, case=case, user=plan.asker, role=Role.CHAIR,
            due=plan.ask_by_date, object_id=plan.pk, clause="2.10.4",
            why="You are named to ask for consent to the agreed plan.",
        )  # fmt: skip
