"""The tables of how each organisation confirms its people, every six months (S19).

Their days are of the real clock, as those of signing in are.
"""

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

KEPT = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")


class ConfirmingPerson(Record):
    """Who confirms the people of an organisation, as an administrator named them. The latest row
    counts; where there is none, it follows from their posts. Never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="confirming")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]


class PersonConfirmed(Record):
    """What was said of one person with an account; waking an account says it too. Never changed."""

    class Says(models.TextChoices):
        HERE = "here", "Still here, and in the same work"
        MOVED = "moved", "Has moved to other work"
        LEFT = "left", "Has left"

    user = models.ForeignKey(User, models.PROTECT, related_name="confirmations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    says = models.CharField(max_length=10, choices=Says)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    on_date = models.DateField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="nobody_confirms_themselves", condition=~Q(user=F("by"))),
            models.CheckConstraint(
                name="moved_or_left_in_words", condition=Q(says="here") | ~Q(words="")
            ),
        ]
        indexes = [models.Index(fields=["user", "-on_date"], name="confirmations_of_somebody")]


class PersonUnconfirmed(Record):
    """Nobody has confirmed this person: warned, and from when their account is suspended."""

    user = models.ForeignKey(User, models.PROTECT, related_name="unconfirmed")
    warned_date = models.DateField()
    suspend_date = models.DateField()

    kept = KEPT

    class Meta:
        ordering = ["warned_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="suspended_only_after_a_warning",
                condition=Q(suspend_date__gt=F("warned_date")),
            )
        ]
