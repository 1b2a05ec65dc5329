"""Who may answer when consent to support is asked: no answer hangs on a name alone."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from waymark.cases.models import Case, SupportConsent
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User

KEPT = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")


class Answerer(Record):
    """The person, or a parent or guardian, with the authority that they answer by (s.36).

    `until_at`: since when they may answer no more; what they said counts no more either.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="answerers")
    kind = models.CharField(max_length=10, choices=SupportConsent.Answerer)
    name = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    evidence = models.CharField(
        max_length=40, blank=True, db_default=""
    )  # the pack's: what was seen
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                "case", "kind", Lower("name"), condition=Q(until_at=None), name="answerer_once"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="person", until_at=None),
                name="one_person_answers_for_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnswererApart(Record):
    """A parent or guardian who is implicated or excluded: their yes alone opens nothing."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    answerer = models.OneToOneField(Answerer, models.PROTECT, related_name="apart")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="set_apart_in_words", condition=~Q(why=""))]


class HelpOffered(Record):
    """What was offered that needs no consent, after a no or where two disagree (s.36(6)).

    Where they disagree, or the person cannot decide, somebody's advice is taken first.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="help_offered")
    after = models.CharField(max_length=20)  # as consents.State
    offered = models.TextField()
    advice_from = models.CharField(max_length=200, blank=True)
    advice = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="conflict_takes_advice",
                condition=~Q(after__in=["conflict", "capacity_lacking"])
                | (~Q(advice_from="") & ~Q(advice="")),
            )
        ]
