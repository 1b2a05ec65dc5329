"""What was decided of each person referred, by whom and why. Never overwritten, only followed."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.referrals.models.sent import Subject

KEPT = Kept(Part.EXTRACT, Controller.POLICE, Regime.PART_3, "not_prevent")


class Screening(Record):
    """An outcome for one person (2.5.6). The four texts: of a second or later referral (R3)."""

    class Outcome(models.TextChoices):
        NEW_CASE = "new_case", "A new case"
        JOINS_CASE = "joins_case", "Joins a case that is open"
        REOPENS_CASE = "reopens_case", "Re-opens a case that has ended"
        NOT_PREVENT = "not_prevent", "Not Prevent"

    class Reason(models.TextChoices):
        SAFEGUARDING = "safeguarding", "A safeguarding matter, passed on"
        MISUNDERSTANDING = "misunderstanding", "A misunderstanding"
        MALICIOUS = "malicious", "Malicious"
        DUPLICATE = "duplicate", "A duplicate"
        NO_CONCERN = "no_concern", "No concern that is for Prevent"

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="screenings")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    concern_type = models.CharField(max_length=60, blank=True)
    why = models.TextField()
    passed_to = models.CharField(max_length=200, blank=True)
    duplicate_of = models.CharField(max_length=12, blank=True)
    motive = models.TextField(blank=True)  # evidence that it was malicious (R30)
    content_true = models.TextField(blank=True)  # whether what it says is true, apart from motive
    what_is_new = models.TextField(blank=True)
    what_repeats = models.TextField(blank=True)
    what_was_left_open = models.TextField(blank=True)
    what_it_shows_together = models.TextField(blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="screenings")
    needs_second = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="not_prevent_has_its_reason",
                condition=(Q(outcome="not_prevent") & ~Q(reason=""))
                | (~Q(outcome="not_prevent") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="malicious_on_evidence_and_by_two",
                condition=~Q(reason="malicious")
                | (~Q(motive="") & ~Q(content_true="") & Q(needs_second=True)),
            ),
        ]


class ScreeningConfirmation(Record):
    """What the second person said of an outcome that needs two (R4, R30)."""

    screening = models.OneToOneField(Screening, models.PROTECT, related_name="confirmation")
    agrees = models.BooleanField()
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT


class ScreeningReturn(Record):
    """The police lead read a *not Prevent*: it was sent back, or let stand."""

    screening = models.OneToOneField(Screening, models.PROTECT, related_name="reading")
    sent_back = models.BooleanField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sent_back_with_a_reason", condition=Q(sent_back=False) | ~Q(why="")
            )
        ]


class Extract(Record):
    """What of a referral is about this person: all that papers and others ever show of it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="extracts")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(Part.EXTRACT, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        ordering = ["at", "id"]
