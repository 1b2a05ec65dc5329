"""The panel's calendar: days that moved, what the invited answered, agreements of members."""

from django.db import models
from django.db.models import Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, User
from waymark.panels.models.meetings import Attendance, Meeting

OF_A_PANEL = Kept(Part.DIRECTORY, Controller.COUNCIL, Regime.UK_GDPR, "directory")


class MeetingMove(Record):
    """A planned meeting was moved from one day to another."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_A_PANEL

    class Meta:
        ordering = ["at", "id"]


class InvitationAnswer(Record):
    """What somebody invited answered; a later answer follows it. `deputy`: whom they would send."""

    class Kind(models.TextChoices):
        COMES = "comes", "Comes"
        DECLINES = "declines", "Does not come"
        DEPUTY = "deputy", "Sends a deputy"

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="answers")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    why = models.CharField(max_length=300, blank=True)
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_A_PANEL

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="answer_says_why_or_whom",
                condition=Q(kind="comes", deputy=None)
                | (Q(kind="declines", deputy=None) & ~Q(why=""))
                | Q(kind="deputy", deputy__isnull=False),
            )
        ]


class ConfidentialityAgreement(Record):
    """Somebody agreed to keep to themselves what they hear at an area's panel, and when.

    `on_paper`: signed elsewhere, and written down here by the chair or the co-ordinator.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="confidentiality_agreements")
    agreed_date = models.DateField()
    on_paper = models.BooleanField()
    edition = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_A_PANEL

    class Meta:
        ordering = ["agreed_date", "at", "id"]
