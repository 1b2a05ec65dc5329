"""What is done for safety between two meetings, and what somebody who did not come has written."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User
from waymark.panels.models.meetings import AgendaItem, Attendance

OF_A_CASE = Kept(Part.PANEL, Controller.COUNCIL, Regime.UK_GDPR, "case")


class InterimStep(Record):
    """A step for safety that chair and police take before the panel meets next.

    One of them records it, the other agrees or says why not. It moves no case.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        NOT_AGREED = "not_agreed", "Not agreed"

    case = models.ForeignKey(Case, models.PROTECT, related_name="interim_steps")
    what = models.TextField()
    why = models.TextField()
    until_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answer_words = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    kept = OF_A_CASE

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="interim_step_answered_by_another",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (
                    ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answered_by=models.F("by"))
                ),
            ),
        ]


class Report(Record):
    """What somebody invited who does not come has written about one case (2.5.9)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="panel_reports")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="reports")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="reports")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_A_CASE

    class Meta:
        ordering = ["at", "id"]
