"""The support plan: a version is written whole, and followed by the next, never changed."""

from django.db import models
from django.db.models import Q

from waymark.assessments.models import Assessment
from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

KEPT = Kept(Part.PLAN, Controller.COUNCIL, Regime.UK_GDPR, "case")


class Plan(Record):
    """One version. In force once a panel agreed it (s.36(4)(a)).

    Consent: how, by which day and by whom it is asked (s.36(5)(a)).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    level = models.CharField(max_length=40)
    level_why = models.TextField(blank=True)
    risks_to_providers = models.TextField()
    ask_how = models.TextField()
    ask_by_date = models.DateField()
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    case_lead = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    edition = models.CharField(max_length=40)

    kept = KEPT

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_plan_of_that_number"),
            models.CheckConstraint(
                name="each_plan_follows_the_last",
                condition=Q(number=1, follows=None) | Q(number__gt=1, follows__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_agreed_by_somebody",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


class Need(Record):
    """A need, behaviour or risk that the plan addresses, or says why not (2.1.5, 2.8.8).

    `factor`: the code of the framework's factor, or of the need of the case (`code_of`), that
    it comes from, where it comes from one.
    """

    class Kind(models.TextChoices):
        NEED = "need", "Need"
        BEHAVIOUR = "behaviour", "Behaviour"
        RISK = "risk", "Risk"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="needs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    factor = models.CharField(max_length=60, blank=True)
    not_addressed_why = models.TextField(blank=True)

    kept = KEPT

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_need_at_a_position"),
            models.CheckConstraint(name="need_in_words", condition=~Q(words="")),
        ]


class NeedDisposal(Record):
    """What became of a need before an exit: the last row counts."""

    class Outcome(models.TextChoices):
        MET = "met", "Met"
        PASSED_ON = "passed_on", "Passed on, and to whom"
        REMAINS = "remains", "Remains, and why that is acceptable"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, related_name="disposals")
    outcome = models.CharField(max_length=20, choices=Outcome)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="need_disposed_in_words", condition=~Q(words=""))
        ]
