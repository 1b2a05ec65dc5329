"""Who supervises a case: somebody other than whoever holds it (R39)."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User


class Supervisor(Record):
    """Who supervised a case from one instant to the next. The row without an end is it now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="supervisors")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    kept = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_at=None), name="one_supervisor_at_a_time"
            ),
            models.CheckConstraint(
                name="supervised_until_after_from",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(until_at=None), name="supervised_by_one")
        ]
