"""A case that the police hold: why, until when they look again, and how it goes on (2.8.17).

The chair sees that a case is held, not why: reasons stand in tables of the part HELD.
"""

from datetime import date

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, HoldReason, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

HELD = "Held by the police"  # all that a move says of it: its reasons are for the police


def may_hold(user: User, case: Case) -> None:
    """The police, at any stage of an open case."""
    may_act(user, case, "hold")


def may_hold_on(user: User, case: Case) -> None:
    """The police, while they hold the case."""
    may_act(user, case, "release")


def may_release(user: User, case: Case) -> None:
    """The same, once nothing waits for its second person that only a held case can be asked."""
    may_hold_on(user, case)
    if case.leave_proposals.filter(answered_at=None).exists():
        raise Refused(
            "It is proposed that this case leaves Channel", clause="2.1.6",
            until="Another of the police agrees or refuses first.",
        )  # fmt: skip
    if case.held_support.filter(answered_at=None).exists():
        raise Refused(
            "A decision on support while this case is held waits", clause="2.8.17",
            until="The chair or the police lead, whoever was asked, answers it first.",
        )  # fmt: skip


def hold_of(case: Case) -> HoldReason | None:
    """Why the case is held now, for those who may know."""
    return case.hold_reasons.filter(ended_at=None).select_related("by").first()


@act
def hold(
    case: Case, *, by: User, why: str, look_again_date: date | None, version: int | None = None
) -> HoldReason:
    """Hold a case: the risk of terrorist criminality has risen, or conflict stands against it."""
    case = locked(case, version=version)
    may_hold(by, case)
    accept_where_offered(case, by=by)
    return begin_hold(case, by=by, why=why, look_again=look_again_date)


def begin_hold(case: Case, *, by: User, why: str, look_again: date | None) -> HoldReason:
    """Hold a locked case that may be held."""
    said = needs(
        why, why="Nothing says why the police hold the case", clause="2.8.17",
        until="Say why, and whether the case may still be suitable for Channel.",
    )  # fmt: skip
    moment = now()
    longest = due_date(moment, in_force().limit("police_hold"))
    day = may_look_again_on(look_again, longest)
    move(case, Stage.POLICE_HELD, act="hold", by=by, why=HELD)
    give(
        "end_hold", by=by, case=case, role=Role.POLICE_LEAD, due=longest, clause="2.8.17",
        why="The longest hold ends: the case goes on in Channel, or leaves it.",
    )  # fmt: skip
    return _keep(case, by=by, why=said, look_again=day, longest=longest)


@act
def hold_on(
    case: Case, *, by: User, why: str, look_again_date: date | None, version: int | None = None
) -> HoldReason:
    """Look at a held case and hold it longer, never beyond the longest date it began with."""
    case = locked(case, version=version)
    may_hold_on(by, case)
    accept_where_offered(case, by=by)
    said = needs(why, why="Nothing says why the case is held on", clause="2.8.17")
    before = _end_reason(case, by=by)
    may_be_held_longer(before)
    day = may_look_again_on(look_again_date, before.longest_date)
    finish_those(waiting_of(case, "look_at_hold"), by=by, outcome="held_on")
    return _keep(case, by=by, why=said, look_again=day, longest=before.longest_date)


@act
def release(case: Case, *, by: User, why: str, version: int | None = None) -> None:
    """The case is suitable for Channel and goes on from where it was held."""
    case = locked(case, version=version)
    may_release(by, case)
    needs(
        why, why="Nothing says why the case is suitable for Channel", clause="2.1.6",
        until="Say what the police considered.",
    )  # fmt: skip
    accept_where_offered(case, by=by)
    close_hold(case, by=by, why=why.strip())
    move(case, Stage(case.held_from), act="release", by=by, why="Released by the police")


def close_hold(case: Case, *, by: User, why: str) -> None:
    """End the hold of a locked case; why it ended stands where its reason stands."""
    before = _end_reason(case, by=by)
    moment = now()
    last = HoldReason.objects.create(
        case=case, why=why, by=by, at=moment, look_again_date=before.look_again_date,
        longest_date=before.longest_date, ended_at=moment,
    )  # fmt: skip
    record("hold_ended", by=by, at=moment, case_id=case.pk, row=last)


def may_be_held_longer(reason: HoldReason) -> None:
    """Until its longest date, and not beyond it."""
    if reason.longest_date < today():
        ended = reason.longest_date
        raise Refused(
            f"The longest hold ended on {ended.day} {ended:%B %Y}", clause="2.8.17",
            until="Let the case go on in Channel, or propose that it leaves Channel.",
        )  # fmt: skip


def may_look_again_on(day: date | None, longest: date) -> date:
    """`day`, where it is to come and not beyond the longest hold."""
    chosen = needs_day_to_come(day, what="the date to look at the hold again", clause="2.8.17")
    if chosen > longest:
        raise Refused(
            "The case cannot be held so long without somebody looking at it",
            clause="2.8.17",
            until=f"Look at it again by {longest.day} {longest:%B %Y} at the latest.",
        )
    return chosen


def _end_reason(case: Case, *, by: User) -> HoldReason:
    if (before := hold_of(case)) is None:
        raise Refused("This case is not held now", clause="2.8.17")
    before.ended_at = now()
    before.save(update_fields=["ended_at"])
    record("hold_reason_ended", by=by, at=before.ended_at, case_id=case.pk, row=before)
    return before


def _keep(case: Case, *, by: User, why: str, look_again: date, longest: date) -> HoldReason:
    made = HoldReason.objects.create(
        case=case, why=why, by=by, at=now(), look_again_date=look_again, longest_date=longest
    )
    record("case_held", by=by, at=made.at, case_id=case.pk, row=made, look_again=look_again)
    give(
        "look_at_hold", by=by, case=case, role=Role.POLICE_OFFICER, due=look_again,
        clause="2.8.17", why="Look at this case again: hold on, release it or let it leave.",
    )  # fmt: skip
    return made
