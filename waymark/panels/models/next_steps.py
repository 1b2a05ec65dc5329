"""The next step, as chair and police each see it (2.7.11)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

KEPT = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class Post(models.TextChoices):
    """For whom an opinion is given: the council's panel, or the police."""

    CHAIR = "chair", "Chair of the Channel panel"
    POLICE = "police", "Police"


class NextStep(Record):
    """One round: chair and police are both asked, each without seeing the other's opinion.

    It is about the case at `case_version`: when the case moves on, what was said of it lapses.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="next_steps")
    number = models.PositiveSmallIntegerField()
    case_version = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_next_step_of_that_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_next_step_at_a_time"
            ),
            models.CheckConstraint(
                name="agreed_or_not_once_closed",
                condition=Q(agreed=None) | Q(closed_at__isnull=False),
            ),
        ]


class NextStepOpinion(Record):
    """What one post says. A row is never changed; a new round asks anew."""

    class Outcome(models.TextChoices):
        PANEL = "panel", "A Channel panel"
        NO_FURTHER_ACTION = "no_further_action", "No further action"
        SAFEGUARDING = "safeguarding", "A safeguarding outcome or assessment is awaited"
        PARTNER_CHECKS = "partner_checks", "Back to partner checks"
        SECOND_RISK = "second_risk", "Back to the second risk assessment"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    next_step = models.ForeignKey(NextStep, models.PROTECT, related_name="opinions")
    post = models.CharField(max_length=10, choices=Post)
    outcome = models.CharField(max_length=20, choices=Outcome)
    why = models.TextField()
    grounds = models.TextField(blank=True)  # reasonable grounds to believe …: s.36(3)
    stated_by = models.CharField(max_length=200, blank=True)  # the delegate who states them
    again_date = models.DateField(null=True)  # when what is awaited, or more, is looked at
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edition = models.CharField(max_length=40)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["next_step", "post"], name="one_next_step_opinion_of_each_post"
            ),
            models.UniqueConstraint(
                fields=["next_step", "by"], name="next_step_agreed_by_two_people"
            ),
            models.UniqueConstraint(
                fields=["next_step", "organisation"], name="next_step_agreed_by_two_organisations"
            ),
            models.CheckConstraint(
                name="panel_on_stated_grounds",
                condition=~Q(outcome="panel") | (~Q(grounds="") & ~Q(stated_by="")),
            ),
            models.CheckConstraint(
                name="what_is_awaited_has_a_date",
                condition=Q(outcome__in=["panel", "no_further_action"])
                | Q(again_date__isnull=False),
            ),
        ]
