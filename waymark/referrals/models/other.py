"""What comes in beside referrals: advice asked, the form asked for, papers that fit no case."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, User

KEPT = Kept(Part.REFERRAL, Controller.POLICE, Regime.PART_3, "advice")


class Advice(Record):
    """What somebody asked and was advised, without a referral: no name is kept (2.4.8)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    asked_by_kind = models.CharField(max_length=40)  # a kind of organisation, or the public
    asked_of = models.CharField(max_length=200)  # a post, such as the line manager
    asked = models.TextField()
    advised = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["-at", "id"]


class FormRequest(Record):
    """Somebody asked the mailbox for the form: in view until it is answered (2.5.15)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    asked_how = models.CharField(max_length=40)
    answer_to = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_how = models.CharField(max_length=40, blank=True, default="")

    kept = KEPT

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="form_request_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]


class Paper(Record):
    """Something that came in and fits no case yet: on a list, with a name to it (R8)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    what = models.TextField()
    told_by = models.CharField(max_length=200)
    received_date = models.DateField()
    original_kept = models.TextField()
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="papers")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.TextField(blank=True)

    kept = KEPT

    class Meta:
        ordering = ["received_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="paper_settled_in_words",
                condition=Q(settled_at=None) | ~Q(settled_how=""),
            )
        ]
