"""Who may answer when consent to support is asked: no answer hangs on a name alone."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from waymark.cases.models import Case, SupportConsent
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User


class Answerer(Record):
    """The person, or a parent or guardian, with the authority that they answer by (s.36).

    `until_at`: since when they may answer no more; what they said counts no more either.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="answerers")
    kind = models.CharField(max_length=10, choices=SupportConsent.Answerer)
    name = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

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
