"""While the police hold a case: what becomes of support, and how the case may leave Channel."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User


class Two(Record):
    """Something that one person proposes and another, in the other post, agrees to or refuses."""

    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    @property
    def waits(self) -> bool:
        return self.answered_at is None


def two_people(name: str) -> list[models.BaseConstraint]:
    """The constraints of a table of `Two`: two people, an answer whole or none, one waiting."""
    return [
        models.CheckConstraint(
            name=f"{name}_by_two_people",
            condition=Q(answered_by=None, answered_at=None, agreed=None)
            | (
                Q(answered_by__isnull=False, answered_at__isnull=False, agreed__isnull=False)
                & ~Q(answered_by=F("by"))
            ),
        ),
        models.UniqueConstraint(
            fields=["case"], condition=Q(answered_at=None), name=f"one_{name}_waits"
        ),
    ]


class LeaveProposal(Two):
    """The case is to leave Channel for criminal justice: officer and police lead (2.1.6)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="leave_proposals")

    kept = Kept(Part.HELD, Controller.POLICE, Regime.PART_3, "case")

    class Meta(Two.Meta):
        constraints = two_people("leaving")


class HeldSupport(Two):
    """What becomes of support while the case is held: chair and police lead, put to the panel."""

    class Decision(models.TextChoices):
        GOES_ON = "goes_on", "Support goes on"
        PAUSES = "pauses", "Support pauses"
        STOPS = "stops", "Support stops"

    case = models.ForeignKey(Case, models.PROTECT, related_name="held_support")
    decision = models.CharField(max_length=10, choices=Decision)

    kept = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")

    class Meta(Two.Meta):
        constraints = two_people("held_support")
