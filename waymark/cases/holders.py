"""Who answers for a case. A move offers it; the one before stays until somebody accepts (R7)."""

from waymark.audit.events import record
from waymark.cases.models import Case, Holder, HolderOffer, Supervisor
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.directory.models import Role, User, person_of
from waymark.directory.permission import Refused, act


def holder_of(case: Case) -> Holder:
    """Who holds the case now: always exactly one."""
    return case.holders.select_related("user__organisation").get(until_at=None)


def offer_of(case: Case) -> HolderOffer | None:
    """The offer that waits for somebody to accept, if any."""
    return case.offers.filter(closed_at=None).first()


def take_up(case: Case, *, by: User, role: Role) -> Holder:
    """Hold a new case: whoever makes it holds it."""
    held = Holder.objects.create(case=case, user=by, role=role, from_at=now())
    record("holder_began", by=by, at=held.from_at, case_id=case.pk, row=held, holder=by.pk)
    return held


def offer(case: Case, *, to: Role, by: Actor) -> None:
    """Offer a locked case to a post. Nothing is offered to a post that already holds it."""
    withdraw(case, by=by)
    if holder_of(case).role == to:
        return
    made = HolderOffer.objects.create(
        case=case, to_role=to, offered_by=person_of(by), offered_at=now()
    )
    record("holder_offered", by=by, at=made.offered_at, case_id=case.pk, row=made, role=to)
    give(
        "accept_case",
        by=by,
        case=case,
        role=to,
        limit="accept_case",
        why="Accept this case: you answer for it from then on.",
        clause="2.8.9",
    )


def withdraw(case: Case, *, by: Actor) -> None:
    """Close an offer that nobody accepted: the case has moved on."""
    if waiting := offer_of(case):
        waiting.closed_at = now()
        waiting.save(update_fields=["closed_at"])
        record("holder_offer_closed", by=by, at=waiting.closed_at, case_id=case.pk, row=waiting)
        finish_those(waiting_of(case, "accept_case"), by=by, outcome="moved_on")


STANDS_IN = {Role.VICE_CHAIR: Role.CHAIR, Role.POLICE_LEAD: Role.POLICE_OFFICER}


def may_accept(user: User, case: Case) -> None:
    """Somebody in the post that the case is offered to, or who stands in; not its supervisor."""
    waiting = offer_of(case)
    if waiting is None:
        raise Refused("This case is not offered to anybody now", clause="2.8.9")
    roles = set(user.roles_in(case.area))
    roles |= {STANDS_IN[Role(role)] for role in roles if role in STANDS_IN}
    if waiting.to_role not in roles:
        raise Refused(
            "This case is not offered to you",
            clause="2.8.9",
            until=f"It is offered to: {Role(waiting.to_role).label}.",
        )
    if Supervisor.objects.filter(case=case, user=user, until_at=None).exists():
        raise Refused(
            "You supervise this case, and nobody supervises what they hold",
            clause="2.11.2",
            until="Ask the police lead or the chair to name another supervisor first.",
        )


@act
def accept(case: Case, *, by: User) -> None:
    """Accept the case that is offered: from this instant `by` answers for it, and nobody else."""
    locked = Case.objects.select_for_update(of=("self",), no_key=True)
    case = locked.select_related("area").get(pk=case.pk)
    may_accept(by, case)
    waiting = offer_of(case)
    if waiting is None:
        return
    waiting.closed_at, waiting.accepted_by = now(), by
    waiting.save(update_fields=["closed_at", "accepted_by"])
    record("holder_accepted", by=by, at=waiting.closed_at, case_id=case.pk, row=waiting)
    hold_from_now(case, by=by, role=Role(waiting.to_role))
    finish_those(waiting_of(case, "accept_case"), by=by, outcome="accepted")


def hold_from_now(case: Case, *, by: User, role: Role) -> None:
    """From this instant `by` holds a locked case, and whoever held it does not."""
    hand_to(case, by, role=role, by=by)


def hand_to(case: Case, to: User, *, role: Role, by: Actor) -> None:
    """From this instant `to` holds a locked case: whoever held it must not see it any more."""
    moment, before = now(), holder_of(case)
    before.until_at = moment
    before.save(update_fields=["until_at"])
    record("holder_ended", by=by, at=moment, case_id=case.pk, row=before, holder=before.user_id)
    held = Holder.objects.create(case=case, user=to, role=role, from_at=moment)
    record("holder_began", by=by, at=moment, case_id=case.pk, row=held, holder=to.pk)


def accept_where_offered(case: Case, *, by: User) -> None:
    """Acting on a case that is offered to one's post accepts it."""
    try:
        may_accept(by, case)
    except Refused:
        return
    accept(case, by=by)
