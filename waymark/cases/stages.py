"""Moving a case along the table of ways: a move is a row of its history.

The case is offered to the post that holds the next stage, and that post gets its task.
"""

from datetime import timedelta

from waymark.audit.events import record
from waymark.cases.grants import end_requests, end_supervision
from waymark.cases.holders import offer
from waymark.cases.models import Case, Move, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.tasks import close_all_of, give
from waymark.cases.ways import PLACES, WAYS, way, ways_from
from waymark.database.actor import Actor
from waymark.database.clock import day_of, now
from waymark.directory.models import Role, User, person_of
from waymark.directory.permission import Changed, Refused
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force


def locked(case: Case, *, version: int | None = None) -> Case:
    """The case as it is now, locked: two people who act at once take turns.

    Raises Changed where the case is no longer the `version` that the person saw.
    """
    # no key: what others write on the case, such as a partner's reply, need not wait for us
    mine = Case.objects.select_for_update(of=("self",), no_key=True)
    now_it_is = mine.select_related("area").get(pk=case.pk)
    if version is not None and now_it_is.version != version:
        last = now_it_is.moves.order_by("at").select_related("by").last()
        who = f" by {last.by.name}" if last and last.by else ""
        raise Changed(
            f"This case was changed{who} while you had the page open. "
            f"It now stands at: {now_it_is.get_stage_display()}."
        )
    return now_it_is


def may_act(user: User, case: Case, act: str) -> None:
    """Somebody in one of the posts that the table names for this act, at this stage."""
    here = [one for one in ways_from(case.stage) if one.act == act]
    if not here:
        raise _not_here(case, act)
    who = {role for one in here for role in one.who}
    if who and not user.roles_in(case.area) & who:
        posts = " or ".join(sorted(Role(role).label for role in who))
        raise Refused(
            "This is not yours to do",
            clause=here[0].clause,
            until=f"It is done by: {posts}, of {case.area.name}.",
        )


def _not_here(case: Case, act: str) -> Refused:
    """Done already, and when; or not to be done at the stage where the case stands."""
    clause = next(one.clause for one in WAYS if one.act == act)
    ways = {(one.start, one.to) for one in WAYS if one.act == act}
    made = case.moves.order_by("at", "pk")
    done = [one for one in made if (one.start, one.to) in ways]
    if done:
        return Refused(f"This was done on {day_in_words(day_of(done[-1].at))}", clause=clause)
    return Refused(
        f"This cannot be done while the case stands at “{case.get_stage_display()}”",
        clause=clause,
        until=PLACES[Stage(case.stage)].next if Stage(case.stage) in PLACES else "",
    )


def move(case: Case, to: Stage, *, act: str, by: Actor, why: str) -> Move:
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
        by=person_of(by),
        at=moment,
        why=why,
        clause=one.clause,
        edition=in_force().code,
    )
    record("case_moved", by=by, at=moment, case_id=case.pk, row=done, start=one.start, to=one.to)
    close_all_of(case, by=by, outcome=to, ends=to in ENDS)
    if to in ENDS:
        _end(case, to)
        end_requests(case, by=by)
        end_supervision(case, by=by)
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


def arrive(case: Case, *, by: Actor) -> None:
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
