"""What is written on a case: entries, other proceedings, safeguarding referrals."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

WORK = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")


class Entry(Record):
    """Something that happened, who told it, and when it was written: three things apart (R8)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=40)
    happened_date = models.DateField()
    told_by = models.CharField(max_length=200)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = WORK

    class Meta:
        ordering = ["at", "id"]


class ParallelProcess(Record):
    """Another proceeding about the person, with its dates.

    With `asked_date`: none of this kind is known, as `source` said when asked on that day.
    """

    class Kind(models.TextChoices):
        CHILD_PROTECTION = "child_protection", "Child protection"
        EHCP = "ehcp", "Education, health and care plan"
        MAPPA = "mappa", "MAPPA"
        MARAC = "marac", "MARAC"
        LICENCE = "licence", "Probation licence"
        RELEASE = "release", "Release from prison"

    case = models.ForeignKey(Case, models.PROTECT, related_name="processes")
    kind = models.CharField(max_length=30, choices=Kind)
    from_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    asked_date = models.DateField(null=True)
    words = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = WORK

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_proceeding_has_no_days",
                condition=Q(asked_date=None) | Q(from_date=None, until_date=None),
            )
        ]


class SafeguardingReferral(Record):
    """A referral to children's or adults' social care, at any stage (2.5.13).

    On a case, or on the subject of a referral that is no case yet (`subject_id`); it may be
    about another child of the household.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="safeguarding")
    subject_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=200)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by_post = models.CharField(max_length=120, blank=True)

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="safeguarding_of_a_case_or_a_subject",
                condition=Q(case__isnull=False) | Q(subject_id__isnull=False),
            ),
            models.CheckConstraint(
                name="accepted_by_a_named_post",
                condition=Q(accepted_at=None, accepted_by_post="")
                | (Q(accepted_at__isnull=False) & ~Q(accepted_by_post="")),
            ),
        ]


class SafeguardingReading(Record):
    """That somebody who did not ask has read a referral to social care made soon after a no.

    A refusal is no sign of harm: `words` say what the referral rests on instead.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    referral = models.OneToOneField(SafeguardingReferral, models.PROTECT, related_name="reading")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="safeguarding_read_in_words", condition=~Q(words=""))
        ]
