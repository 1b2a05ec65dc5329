"""What is settled before any end of a case, and an end because going on is no longer possible."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.cases.models.hold import Two, two_people
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

KEPT = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class EndCheck(Record):
    """Before an end: significant harm, signposting, and what is still unanswered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="end_checks")
    harm_suspected = models.BooleanField()
    harm_considered = models.TextField()
    harm_raised_by = models.CharField(max_length=200, blank=True)  # with social care (2.5.13)
    signposted = models.TextField()
    unanswered = models.TextField(blank=True)
    # why it may end though social care has not acknowledged a referral for days: the chair's
    unacknowledged = models.TextField(blank=True, db_default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="somebody_raises_suspected_harm",
                condition=Q(harm_suspected=False) | ~Q(harm_raised_by=""),
            )
        ]


class EarlyEnd(Two):
    """Going on is no longer possible: proposed by one, agreed by another."""

    class Reason(models.TextChoices):
        DIED = "died", "The person has died"
        MOVED_ABROAD = "moved_abroad", "The person has moved abroad"
        CANNOT_BE_FOUND = "cannot_be_found", "The person cannot be found"

    case = models.ForeignKey(Case, models.PROTECT, related_name="early_ends")
    reason = models.CharField(max_length=20, choices=Reason)

    kept = KEPT

    class Meta(Two.Meta):
        constraints = two_people("early_end")
