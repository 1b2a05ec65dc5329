"""Consent to support, the position on sharing, and what the person was told: never one field."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

COUNCIL = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")


class ConsentAsking(Record):
    """A visit on which consent to the agreed plan is asked: arranged first, then asked (s.36(5)).

    `invited`: the person's words, where they asked to be asked again. `with_them` and what
    follows: of somebody under 18, who was there, and whether a parent knew (R32).
    """

    class ParentKnew(models.TextChoices):
        YES = "yes", "A parent or guardian knew"
        NO = "no", "No parent or guardian knew"

    case = models.ForeignKey(Case, models.PROTECT, related_name="askings")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    police_why = models.TextField(blank=True)  # that the person chose a police officer
    along = models.TextField()  # who goes along
    place = models.TextField()
    interpreter = models.TextField()
    visit_risk = models.TextField()  # and what is done about it
    how = models.TextField()
    planned_date = models.DateField()
    invited = models.TextField(blank=True)
    notice = models.CharField(max_length=40)  # edition of the words to be shown
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    asked_date = models.DateField(null=True)
    with_them = models.TextField(blank=True)
    parent_knew = models.CharField(max_length=10, choices=ParentKnew, blank=True)
    approved_by = models.TextField(blank=True)  # who let it be asked without a parent, and why

    kept = COUNCIL

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="consent_asked_by_somebody_on_a_day",
                condition=Q(asked_at=None, asked_by=None, asked_date=None)
                | Q(asked_at__isnull=False, asked_by__isnull=False, asked_date__isnull=False),
            ),
            models.CheckConstraint(
                name="no_child_is_asked_unknown_to_all",
                condition=~Q(parent_knew="no") | ~Q(approved_by=""),
            ),
        ]


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
    asking = models.ForeignKey(ConsentAsking, models.PROTECT, null=True, related_name="answers")
    capacity_steps = models.TextField(blank=True, db_default="")  # where it was in doubt (2.4.6)
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
