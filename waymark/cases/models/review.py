"""What the officer gathered, and what the Prevent lead made of it (2.7.3, 2.7.6, 2.7.7)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.cases.models.records import WORK
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

REVIEW = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")


class Gathering(Record):
    """Enough for partners to check their systems, and why it is enough."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="gatherings")
    to_check_with = models.TextField()  # what a partner needs to find the person
    why_enough = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = WORK

    class Meta:
        ordering = ["at", "id"]


class LeadReview(Record):
    """The Prevent lead's review of a referral: adults' and children's alike."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lead_reviews")
    conversations = models.TextField()  # held with whom, or why there was none (2.4.2)
    harm_suspected = models.BooleanField()
    safeguarding = models.TextField()
    recommendation = models.TextField()
    nobody_to_ask_why = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = REVIEW

    class Meta:
        ordering = ["at", "id"]


class ToAsk(Record):
    """An organisation that the lead wants to be asked, and what it may know."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="to_ask")
    review = models.ForeignKey(LeadReview, models.PROTECT, related_name="to_ask")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.TextField()

    kept = REVIEW

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "organisation"], name="named_to_ask_once"),
            models.CheckConstraint(name="named_to_ask_with_a_reason", condition=~Q(why="")),
        ]
