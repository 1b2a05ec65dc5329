"""The tables of who has access, as the chair of an area looked at it each quarter (S19)."""

from django.db import models
from django.db.models import Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, User

KEPT = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")


class AccessReview(Record):
    """The chair has looked at everybody with a post in the area, and signed it. Never changed."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="access_reviews")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    next_date = models.DateField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["area", "-at"], name="access_review_of_an_area")]


class AccessSaid(Record):
    """What was said of one account: kept, or to be ended with the reason. Never changed."""

    review = models.ForeignKey(AccessReview, models.PROTECT, related_name="said")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    keeps = models.BooleanField()
    words = models.TextField(blank=True)

    kept = KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="said_once_of_an_account"),
            models.CheckConstraint(
                name="access_ends_for_a_reason", condition=Q(keeps=True) | ~Q(words="")
            ),
        ]
