"""A case passes from one Prevent lead to the other: when, why, and what the new one must know."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case, LedBy
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User


class Handover(Record):
    """One change of the lead: written before it by who hands over, or made when it happens.

    `from_date`: the day from which the new lead leads. `words` are empty where nobody handed
    over; `by` is empty where the day alone did it.
    """

    class Why(models.TextChoices):
        BIRTHDAY = "birthday", "The person turns 18"
        AGE = "age", "What is known of the person’s age has changed"

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    from_lead = models.CharField(max_length=20, choices=LedBy)
    to_lead = models.CharField(max_length=20, choices=LedBy)
    why = models.CharField(max_length=20, choices=Why)
    from_date = models.DateField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="handover_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="handed_over_in_words_by_somebody", condition=Q(words="") | ~Q(by=None)
            ),
        ]
