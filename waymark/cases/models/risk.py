"""Risk: each assessment of it, and in it the risk to each of four, apart (2.1.2, 2.8.2, R11)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

# a paper of the panel, which reviews the risk record: seen by whom assessments are shown
KEPT = Kept(Part.ASSESSMENT, Controller.POLICE, Regime.PART_3, "case")


class RiskAssessment(Record):
    """Risk looked at once, by one person: conflict, major risk, and a `Risk` to each of four."""

    class Turn(models.TextChoices):
        FIRST = "first", "First"
        SECOND = "second", "Second"
        LATER = "later", "Later"

    class Conflict(models.TextChoices):
        NO = "no", "No"
        YES = "yes", "Yes"
        TO_BE_CHECKED = "to_be_checked", "To be checked again"

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_assessments")
    turn = models.CharField(max_length=10, choices=Turn)
    unchanged_why = models.TextField(blank=True)  # a text carried over as it was (R11)
    conflict = models.CharField(max_length=20, choices=Conflict)
    check_again_date = models.DateField(null=True)
    major_risk = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="conflict_to_be_checked_by_a_date",
                condition=~Q(conflict="to_be_checked") | Q(check_again_date__isnull=False),
            )
        ]

    def of_each(self) -> "list[Risk]":
        """The risk to each of the four, in the order in which they are asked."""
        order = list(Risk.To)
        return sorted(self.risks.all(), key=lambda one: order.index(Risk.To(one.to)))


class Risk(Record):
    """The risk to one of the four, as one assessment has it.

    `what`: what might happen; where no risk is `seen`, why none is, and then nothing needs to
    be reduced. `review_date`: when its owner looks at it again.
    """

    class To(models.TextChoices):
        PERSON = "person", "the person"
        PUBLIC = "public", "the public"
        PARTNERS = "partners", "partners"
        PROVIDERS = "providers", "providers"

    case = models.ForeignKey(Case, models.PROTECT, related_name="risks")
    assessment = models.ForeignKey(RiskAssessment, models.PROTECT, related_name="risks")
    to = models.CharField(max_length=10, choices=To)
    seen = models.BooleanField()
    what = models.TextField()
    speaks_for = models.TextField(blank=True)
    speaks_against = models.TextField(blank=True)
    reduced_how = models.TextField(blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    review_date = models.DateField()

    kept = KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "to"], name="one_risk_to_each"),
            models.CheckConstraint(
                name="risk_in_words_and_reduced_where_seen",
                condition=~Q(what="") & (Q(seen=False) | ~Q(reduced_how="")),
            ),
        ]
