"""What the person says of the assessment and the plan, and the plan as they are given it."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.support.models.pieces import Piece
from waymark.support.models.plans import Plan

KEPT = Kept(Part.PLAN, Controller.COUNCIL, Regime.UK_GDPR, "case")


class PersonSaid(Record):
    """The person's own words, and who took them down; or why there are none yet."""

    class Of(models.TextChoices):
        ASSESSMENT = "assessment", "The assessment"
        PLAN = "plan", "The plan"
        PANEL = "panel", "The day of the panel"
        SUPPORTER = "supporter", "Who is to be with them"
        NOT_THIS = "not_this", "A piece of support that they do not want"
        SOMEBODY_ELSE = "somebody_else", "Somebody else to give support"

    case = models.ForeignKey(Case, models.PROTECT, related_name="person_said")
    of = models.CharField(max_length=20, choices=Of)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="person_said")
    piece = models.ForeignKey(Piece, models.PROTECT, null=True, related_name="person_said")
    words = models.TextField(blank=True)
    not_yet_why = models.TextField(blank=True)
    heard_by = models.CharField(max_length=200)  # who heard it, or tried to
    happened_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="person_said_or_why_not_yet", condition=~Q(words="") | ~Q(not_yet_why="")
            ),
            models.CheckConstraint(
                name="person_said_of_a_piece",
                condition=Q(of__in=["not_this", "somebody_else"], piece__isnull=False)
                | (~Q(of__in=["not_this", "somebody_else"]) & Q(piece=None)),
            ),
        ]


class PlanGiven(Record):
    """That the person was given the plan in plain words: when, by whom, and how."""

    class How(models.TextChoices):
        ON_PAPER = "on_paper", "On paper"
        READ = "read", "Read to them"
        BOTH = "both", "On paper, and read to them"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="given")
    how = models.CharField(max_length=20, choices=How)
    given_by = models.CharField(max_length=200)
    words = models.TextField(blank=True)  # what they said of it
    given_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
