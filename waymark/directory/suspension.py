"""The table of accounts that nobody can use: why, since when, and whether they were closed."""

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime

USER = "directory.User"


class Suspension(Record):
    """An account is suspended, until it is woken or closed. `by`: none where a duty did it.

    `receiver`: who takes over what was left with it, where the administrator named somebody.
    """

    class Kind(models.TextChoices):
        LEFT = "left", "They have left, or leave now"
        AWAY = "away", "They are away for long"
        MISUSE = "misuse", "It may be misused"
        UNUSED = "unused", "Nobody signed in for 90 days"
        UNCONFIRMED = "unconfirmed", "Their organisation did not confirm them"

        @property
        def is_by_itself(self) -> bool:
            """Whether a duty suspends so, and no person does."""
            return self in (Suspension.Kind.UNUSED, Suspension.Kind.UNCONFIRMED)

    user = models.ForeignKey(USER, models.PROTECT, related_name="suspensions")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)
    woken_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    kept = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(woken_at=None), name="suspended_once"
            ),
            models.CheckConstraint(
                name="suspended_by_another_with_words",  # or by a duty
                condition=Q(kind__in=["unused", "unconfirmed"], by=None)
                | (
                    ~Q(kind__in=["unused", "unconfirmed"])
                    & Q(by__isnull=False)
                    & ~Q(by=F("user"))
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(
                name="woken_or_closed_by_somebody",
                condition=Q(woken_at=None, woken_by=None, closed_at=None, closed_by=None)
                | Q(woken_at__isnull=False, woken_by__isnull=False, closed_at=None, closed_by=None)
                | Q(woken_at=None, woken_by=None, closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]
