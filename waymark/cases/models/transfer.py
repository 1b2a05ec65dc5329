"""A case goes to another panel's area: asked by one chair, decided by the other (2.6.1)."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, User

KEPT = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


class Transfer(Record):
    """One transfer, asked by the chair of the leaving panel and answered by the joining one.

    To an area of the product (`to_area`), or to a panel `outside` it, of which somebody is named.
    `until_date`: of a move that is not to last. `about`: all that the other chair is shown before
    they decide. Both reasons stand (`why`, `answer`). Until it moves, it stays with who asked.
    """

    class Outcome(models.TextChoices):
        MOVED = "moved", "The case has moved"
        STAYS = "stays", "The case stays where it is"

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    to_area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    outside = models.CharField(max_length=200, blank=True)
    receiver = models.CharField(max_length=200, blank=True)
    why = models.TextField()
    about = models.TextField()
    goes_along = models.TextField()
    until_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # the other chair's answer; of a panel outside, the receipt that the asking chair writes down
    accepted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    accepted_by_name = models.CharField(max_length=200, blank=True)
    accepted_date = models.DateField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_why = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_transfer_at_a_time"
            ),
            models.CheckConstraint(
                name="transfer_to_an_area_or_a_named_panel",
                condition=(
                    Q(to_area__isnull=False, outside="", receiver="") & ~Q(to_area=F("from_area"))
                )
                | (Q(to_area=None) & ~Q(outside="") & ~Q(receiver="")),
            ),
            models.CheckConstraint(
                name="transfer_answered_by_another_with_a_reason",
                condition=Q(answered_at=None, answered_by=None, accepted=None, answer="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, accepted__isnull=False)
                    & ~Q(answer="")
                    & (Q(to_area=None) | ~Q(answered_by=F("by")))
                ),
            ),
            models.CheckConstraint(
                name="transfer_closed_with_its_outcome",
                condition=Q(closed_at=None, closed_by=None, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="transfer_moves_only_when_accepted",
                condition=~Q(outcome="moved") | Q(accepted=True),
            ),
            models.CheckConstraint(
                name="transfer_outside_accepted_by_a_named_receiver",
                condition=Q(to_area__isnull=False)
                | Q(accepted=None)
                | Q(accepted=False)
                | (~Q(accepted_by_name="") & Q(accepted_date__isnull=False)),
            ),
        ]


class TransferPackage(Record):
    """What was made to be handed to a panel outside: which parts, for whom, and its digest.

    The file itself is not kept. `digest`: SHA-256 of it, in hexadecimal.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="packages")
    parts = models.CharField(max_length=200)
    receiver = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
