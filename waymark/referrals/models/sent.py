"""A draft, and what is made of it when it is sent: word for word, until its retention date."""

from datetime import date

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.clock import day_of
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.database.sealing_rotation import is_sealed
from waymark.directory.models import Area, User
from waymark.people.models import Person


class Draft(Record):
    """An unsent referral, sealed under a key made of the server's and the browser's secret.

    `digest`: SHA-256 of the browser's secret, hexadecimal. Nobody but that browser opens it.
    """

    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    kept = Kept(Part.REFERRAL, Controller.POLICE, Regime.PART_3, "draft")


class Referral(Record):
    """What was sent (2.7.2). `document`: each question as it was asked, with its answer as given.

    `marked`: that it looks like a machine's, or came in a flood, for whoever screens it; nothing
    follows from it.
    """

    class CameBy(models.TextChoices):
        ONLINE = "online", "The form on this site"
        PAPER = "paper", "Paper"
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"

    reference = models.CharField(max_length=12, unique=True)
    edition = models.CharField(max_length=40)
    road = models.CharField(max_length=20)
    document = models.JSONField()
    came_by = models.CharField(max_length=20, choices=CameBy)
    original_kept = models.TextField(blank=True)  # where, if it came by paper, telephone, e-mail
    password_travelled = models.TextField(blank=True)  # how a protected file's password came
    received_at = models.DateTimeField()  # here; what the police entered came in on `came_date`
    came_date = models.DateField(null=True)
    concern_date = models.DateField(null=True)  # when the concern arose, where that is known
    organisation_name = models.CharField(max_length=200, blank=True)
    marked = models.CharField(max_length=20, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="referrals_sent")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    draft_digest = models.CharField(max_length=64, unique=True)

    kept = Kept(Part.REFERRAL, Controller.POLICE, Regime.PART_3, "referral")

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["received_at"], name="referrals_by_arrival")]
        constraints = [
            models.CheckConstraint(
                name="original_of_what_did_not_come_online",
                condition=Q(came_by="online") | ~Q(original_kept=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def came_on(self) -> date:
        """The day from which its time limits count: when it reached the police."""
        return self.came_date or day_of(self.received_at)


class Referrer(Record):
    """Who sent it: sealed, and apart from what was sent."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="referrer")
    sealed = models.BinaryField()
    stays_unknown = models.BooleanField(default=False)  # to all but the police Prevent team
    unknown_by_wish = models.BooleanField(default=True)  # or because nothing was said of it

    kept = Kept(Part.REFERRER, Controller.POLICE, Regime.PART_3, "referral")


is_sealed("referrals.Referrer", "sealed", "referrers")


class Subject(Record):
    """One person of a referral: screened and decided alone.

    `area_basis`: why that area (home, where found, placing council, prison, term address).
    `police_until_date`: the last day that the police see it after it was found not Prevent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be screened"
        PROPOSED = "proposed", "Waiting for a second person"
        SCREENED = "screened", "Screened"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="subjects")
    person = models.OneToOneField(Person, models.PROTECT, related_name="subject")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    lead_first = models.BooleanField(default=False)  # staff or relative: police lead reads first
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    area_basis = models.CharField(max_length=40, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="subjects")
    screened_at = models.DateTimeField(null=True)
    police_until_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    kept = Kept(Part.EXTRACT, Controller.POLICE, Regime.PART_3, "referral")

    class Meta:
        ordering = ["referral__received_at", "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="each_person_once"),
            models.CheckConstraint(
                name="taken_by_somebody_at_some_time",
                condition=Q(taken_at=None, taken_by=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="screened_when_screened",
                condition=Q(state="screened", screened_at__isnull=False)
                | (~Q(state="screened") & Q(screened_at=None)),
            ),
        ]


class Apart(Record):
    """What was said of a person's protected traits: kept from those who decide about them."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="apart")
    document = models.JSONField()

    kept = Kept(Part.TRAITS, Controller.POLICE, Regime.PART_3, "referral")


class Receipt(Record):
    """The way back for a referrer without an account: no name, stage, officer or outcome (S39).

    `digest`: keyed digest of the code. `sealed_code` shows it once more to the browser that
    sent, until `again_until_at`.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        LOOKED_AT = "looked_at", "Being looked at"
        ENDED = "ended", "Ended"

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="receipt")
    digest = models.CharField(max_length=64, unique=True)
    draft_digest = models.CharField(max_length=64, unique=True)
    sealed_code = models.BinaryField()
    again_until_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="receipts")
    received_at = models.DateTimeField()
    until_date = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)

    kept = Kept(Part.REFERRAL, Controller.POLICE, Regime.PART_3, "referral")
