"""What partners, family and others tell of changes, at any time (2.9.4)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User


class ChangeTold(Record):
    """Somebody tells of a change, or of a new concern; and what the lead made of it, once read.

    Who writes it may not see the case. `told_by`: whoever noticed it, in words.
    `person_knows`: what the person was told of its being passed on.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", "A change"
        CONCERN = "concern", "A new concern"

    class Source(models.TextChoices):
        PARTNER = "partner", "A partner organisation"
        PROVIDER = "provider", "Whoever gives or leads support"
        FAMILY = "family", "The family"
        PERSON = "person", "The person"
        OTHER = "other", "Somebody else"

    case = models.ForeignKey(Case, models.PROTECT, related_name="changes_told")
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=10, choices=Source)
    told_by = models.CharField(max_length=200)
    happened_date = models.DateField()
    words = models.TextField()
    person_knows = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    follows = models.TextField(blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    kept = Kept(Part.WORK, Controller.COUNCIL, Regime.UK_GDPR, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="change_told_in_words_by_somebody", condition=~Q(words="") & ~Q(told_by="")
            ),
            models.CheckConstraint(
                name="change_read_whole_or_not",
                condition=Q(follows="", read_by=None, read_at=None)
                | (~Q(follows="") & Q(read_by__isnull=False, read_at__isnull=False)),
            ),
        ]
