"""Other help that the person is pointed to, until somebody there has taken it up (2.5.12)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User


class Signpost(Record):
    """The person is pointed to a service: by whom, when; received by whom, once somebody has."""

    class Kind(models.TextChoices):
        EARLY_HELP = "early_help", "Early Help"
        CAF = "caf", "Common Assessment Framework referral"
        HEALTH = "health", "Health"
        SERVICE = "service", "A support service"
        OTHER = "other", "Something else"

    case = models.ForeignKey(Case, models.PROTECT, related_name="signposts")
    kind = models.CharField(max_length=20, choices=Kind)
    to = models.CharField(max_length=200)
    what = models.TextField()
    by_whom = models.CharField(max_length=200)
    on_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    received_by = models.CharField(max_length=200, blank=True)
    received_date = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="signpost_received_by_somebody_named",
                condition=Q(received_by="", received_date=None, recorded_by=None, recorded_at=None)
                | (
                    Q(received_date__isnull=False, recorded_by__isnull=False)
                    & Q(recorded_at__isnull=False)
                    & ~Q(received_by="")
                ),
            )
        ]
