"""A provider's checks that lapse: told of in time, and its support stops the same day (2.8.13).

An hourly duty sees to it, which sees pieces, checks and its own tasks, and no case.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Duty
from waymark.database.clock import today
from waymark.directory.models import Area, Organisation, Role, User, people_in
from waymark.directory.notices import notify
from waymark.directory.permission import act, permits
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.models import Piece, ProviderCheck
from waymark.support.providers import CLAUSE, last_check, may_provide, must_be_checked
from waymark.support.vetting import stopped

SOON, STOPPED, READY = "provider_lapses", "provider_stopped", "provider_ready"


@dataclass(frozen=True)
class Used:
    """A provider that gives support in an area."""

    organisation: Organisation
    area: Area


def used() -> list[Used]:
    """Each provider that must be checked and has pieces, area by area."""
    pieces = Piece.objects.alive().exclude(state=Piece.State.PLANNED)
    pairs = sorted(set(pieces.values_list("provider_id", "area_id").order_by()))
    bodies = Organisation.objects.in_bulk([body for body, _ in pairs])
    areas = Area.objects.in_bulk([area for _, area in pairs])
    found = [Used(bodies[body], areas[area]) for body, area in pairs]
    return [one for one in found if must_be_checked(one.organisation)]


@act
def see_to(one: Used, *, by: Duty) -> None:
    """Hold what may not go on; tell of what will lapse, has stopped, or may go on again."""
    pieces = stopped.locked_pieces(one.organisation, one.area)
    if not permits(may_provide, one.organisation, one.area):
        _finish(one, SOON, READY, by=by, outcome="stopped")
        stopped.follow(pieces, by=by)
        if _stopped_untold(one, pieces):
            _give(one, STOPPED, by=by, why="may not be used: its support here is stopped.")
        return
    if any(map(stopped.is_held_for_its_provider, pieces)):
        if not _waiting(one, READY):
            _finish(one, STOPPED, by=by, outcome="may_give")
            _give(one, READY, by=by, why="may be used again: let its support go on, or not.")
        return
    _finish(one, STOPPED, READY, by=by, outcome="goes_on")
    _tell_in_time(one, pieces, by=by)


def _stopped_untold(one: Used, pieces: list[Piece]) -> bool:
    """Whether something of it was held since the chair was told last."""
    held = [piece for piece in pieces if stopped.is_held_for_its_provider(piece)]
    last = max((turn.at for piece in held if (turn := piece.turns.last())), default=None)
    told = Task.objects.filter(kind=STOPPED, object_id=one.organisation.pk, area=one.area)
    return last is not None and not told.filter(made_at__gte=last).exists()


def _tell_in_time(one: Used, pieces: list[Piece], *, by: Duty) -> None:
    """The chair, and whoever leads a piece, once for each check that will lapse."""
    checked = last_check(one.organisation, one.area)
    if checked is None:
        return
    days = in_force().limit("provider_notice").amount
    if checked.valid_until_date - timedelta(days=days) > today():
        _finish(one, SOON, by=by, outcome="renewed")
        return
    if _told_since(one, checked):
        return
    _finish(one, SOON, by=by, outcome="renewed")
    on = day_in_words(checked.valid_until_date)
    _give(
        one,
        SOON,
        by=by,
        due=checked.valid_until_date,
        why=f"a check lapses on {on}. Its support then stops.",
    )
    for lead in {piece.lead for piece in pieces}:
        _give(
            one, SOON, by=by, due=checked.valid_until_date, user=lead,
            why=f"a check lapses on {on}. Support that you lead then stops.",
        )  # fmt: skip


def _told_since(one: Used, checked: ProviderCheck) -> bool:
    same = Task.objects.filter(kind=SOON, object_id=one.organisation.pk, area=one.area)
    return same.filter(made_at__gte=checked.at).exists()


def _give(
    one: Used, kind: str, *, by: Duty, why: str, due: date | None = None, user: User | None = None
) -> None:
    """A task for `user`, or for the area's chair; whoever has it is told that it waits."""
    give(
        kind, by=by, area=one.area, user=user, role=Role.SUPPORT_LEAD if user else Role.CHAIR,
        limit="" if due else "provider_stopped", due=due, object_id=one.organisation.pk,
        clause=CLAUSE, why=f"{one.organisation.name}: {why}"[:200],
    )  # fmt: skip
    for each in [user] if user else people_in(Role.CHAIR, one.area):
        notify(each, kind, by=by, path=f"/providers/{one.organisation.pk}")


def _waiting(one: Used, *kinds: str) -> list[Task]:
    same = Task.objects.waiting().filter(kind__in=kinds, object_id=one.organisation.pk)
    return list(same.filter(area=one.area))


def _finish(one: Used, *kinds: str, by: Duty, outcome: str) -> None:
    finish_those(_waiting(one, *kinds), by=by, outcome=outcome)
