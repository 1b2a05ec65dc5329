"""A restricted case: why and since when; and the two who let it be a case like others."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.cases.models.hold import Two, two_people
from waymark.database.record import Controller, Kept, Part, Regime
from waymark.directory.models import Role

KEPT = Kept(Part.SIGHT, Controller.POLICE, Regime.PART_3, "case")


class Restriction(Two):
    """A case is for named people only, from the moment that the police lead says so.

    Put to the chair, or to the vice-chair where the chair is the reason, who says in words
    whether they agree: it holds meanwhile, and until two people lift it.
    """

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", "The person works for a body that deals with this"
        RELATIVE = "relative", "The person is related to somebody who deals with this"
        COUNCILLOR = "councillor", "The person is a councillor, or well known"
        CHILD_OF_STAFF = "child_of_staff", "The person is a child of somebody who deals with this"
        IN_PRESS = "in_press", "The case is in the press, or may soon be"
        SAID_WHEN_REFERRED = "said_when_referred", "Whoever referred the person said so"
        OTHER = "other", "Something else"

    case = models.ForeignKey(Case, models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=Kind)
    put_to = models.CharField(max_length=30, choices=Role)
    lifted_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta(Two.Meta):
        constraints = [
            *two_people("restriction"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at=None), name="one_restriction_at_a_time"
            ),
        ]


class Lifting(Two):
    """One person asks that a case be restricted no more; another agrees, or does not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="liftings")

    kept = KEPT

    class Meta(Two.Meta):
        constraints = two_people("lifting")
