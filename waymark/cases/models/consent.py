"""Consent to support, the position on sharing, and what the person was told: never one field."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

COUNCIL = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")


class SupportConsent(Record):
    """What somebody who may answer said of support (s.36(4)(b)). No row: not asked.

    `holds_from_date`: the eighteenth birthday, of an answer that the person gave before it for
    themselves as an adult.
    """

    class State(models.TextChoices):
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        CAPACITY_LACKING = "capacity_lacking", "Capacity lacking"

    class Answerer(models.TextChoices):
        PERSON = "person", "The person"
        PARENT = "parent", "A parent or guardian"

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    answerer = models.CharField(max_length=10, choices=Answerer)
    answerer_name = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)  # how we know that they may answer
    state = models.CharField(max_length=20, choices=State)
    notice = models.CharField(max_length=40)  # edition of the words shown
    how = models.TextField()
    answered_date = models.DateField()
    holds_from_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = COUNCIL

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="only_the_person_answers_ahead",
                condition=Q(holds_from_date=None) | Q(answerer="person"),
            )
        ]


class SharingPosition(Record):
    """Whether information may be shared with partners, and on what ground (2.4.3 to 2.4.5)."""

    class State(models.TextChoices):
        AGREED = "agreed", "The person agreed"
        REFUSED = "refused", "The person refused"
        NOT_SOUGHT = "not_sought", "Not sought"

    case = models.ForeignKey(Case, models.PROTECT, related_name="sharing_positions")
    state = models.CharField(max_length=20, choices=State)
    ground = models.TextField()
    balance = models.TextField(blank=True)
    review_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = COUNCIL

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="sharing_without_agreement_is_weighed",
                condition=Q(state="agreed") | ~Q(balance=""),
            )
        ]


class Told(Record):
    """What the person was told, or why not yet and when that is looked at again (R34)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="told")
    told = models.BooleanField()
    words = models.TextField()  # what was said and their reply, or why not
    by_whom = models.CharField(max_length=200, blank=True)
    look_again_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = COUNCIL

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="not_told_is_looked_at_again",
                condition=Q(told=True) | Q(look_again_date__isnull=False),
            )
        ]
