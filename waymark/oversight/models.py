"""Supervision of casework, and the training and clearance of those who do it."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

OF_STAFF = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")


class Supervision(Record):
    """One talk about a case: by its supervisor, with whom, when, what was taken up, when next.

    `issues`: codes of the policy pack's (2.11.3). Never changed: the next follows.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="supervisions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    with_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_date = models.DateField()
    issues = models.JSONField(default=list)
    words = models.TextField()
    next_date = models.DateField()
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="supervision_of_somebody_else", condition=~Q(by=F("with_user"))
            ),
            models.CheckConstraint(
                name="supervision_in_words_with_the_next_after_it",
                condition=~Q(words="") & Q(next_date__gt=F("held_date")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-held_date"], name="supervision_of_a_case")]


class Training(Record):
    """Somebody has taken a course of the pack (2.12.1). The latest row of a course counts."""

    user = models.ForeignKey(User, models.PROTECT, related_name="training")
    course = models.CharField(max_length=40)
    done_date = models.DateField()
    renew_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_STAFF

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="training_renewed_after_it", condition=Q(renew_date__gt=F("done_date"))
            )
        ]


class Clearance(Record):
    """How somebody is cleared, and until when. The latest row counts; what was before stays."""

    user = models.ForeignKey(User, models.PROTECT, related_name="clearances")
    level = models.CharField(max_length=40)
    expires_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_STAFF

    class Meta:
        ordering = ["at", "id"]
