"""Supervision of casework, and the training and clearance of those who do it."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models import Case
from waymark.database.keys import Key
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.oversight.confirmed import ConfirmingPerson as ConfirmingPerson
from waymark.oversight.confirmed import PersonConfirmed as PersonConfirmed
from waymark.oversight.confirmed import PersonUnconfirmed as PersonUnconfirmed
from waymark.oversight.reviewed import AccessReview as AccessReview  # tables of this room too
from waymark.oversight.reviewed import AccessSaid as AccessSaid

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


class SampledLook(Record):
    """One look that was drawn for the viewer's supervisor to answer (R24).

    Of the look itself nothing stands here but its key. `supervisor`: none where nobody was found.
    `told`: whether the person whose case it is learns of the look, with the reason in words.
    """

    class Outcome(models.TextChoices):
        FOR_WORK = "for_work", "It was needed for the work"
        NOT_NEEDED = "not_needed", "It was not needed for the work"
        TAKEN_ON = "taken_on", "It cannot be told yet, and is taken further"

    look_id = models.BigIntegerField(unique=True)
    week_date = models.DateField()  # the Monday of the week of the look
    viewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    due_date = models.DateField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    words = models.TextField(blank=True)
    told = models.BooleanField(null=True)
    told_words = models.TextField(blank=True)

    kept = Kept(Part.AUDIT, Controller.PARTNERSHIP, Regime.UK_GDPR, "audit")

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="look_answered_by_somebody_else",
                condition=(Q(supervisor=None) | ~Q(supervisor=F("viewer")))
                & (Q(answered_by=None) | ~Q(answered_by=F("viewer"))),
            ),
            models.CheckConstraint(
                name="look_answered_whole",
                condition=Q(answered_at=None, answered_by=None, outcome="", told=None)
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, told__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(words="")
                    & ~Q(told_words="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["week_date"], name="sampled_of_a_week")]


class HiddenMatch(models.Model):
    """Somebody looked for a person, or screened one, whose case is not there for them (S30).

    Whoever looked learns nothing of it, not even by the time that it took; a job tells those
    who work on that case.
    """

    id = Key()
    hidden_case_id = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    kept = Kept(Part.AUDIT, Controller.PARTNERSHIP, Regime.UK_GDPR, "audit")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hidden_case_id", "subject_id"], name="told_once_of_a_match"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} and a case that its screener does not see"
