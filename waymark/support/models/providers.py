"""What a panel established of a community or non-statutory provider (2.8.13)."""

from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, Organisation, User

KEPT = Kept(Part.DIRECTORY, Controller.COUNCIL, Regime.UK_GDPR, "directory")


class ProviderCheck(Record):
    """The checks of one day; the last row counts. Each `…_how`: on what evidence.

    `kinds`: the kinds of support that it may give. `valid_until_date`: the first day on which
    one of its checks lapses. `home_office_until_date`: until when the Home Office approves it
    for mentoring about ideology.
    """

    class Level(models.TextChoices):
        BASIC = "basic", "Basic"
        STANDARD = "standard", "Standard"
        ENHANCED = "enhanced", "Enhanced"
        BARRED = "enhanced_barred", "Enhanced, with the barred lists"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="checks")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    credible_how = models.TextField(blank=True)
    local_understanding_how = models.TextField(blank=True)
    reliable_how = models.TextField(blank=True)
    shared_values_how = models.TextField(blank=True)
    suitable_how = models.TextField(blank=True)
    passed = models.BooleanField()
    dbs_date = models.DateField(null=True)
    dbs_level = models.CharField(max_length=20, choices=Level, blank=True, db_default="")
    kinds = models.JSONField(default=list, db_default=[])
    with_children = models.BooleanField(default=True, db_default=True)
    with_adults = models.BooleanField(default=True, db_default=True)
    home_office_until_date = models.DateField(null=True)
    valid_until_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

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


class Established(Record):
    """One of the checks, apart from the others: by whom, when, and until when it holds."""

    class What(models.TextChoices):
        CREDIBLE = "credible", "Credibility with the person"
        LOCAL = "local_understanding", "Understanding of the local community"
        RELIABLE = "reliable", "Reliability"
        VALUES = "shared_values", "Shared values"
        SUITABLE = "suitable", "Suitability for work with vulnerable people"
        DBS = "dbs", "DBS check"

    check_of = models.ForeignKey(ProviderCheck, models.PROTECT, related_name="established")
    what = models.CharField(max_length=20, choices=What)
    by_whom = models.CharField(max_length=200)
    on_date = models.DateField()
    until_date = models.DateField()

    kept = KEPT

    class Meta:
        ordering = ["until_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "what"], name="established_once"),
            models.CheckConstraint(
                name="established_by_somebody_before_it_lapses",
                condition=~Q(by_whom="") & Q(until_date__gte=F("on_date")),
            ),
        ]


class Suspension(Record):
    """A provider is not to be used from now on. Two people lift it: one asks, another agrees."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="suspensions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    why = models.TextField()
    look_again_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lift_why = models.TextField(blank=True)
    lift_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lift_asked_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="suspended_in_words", condition=~Q(why="")),
            models.CheckConstraint(
                name="lifting_asked_by_somebody_in_words",
                condition=Q(lift_asked_at=None, lift_asked_by=None, lift_why="")
                | (Q(lift_asked_at__isnull=False, lift_asked_by__isnull=False) & ~Q(lift_why="")),
            ),
            models.CheckConstraint(
                name="suspension_lifted_by_two",
                condition=Q(lifted_at=None, lifted_by=None)
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_asked_at__isnull=False)
                    & ~Q(lifted_by=F("lift_asked_by"))
                ),
            ),
            models.UniqueConstraint(
                fields=["organisation", "area"],
                condition=Q(lifted_at=None),
                name="suspended_once_at_a_time",
            ),
        ]
