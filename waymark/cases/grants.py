"""What the work let somebody see, ended with the work."""

from waymark.audit.events import record
from waymark.cases.models import Case, Grant
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.record import Part


def end_requests(case: Case, *, by: Actor, request_id: int | None = None) -> None:
    """Partners see their requests no more: one that is over, or all of a case that ends."""
    moment = now()
    found = Grant.objects.in_force(moment).filter(case=case, part=Part.REQUEST)
    if request_id is not None:
        found = found.filter(object_id=request_id)
    for grant in found.order_by("pk"):
        grant.until_at = moment
        grant.save(update_fields=["until_at"])
        record("grant_ended", by=by, at=moment, case_id=case.pk, row=grant)
