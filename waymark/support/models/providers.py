"""What a panel established of a community or non-statutory provider (2.8.13)."""

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, Organisation, User


class ProviderCheck(Record):
    """The checks of one day; the last row counts. Each `…_how`: how it was established."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="checks")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    credible_how = models.TextField(blank=True)
    local_understanding_how = models.TextField(blank=True)
    reliable_how = models.TextField(blank=True)
    shared_values_how = models.TextField(blank=True)
    suitable_how = models.TextField(blank=True)
    passed = models.BooleanField()
    dbs_date = models.DateField(null=True)
    valid_until_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(Part.DIRECTORY, Controller.COUNCIL, Regime.UK_GDPR, "directory")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="provider_passes_with_every_check",
                condition=Q(passed=False)
                | (
                    ~Q(credible_how="")
                    & ~Q(local_understanding_how="")
                    & ~Q(reliable_how="")
                    & ~Q(shared_values_how="")
                    & ~Q(suitable_how="")
                    & Q(dbs_date__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="checked_before_they_lapse",
                condition=Q(dbs_date=None) | Q(valid_until_date__gte=F("dbs_date")),
            ),
        ]
