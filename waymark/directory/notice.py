"""The table of what accounts are told by e-mail."""

from django.db import models
from django.db.models import Q

from waymark.database.record import Controller, Kept, Part, Record, Regime

PATH = r"(/[A-Za-z0-9_/-]*)?"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> "NoticeQuerySet":
        """What is neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)


class Notice(Record):
    """Somebody with an account is told that something waits at an address of the product."""

    class Why(models.TextChoices):
        """Why it was not delivered: what a mail server says may hold an address."""

        NO_ADDRESS = "no_address", "The account has no e-mail address"
        CLOSED = "closed", "The account is closed"
        REFUSED = "refused", "The mail server refuses this address"
        NOT_NOW = "not_now", "The mail server did not take it"
        NO_SERVER = "no_server", "The mail server does not answer"
        OVER = "over", "The meeting was over before it could be sent"
        ENDED = "ended", "The link in it opens nothing any more"

        @property
        def is_lasting(self) -> bool:
            return self not in (Notice.Why.NOT_NOW, Notice.Why.NO_SERVER)

    user = models.ForeignKey("directory.User", models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    # whose act it tells of: they see that it waits; none where a duty or a visitor did it
    sender = models.ForeignKey("directory.User", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    calendar = models.TextField(blank=True)  # an iCalendar object
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()  # of the next try
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # given up
    why = models.CharField(max_length=20, choices=Why, blank=True)

    objects = NoticeQuerySet.as_manager()
    kept = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "message")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="notices_to_send",
                condition=Q(sent_at=None, failed_at=None),
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                name="notice_sent_or_given_up", condition=Q(sent_at=None) | Q(failed_at=None)
            ),
            models.CheckConstraint(
                name="notice_names_a_place_only", condition=Q(path__regex=f"^{PATH}$")
            ),
        ]
