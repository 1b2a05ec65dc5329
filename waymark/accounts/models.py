"""The tables of who signs in. Their times are the database's own, never the movable clock's."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from waymark.accounts.invited import OF_AN_ACCOUNT
from waymark.accounts.invited import Invitation as Invitation  # tables of this room too
from waymark.accounts.invited import LostFactors as LostFactors
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.database.sealing_rotation import is_sealed

SIGN_IN = Kept(Part.SYSTEM, Controller.PARTNERSHIP, Regime.UK_GDPR, "session")
CODE_APP, TYPED = "code app", "typed"


class Session(Record):
    """A browser that somebody is signed in at, or is about to be. `digest`: of its token.

    `data`: what Django keeps between two requests. A row stays for a day after its end, so that
    what is posted too late can be kept for whoever was signed in.
    """

    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    data = models.TextField()
    begun_at = models.DateTimeField()
    used_at = models.DateTimeField()
    fresh_at = models.DateTimeField()  # when they last proved who they are
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    kept = SIGN_IN

    class Meta:
        indexes = [
            models.Index(fields=["user", "ends_at"], name="sessions_of_somebody"),
            models.Index(fields=["ends_at"], name="sessions_that_end"),
        ]


class Passkey(Record):
    """A key that a device keeps, and opens by a finger, a face or a PIN."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    credential = models.BinaryField(unique=True)  # its id, which the device chose
    public_key = models.BinaryField()  # COSE
    count = models.BigIntegerField(default=0)  # of its uses, where the device counts them
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    kept = OF_AN_ACCOUNT


class CodeApp(Record):
    """An app that shows a code for each 30 seconds (TOTP). `last_step`: the last that was used."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # the secret that it shares with us
    last_step = models.BigIntegerField()
    made_at = models.DateTimeField()

    kept = OF_AN_ACCOUNT


class SignOn(Record):
    """Who somebody is at their own organisation, so that they can sign in by it.

    `digest`: of issuer and subject under a key that the database lacks; nobody else's.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)  # its code in the settings
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    kept = OF_AN_ACCOUNT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "provider"], name="one_link_to_a_provider")
        ]


class RecoveryCode(Record):
    """One of ten that can stand in once for a second factor. `slot`: its first character."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    hashed = models.CharField(max_length=200)  # Argon2id
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    kept = OF_AN_ACCOUNT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "slot"], name="one_code_of_a_slot")]


class Attempt(Record):
    """Somebody tried to sign in. `subject`: a keyed digest of the name typed, or of where from.

    Whether there is such an account makes no difference to what is written.
    """

    subject = models.CharField(max_length=64)
    failed = models.BooleanField()
    wait = models.PositiveSmallIntegerField(default=0)  # minutes until the next try counts
    at = models.DateTimeField()

    kept = SIGN_IN

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="attempts_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                name="only_a_failure_waits", condition=Q(failed=True) | Q(wait=0)
            )
        ]


class Typed(Record):
    """What was posted after a session's end: for the same person and browser, for one day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # of the browser's secret
    sealed = models.BinaryField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    kept = SIGN_IN

    class Meta:
        indexes = [models.Index(fields=["user", "digest"], name="typed_in_a_browser")]


is_sealed("accounts.CodeApp", "sealed", CODE_APP)
