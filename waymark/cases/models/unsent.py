"""What somebody has typed on a page and not sent yet: theirs alone, sealed, and soon gone."""

from django.db import models

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.database.sealing_rotation import is_sealed
from waymark.directory.models import User

PURPOSE = "unsent"


class Unsent(Record):
    """The fields of one form as they were typed, right or wrong. `form`: which form of the case.

    It is no part of the case until it is sent: nobody but its writer ever sees it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    form = models.CharField(max_length=80)
    sealed = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    kept = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "draft")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "case", "form"], name="one_unsent_of_a_form")
        ]
        indexes = [models.Index(fields=["expires_at"], name="unsent_that_expires")]


is_sealed("cases.Unsent", "sealed", PURPOSE)
