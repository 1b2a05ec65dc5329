"""A provider is suspended: all that it gives in the area stops at once. Two people lift it."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.directory.models import Area, Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece, Suspension
from waymark.support.providers import CLAUSE, WHO_CHECKS, may_provide, must_be_checked
from waymark.support.vetting import stopped

TASK, READY = "look_at_suspension", "provider_ready"


def in_force(organisation: Organisation, area: Area) -> Suspension | None:
    found = organisation.suspensions.filter(area=area, lifted_at=None)
    return found.select_related("by", "lift_asked_by").first()


def may_suspend(user: User, organisation: Organisation, area: Area) -> None:
    _is_convener(user, area)
    if not must_be_checked(organisation):
        raise Refused(
            f"{organisation.name} is a statutory partner, which a panel does not suspend",
            clause=CLAUSE, until="Hold or end its support by a decision of the panel.",
        )  # fmt: skip
    if in_force(organisation, area):
        raise Refused(f"{organisation.name} is suspended already", clause=CLAUSE)


@act
def suspend(
    organisation: Organisation, *, by: User, area: Area, why: str, look_again_date: date | None
) -> Suspension:
    """Suspend a provider: no support of it starts or goes on in this area from now on.

    A co-ordinator sees no piece of support: theirs are held by the hourly duty, and none of them
    can be started or have a session entered from now on.
    """
    may_suspend(by, organisation, area)
    pieces = stopped.locked_pieces(organisation, area)
    made = Suspension.objects.create(
        organisation=organisation, area=area, by=by, at=now(),
        why=needs(why, why="Nothing says why the provider is suspended", clause=CLAUSE),
        look_again_date=needs_day_to_come(
            look_again_date, what="the date to look at it again", clause=CLAUSE
        ),
    )  # fmt: skip
    record("provider_suspended", by=by, at=made.at, row=made, organisation=organisation.pk)
    give(
        TASK, by=by, area=area, role=Role.CHAIR, due=made.look_again_date,
        object_id=organisation.pk, clause=CLAUSE,
        why=f"{organisation.name} is suspended: does it go on, or is it lifted?"[:200],
    )  # fmt: skip
    stopped.follow(pieces, by=by)
    return made


def may_ask_to_lift(user: User, suspension: Suspension) -> None:
    _is_convener(user, suspension.area)
    if suspension.lifted_at:
        raise Refused("This suspension is lifted already", clause=CLAUSE)
    if suspension.lift_asked_by:
        raise Refused(
            f"{suspension.lift_asked_by.name} has asked already to lift it", clause=CLAUSE,
            until="A second one agrees.",
        )  # fmt: skip


@act
def ask_to_lift(suspension: Suspension, *, by: User, why: str) -> None:
    """The first of two asks that a suspension is lifted, and says why."""
    suspension = _locked(suspension)
    may_ask_to_lift(by, suspension)
    suspension.lift_why = needs(why, why="Nothing says why it can be lifted", clause=CLAUSE)
    suspension.lift_asked_by, suspension.lift_asked_at = by, now()
    suspension.save(update_fields=["lift_why", "lift_asked_by", "lift_asked_at"])
    record("lifting_asked", by=by, at=suspension.lift_asked_at, row=suspension)


def may_lift(user: User, suspension: Suspension) -> None:
    """Another one than who asked."""
    _is_convener(user, suspension.area)
    if suspension.lifted_at or not suspension.lift_asked_by:
        raise Refused("Nobody has asked to lift this suspension", clause=CLAUSE)
    if suspension.lift_asked_by_id == user.pk:
        raise Refused(
            "You asked to lift it yourself", clause=CLAUSE,
            until="A second one agrees: the chair, the vice-chair or the co-ordinator.",
        )  # fmt: skip


@act
def lift(suspension: Suspension, *, by: User) -> None:
    """The second of two agrees: the provider may be used again, where its checks are in date."""
    suspension = _locked(suspension)
    may_lift(by, suspension)
    pieces = stopped.locked_pieces(suspension.organisation, suspension.area)
    suspension.lifted_by, suspension.lifted_at = by, now()
    suspension.save(update_fields=["lifted_by", "lifted_at"])
    record("suspension_lifted", by=by, at=suspension.lifted_at, row=suspension)
    _finish(TASK, suspension.organisation, suspension.area, by=by, outcome="lifted")
    stopped.follow(pieces, by=by)


def may_let_go_on(user: User, organisation: Organisation, area: Area) -> None:
    """A chair, once the provider may be used again and something of it is held for that."""
    if not user.roles_in(area) & set(CHAIRS):
        raise Refused("Only the chair or vice-chair lets support go on", clause=CLAUSE)
    may_provide(organisation, area)
    if not any(map(stopped.is_held_for_its_provider, stopped.of(organisation, area))):
        raise Refused("No support of this provider waits to go on", clause=CLAUSE)


@act
def let_go_on(organisation: Organisation, *, by: User, area: Area) -> list[Piece]:
    """What was held because of its provider is offered again. Returns the pieces that are."""
    may_let_go_on(by, organisation, area)
    pieces = stopped.locked_pieces(organisation, area)
    _finish(READY, organisation, area, by=by, outcome="goes_on")
    return stopped.follow(pieces, by=by)


def _finish(kind: str, organisation: Organisation, area: Area, *, by: User, outcome: str) -> None:
    waiting = Task.objects.waiting().filter(kind=kind, area=area, object_id=organisation.pk)
    finish_those(list(waiting), by=by, outcome=outcome)


def _locked(suspension: Suspension) -> Suspension:
    rows = Suspension.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "area", "lift_asked_by").get(pk=suspension.pk)


def _is_convener(user: User, area: Area) -> None:
    if not user.roles_in(area) & set(WHO_CHECKS):
        raise Refused(
            "Suspending a provider is not yours to do", clause=CLAUSE,
            until=f"It is done by the chair, the vice-chair or the co-ordinator of {area.name}.",
        )  # fmt: skip
