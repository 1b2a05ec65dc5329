"""The way of a case: where it can go from where it is.

The one table. Pages offer, tests walk and docs/stages.md draws what stands here. A move is a
row of the case's history; the case is offered to the post that holds the next stage.
"""

from dataclasses import dataclass
from datetime import timedelta

from waymark.audit.events import record
from waymark.cases.grants import end_requests
from waymark.cases.holders import offer
from waymark.cases.models import Case, Move, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.tasks import close_all_of, give
from waymark.database.clock import day_of, now
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused
from waymark.policy.pack import in_force

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
            "partner_checks",
            "partner_checks",
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
    Way(S.NEXT_STEP, S.PANEL, "next_step", CHAIRS + POLICE, "2.7.11", "Chair and police: a panel"),
    Way(
        S.NEXT_STEP,
        S.NO_FURTHER_ACTION,
        "next_step",
        CHAIRS + POLICE,
        "2.7.11",
        "Chair and police: no further action",
    ),
    Way(
        S.NEXT_STEP,
        S.NEXT_STEP,
        "next_step",
        CHAIRS + POLICE,
        "2.7.11",
        "Chair and police: a safeguarding outcome or assessment is awaited",
    ),
    Way(
        S.NEXT_STEP,
        S.PARTNER_CHECKS,
        "next_step",
        CHAIRS + POLICE,
        "2.7.11",
        "Chair and police: partners are to be asked more",
    ),
    Way(
        S.NEXT_STEP,
        S.SECOND_RISK,
        "next_step",
        CHAIRS + POLICE,
        "2.7.11",
        "Chair and police: risk is to be assessed again",
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


def locked(case: Case, *, version: int | None = None) -> Case:
    """The case as it is now, locked: two people who act at once take turns.

    Raises Changed where the case is no longer the `version` that the person saw.
    """
    # no key: what others write on the case, such as a partner's reply, need not wait for us
    mine = Case.objects.select_for_update(of=("self",), no_key=True)
    now_it_is = mine.select_related("area").get(pk=case.pk)
    if version is not None and now_it_is.version != version:
        last = now_it_is.moves.order_by("at").select_related("by").last()
        who = f" by {last.by.name}" if last else ""
        raise Changed(
            f"This case was changed{who} while you had the page open. "
            f"It now stands at: {now_it_is.get_stage_display()}."
        )
    return now_it_is


def may_act(user: User, case: Case, act: str) -> None:
    """Somebody in one of the posts that the table names for this act, at this stage."""
    here = [one for one in ways_from(case.stage) if one.act == act]
    if not here:
        raise Refused(
            f"This cannot be done while the case stands at “{case.get_stage_display()}”",
            clause=next(one.clause for one in WAYS if one.act == act),
            until=PLACES[Stage(case.stage)].next if Stage(case.stage) in PLACES else "",
        )
    who = {role for one in here for role in one.who}
    if who and not user.roles_in(case.area) & who:
        posts = " or ".join(sorted(Role(role).label for role in who))
        raise Refused(
            "This is not yours to do",
            clause=here[0].clause,
            until=f"It is done by: {posts}, of {case.area.name}.",
        )


def move(case: Case, to: Stage, *, act: str, by: User, why: str) -> Move:
    """Take a locked case to its next stage and keep the move as a row of its history.

    What waited for the stage that it leaves is closed; the post that holds the next stage is
    offered the case and gets its task. The case's own row is written last: an end may end
    one's own sight of it.
    """
    one, moment = way(case.stage, to, act), now()
    done = Move.objects.create(
        case=case,
        start=case.stage,
        to=to,
        by=by,
        at=moment,
        why=why,
        clause=one.clause,
        edition=in_force().code,
    )
    record("case_moved", by=by, at=moment, case_id=case.pk, row=done, start=one.start, to=one.to)
    close_all_of(case, by=by, outcome=to)
    if to in ENDS:
        _end(case, to)
        end_requests(case, by=by)
    else:
        case.ended_at = case.closed_date = case.police_until_date = None
    case.held_from = case.stage if to == Stage.POLICE_HELD else ""
    case.stage, case.version = to, case.version + 1
    if to in (Stage.LEAD_REVIEW, Stage.NEXT_STEP) and case.opened_to_area_at is None:
        case.opened_to_area_at = moment
    case.save()
    record("case_changed", by=by, at=moment, case_id=case.pk, row=case)
    arrive(case, by=by)
    return done


def arrive(case: Case, *, by: User) -> None:
    """Offer the case to the post that holds its stage, and give that post its task."""
    if (place := PLACES.get(Stage(case.stage))) is None:
        return
    holder = Role(case.led_by) if place.stage == Stage.LEAD_REVIEW else place.holder
    if holder:
        offer(case, to=holder, by=by)
    if place.task:
        give(
            place.task,
            by=by,
            case=case,
            role=holder or Role.POLICE_OFFICER,
            limit=place.limit,
            why=place.next,
            clause=place.clause,
        )


def _end(case: Case, to: Stage) -> None:
    """An end: who still sees the case, and until when."""
    moment = now()
    case.ended_at = moment
    if to == Stage.EXITED:  # chair and police see it until the reviews are done
        case.closed_date = case.police_until_date = None
    else:
        case.closed_date = day_of(moment)
        case.police_until_date = day_of(moment) + timedelta(
            days=in_force().limit("ended_seen_by_police").amount
        )
