"""What the work let somebody see, ended with the work."""

from django.db.models import QuerySet

from waymark.audit.events import record, record_each
from waymark.cases.models import Case, Grant
from waymark.cases.models.supervisor import Supervisor
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import User

WHY_SUPERVISED = "Supervises this case"


def end_requests(case: Case, *, by: Actor, request_id: int | None = None) -> None:
    """Partners see their requests no more: one that is over, or all of a case that ends."""
    found = Grant.objects.in_force(now()).filter(case=case, part=Part.REQUEST)
    if request_id is not None:
        found = found.filter(object_id=request_id)
    _end(found, case, by=by)


def show_to_supervisor(case: Case, user: User, *, parts: list[Part], by: User) -> None:
    """The supervisor reads these parts from the beginning on, for as long as they supervise."""
    moment = now()
    made = [
        Grant(case=case, part=part, user=user, given_by=by, from_at=moment, why=WHY_SUPERVISED)
        for part in parts
    ]
    Grant.objects.bulk_create(made)
    record_each("grant_made", by=by, at=moment, rows=made)


def end_supervision(case: Case, *, by: Actor) -> None:
    """Nobody supervises a locked case from now on, and what that showed is shown no more."""
    if (last := Supervisor.objects.filter(case=case, until_at=None).first()) is None:
        return
    last.until_at = now()
    last.save(update_fields=["until_at"])
    record("supervisor_ended", by=by, at=last.until_at, case_id=case.pk, row=last,
           supervisor=last.user_id)  # fmt: skip
    shown = Grant.objects.in_force(last.until_at).filter(case=case, user=last.user_id)
    _end(shown.filter(why=WHY_SUPERVISED), case, by=by)


def _end(grants: QuerySet[Grant], case: Case, *, by: Actor) -> None:
    ended, moment = list(grants.order_by("pk")), now()
    for grant in ended:
        grant.until_at = moment
    Grant.objects.bulk_update(ended, ["until_at"])
    record_each("grant_ended", by=by, at=moment, rows=ended)
