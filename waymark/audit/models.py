"""What happened, who looked, and where each chain ends. Nothing else derives from these."""

import json
from datetime import datetime
from typing import Any

from django.db import models

from waymark.database.keys import Key
from waymark.database.record import Controller, Kept, Part, Regime

KEPT = Kept(Part.AUDIT, Controller.PARTNERSHIP, Regime.UK_GDPR, "audit")


class Event(models.Model):
    """What was done, when and by whom: ids, kinds and dates only, chained and sealed.

    `text` is what was sealed and what is verified; `chain`, `number`, `kind`, `at` and `actor`
    repeat it for lists. The chain is the case's id, or 0 for what hangs on no case.
    """

    id = Key()
    chain = models.BigIntegerField()
    number = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)  # user:…, visitor:…, duty:…
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the text, hexadecimal
    seal = models.CharField(max_length=64)  # HMAC-SHA-256 of the text, hexadecimal

    kept = KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_event_of_that_number")
        ]
        indexes = [
            models.Index(fields=["actor", "at"], name="events_of_an_actor"),
            models.Index(
                fields=["at"], name="meetings_that_ended", condition=models.Q(kind="meeting_ended")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.chain}/{self.number})"

    @property
    def facts(self) -> dict[str, Any]:
        """The ids, dates and kinds that were recorded, with the row's digest under `row`."""
        facts: dict[str, Any] = json.loads(self.text.split("\n", 7)[7])
        return facts


class Head(models.Model):
    """The last event of a chain. Only the database's own functions reach it."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    kept = KEPT


class LookQuerySet(models.QuerySet["Look"]):
    def since(self, moment: datetime) -> "LookQuerySet":
        return self.filter(at__gte=moment)


class Look(models.Model):
    """Somebody looked at something, with a purpose. Appended only, not chained: a page must
    not queue for a lock.

    `sight`: by what they see it, as a code: a post, a grant, being named, an emergency; `none`
    where they were refused, which they cannot read themselves. `had_task`: whether they had
    something to do on that case; none where it is not a case's page.
    """

    id = Key()
    case_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    part = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    sight = models.CharField(max_length=20, blank=True, default="")
    had_task = models.BooleanField(null=True)

    objects = LookQuerySet.as_manager()
    kept = KEPT

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "at"], name="looks_at_a_case"),
            models.Index(fields=["actor", "at"], name="looks_of_an_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} at {self.object_kind} {self.object_id}"


class PurposeGiven(models.Model):
    """What somebody said before they opened a case, or went on looking for people.

    The words stand here and nowhere else: a look holds the code. `knows`: whether they said
    that they know the person; none where it was not asked.
    """

    id = Key()
    user_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    purpose = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    knows = models.BooleanField(null=True)

    kept = KEPT

    class Meta:
        indexes = [models.Index(fields=["user_id", "case_id", "at"], name="purposes_of_one")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.purpose}"


class Checkpoint(models.Model):
    """Where all chains ended at a moment, signed: copies of it are kept outside the database."""

    id = Key()
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    events = models.BigIntegerField()
    text = models.TextField()  # as waymark/audit/anchors.py writes and reads it
    signature = models.BinaryField()

    kept = KEPT

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Checkpoint {self.number}"


class CheckpointSent(models.Model):
    """A checkpoint went by e-mail to an account."""

    id = Key()
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="sent")
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "user_id"], name="sent_once_to_each")
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} to {self.user_id}"


class Noted(models.Model):
    """The last event of a chain that a checkpoint has named."""

    chain = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()

    kept = KEPT

    def __str__(self) -> str:
        return f"{self.chain}: {self.number}"
