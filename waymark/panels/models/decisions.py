"""What a panel decided of a case: never changed, only followed; minuted, and then fixed."""

from django.db import models
from django.db.models import Q

from waymark.assessments.models import Assessment
from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User
from waymark.panels.models.meetings import AgendaItem, Meeting
from waymark.support.models import Plan

KEPT = Kept(Part.PANEL, Controller.COUNCIL, Regime.UK_GDPR, "case")


class Decision(Record):
    """The outcome of one case at one meeting (2.5.10, 2.5.11, 2.8.9).

    `unanswered`: what was decided in spite of it, with the bodies that have not answered (R16).
    `more_information`: what members said that they share further, asked case by case (2.8.3).
    `confirmed_at`: when the chair confirmed that it is not Channel (2.8.5).
    """

    class Kind(models.TextChoices):
        PLAN_AGREED = "plan_agreed", "A plan is agreed and consent is asked"
        DEFERRED = "deferred", "Deferred"
        OTHER_SUPPORT = "other_support", "Another support is better"
        NOT_APPROPRIATE = "not_appropriate", "Not appropriate for Channel"
        DECLINED = "declined", "Declined: consent refused or withdrawn"
        GOES_ON = "goes_on", "Support goes on"
        EXIT_RECOMMENDED = "exit_recommended", "Exit is recommended"
        NEW_PLAN = "new_plan", "Not satisfied: a new plan"
        NOTED = "noted", "Heard: nothing to decide now"

    class Basis(models.TextChoices):
        UNANIMOUS = "unanimous", "All agreed"
        MAJORITY = "majority", "The majority agreed"
        CHAIR = "chair", "The chair decided: there was no majority"

    class Assessed(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed as it was signed"
        AMENDED = "amended", "Amended"

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="decision")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    basis = models.CharField(max_length=10, choices=Basis)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="decisions")
    information = models.TextField()
    more_information = models.TextField(blank=True, db_default="")
    assessment_is = models.CharField(
        max_length=10, choices=Assessed, blank=True, db_default=""
    )  # what the panel made of it
    amended = models.TextField(blank=True, db_default="")
    changed = models.TextField(blank=True)  # since the last decision, seen with the framework
    risk_to_person = models.TextField(blank=True)
    risk_to_society = models.TextField(blank=True)
    reasons = models.TextField()
    dissent = models.TextField(blank=True)
    unanswered = models.TextField(blank=True)
    health_social_care = models.TextField(blank=True)  # considered: s.36(6)
    referrer_asked = models.TextField(blank=True)  # before an exit (R20)
    signposted = models.TextField(blank=True, db_default="")
    social_care_by = models.TextField(blank=True, db_default="")  # who refers; none: not referred
    told_what = models.TextField(blank=True, db_default="")  # what the person will be told
    told_by = models.TextField(blank=True, db_default="")
    confirmed_at = models.DateTimeField(null=True)
    remains = models.TextField(blank=True, db_default="")  # of an exit: the risk that remains
    next_review_date = models.DateField(null=True)
    case_version = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="not_unanimous_with_dissent", condition=Q(basis="unanimous") | ~Q(dissent="")
            ),
            models.CheckConstraint(
                name="plan_agreed_names_the_plan",
                condition=~Q(kind="plan_agreed") | Q(plan__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_amended_in_words",
                condition=~Q(assessment_is="amended") | ~Q(amended=""),
            ),
            models.CheckConstraint(
                name="decision_weighs_both_risks_on_an_assessment",
                condition=Q(kind="noted")
                | (Q(assessment__isnull=False) & ~Q(risk_to_person="") & ~Q(risk_to_society="")),
            ),
        ]


class Position(Record):
    """What one member said of the proposal (s.37(6))."""

    class Stance(models.TextChoices):
        AGREES = "agrees", "Agrees"
        DISAGREES = "disagrees", "Disagrees"
        ABSTAINS = "abstains", "Abstains"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="positions")
    attendance = models.ForeignKey("panels.Attendance", models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance)
    words = models.TextField(blank=True)

    kept = KEPT

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "attendance"], name="one_position_each"),
            models.CheckConstraint(
                name="disagrees_in_words", condition=~Q(stance="disagrees") | ~Q(words="")
            ),
        ]


class Action(Record):
    """Something that somebody will do by a day. They see it without seeing the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="actions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="actions")
    words = models.TextField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_words = models.TextField(blank=True)

    kept = KEPT

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="action_done_in_words", condition=Q(done_at=None) | ~Q(done_words="")
            )
        ]


class Minute(Record):
    """The minute of one case at one meeting: a draft until the chair signs the meeting's."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="minutes")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="minute")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="minute_signed_by_somebody",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            )
        ]


class Correction(Record):
    """What a signed minute should have said: it follows the minute, which stays as it is."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    minute = models.ForeignKey(Minute, models.PROTECT, related_name="corrections")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="corrected_in_words", condition=~Q(words=""))]
