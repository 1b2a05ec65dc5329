"""Breaking the glass: a case opened in an emergency by somebody who may not see it otherwise."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

KEPT = Kept(Part.SIGHT, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class EmergencyOpeningQuerySet(models.QuerySet["EmergencyOpening"]):
    def open_at(self, at: datetime) -> "EmergencyOpeningQuerySet":
        """Those by which a case is read at that moment."""
        return self.filter(from_at__lte=at, until_at__gt=at)


class EmergencyOpening(Record):
    """Somebody asked for one case by its reference, with a reason: whether there is one or not.

    `case`: none where there is nothing to open for them. `needs_second`: it is restricted, and
    somebody of another organisation who is named on it has to agree first. It is open from
    `from_at` until `until_at`, to be read and not to be changed, and somebody else reviews it.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", "It was right to open it"
        NOT_NEEDED = "not_needed", "It was not needed, and meant well"
        WRONG = "wrong", "It was wrong, and is taken up with them"

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="emergency_openings"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)  # as it was typed
    at = models.DateTimeField()
    needs_second = models.BooleanField(default=False)
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_date = models.DateField()  # the last day on which it is to be reviewed
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    objects = EmergencyOpeningQuerySet.as_manager()
    kept = KEPT

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                name="emergency_of_two_people",
                condition=Q(second=None, second_at=None)
                | (
                    Q(second__isnull=False, second_at__isnull=False)
                    & ~Q(second=F("user"))
                    & (Q(reviewed_by=None) | ~Q(reviewed_by=F("second")))
                ),
            ),
            models.CheckConstraint(
                name="emergency_reviewed_by_somebody_else",
                condition=Q(reviewed_by=None, reviewed_at=None, outcome="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                   & ~Q(reviewed_by=F("user")) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="emergency_open_for_an_hour_at_most",
                condition=Q(from_at=None, until_at=None)
                | Q(until_at__gte=F("from_at"), case__isnull=False),
            ),
            models.CheckConstraint(
                name="restricted_opened_by_two",
                condition=Q(needs_second=False) | Q(from_at=None) | Q(second__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["user", "until_at"], name="emergencies_of_one")]


class EmergencyWords(Record):
    """What was said of an opening, and by whom: why, whether a second agrees, what a review found.

    Apart, since the auditor sees that it was opened, and none of the words.
    """

    class Kind(models.TextChoices):
        REASON = "reason", "Why it was opened"
        SECOND = "second", "What the second person said"
        REVIEW = "review", "What the review found"

    opening = models.ForeignKey(EmergencyOpening, models.PROTECT, related_name="words")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "kind"], name="said_once_of_an_opening")
        ]
