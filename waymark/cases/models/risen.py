"""Risk of criminality that rose, and conflict checked again: what was said, and what only the
police read of it, each in a table of its own (1.3.7, 2.8.17)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.cases.models.risk import RiskAssessment
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

WORK = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")
HELD = Kept(Part.HELD, Controller.POLICE, Regime.PART_3, "case")
Conflict = RiskAssessment.Conflict


class CriminalityRisen(Record):
    """Somebody says that the risk of criminality has risen; and what follows, once considered."""

    class Follows(models.TextChoices):
        HELD = "held", "The police hold the case"
        GOES_ON = "goes_on", "The case goes on in Channel"

    case = models.ForeignKey(Case, models.PROTECT, related_name="risen")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    follows = models.CharField(max_length=10, choices=Follows, blank=True)
    considered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    considered_at = models.DateTimeField(null=True)

    kept = WORK

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="risen_considered_whole_or_not",
                condition=Q(follows="", considered_by=None, considered_at=None)
                | (~Q(follows="") & Q(considered_by__isnull=False, considered_at__isnull=False)),
            )
        ]


class PoliceConsidered(Record):
    """What the police considered when the risk may have risen. Only they read it.

    `escalation`: their existing means; `suits`: whether Channel still suits, and why.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="police_considered")
    escalation = models.TextField()
    suits = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = HELD

    class Meta:
        ordering = ["at", "id"]


class ConflictCheck(Record):
    """The police checked for conflict again before a panel: that they did, and when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conflict_checks")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = WORK

    class Meta:
        ordering = ["at", "id"]


class ConflictAnswer(Record):
    """What such a check found, and when it is checked again. Only the police read it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conflict_answers")
    check_made = models.OneToOneField(ConflictCheck, models.PROTECT, related_name="+")
    conflict = models.CharField(max_length=20, choices=Conflict)
    check_again_date = models.DateField(null=True)

    kept = HELD

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conflict_checked_again_by_a_date",
                condition=~Q(conflict="to_be_checked") | Q(check_again_date__isnull=False),
            )
        ]
