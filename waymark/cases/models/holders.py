"""Who answers for a case: exactly one person at every instant (R7)."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Role, User

KEPT = Kept(Part.CASE, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class Holder(Record):
    """Who held a case from one instant to the next. The row without an end is the holder now."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_at=None), name="one_holder_at_a_time"
            ),
            models.CheckConstraint(
                name="held_until_after_from",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            ),
        ]


class HolderOffer(Record):
    """A case offered to a post. Until somebody in that post accepts, the holder stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    to_role = models.CharField(max_length=30, choices=Role)
    # none: a duty offers it
    offered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    kept = KEPT

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_offer_at_a_time"
            ),
            models.CheckConstraint(
                name="accepted_offer_is_closed",
                condition=Q(accepted_by=None) | Q(closed_at__isnull=False),
            ),
        ]
