"""What the screener asks of a referrer, and what anyone adds later: rows, never edits."""

from django.db import models

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.referrals.models.sent import Receipt

KEPT = Kept(Part.REFERRAL, Controller.POLICE, Regime.PART_3, "referral")


class Question(Record):
    """The screener's question to a referrer, who reads it with the receipt: it names nobody."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="questions")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]


class Addition(Record):
    """An answer, a correction or something new, sent with the receipt. Not shown back."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "An answer"
        CORRECTION = "correction", "A correction"
        NEW = "new", "Something new"

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="additions")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="answers")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: a visitor

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
