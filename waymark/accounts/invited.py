"""The tables of how an account begins, and begins again where all its factors are lost."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from waymark.database.record import Controller, Kept, Part, Record, Regime

WHO = settings.AUTH_USER_MODEL
OF_AN_ACCOUNT = Kept(Part.DIRECTORY, Controller.PARTNERSHIP, Regime.UK_GDPR, "directory")
INVITATION = "invitation"


class Invitation(Record):
    """A link by which somebody chooses their password: once, within 72 hours.

    `sealed`: its token until the e-mail has gone out, then nothing: only `digest` stays. Of the
    first administrators it is told on the host: `by` nobody here, with no e-mail.
    """

    user = models.ForeignKey(WHO, models.PROTECT, related_name="+")
    by = models.ForeignKey(WHO, models.PROTECT, null=True, related_name="+")
    notice = models.OneToOneField("directory.Notice", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # a newer one is out, or the account is suspended

    kept = OF_AN_ACCOUNT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at=None, ended_at=None), name="one_link_is_out"
            ),
            models.CheckConstraint(
                name="link_used_or_ended", condition=Q(used_at=None) | Q(ended_at=None)
            ),
            models.CheckConstraint(name="nobody_invites_themselves", condition=~Q(user=F("by"))),
            models.CheckConstraint(
                name="link_by_mail_or_told_on_the_host",
                condition=Q(by=None, notice=None) | Q(by__isnull=False, notice__isnull=False),
            ),
        ]


class LostFactors(Record):
    """Somebody has lost every second factor: one administrator says so, another confirms."""

    user = models.ForeignKey(WHO, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(WHO, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.TextField()  # how the administrator knows that it is them
    confirmed_by = models.ForeignKey(WHO, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    kept = OF_AN_ACCOUNT

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="factors_lost_said_by_two",
                condition=~Q(user=F("asked_by"))
                & (
                    Q(confirmed_by=None, confirmed_at=None)
                    | (
                        Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                        & ~Q(confirmed_by=F("asked_by"))
                        & ~Q(confirmed_by=F("user"))
                    )
                ),
            )
        ]
