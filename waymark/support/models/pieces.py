"""A piece of support, and what was really held of it."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, Organisation, User
from waymark.support.models.plans import Need, Plan

KEPT = Kept(Part.PLAN, Controller.COUNCIL, Regime.UK_GDPR, "case")


class PieceQuerySet(models.QuerySet["Piece"]):
    def of(self, user: User) -> "PieceQuerySet":
        """The pieces that `user` leads or delivers, by name or for their organisation."""
        for_all = Q(provider_user=None, provider_id=user.organisation_id)
        mine = Q(lead=user) | Q(provider_user=user) | for_all
        return self.filter(mine).exclude(state=Piece.State.PLANNED).order_by("from_date", "id")

    def alive(self) -> "PieceQuerySet":
        """Those that have not ended."""
        return self.exclude(state=Piece.State.ENDED)


class Piece(Record):
    """One piece of support: all that its lead and its provider ever see of the case.

    `state` follows its turns: planned, offered when consent is given, running once the
    provider has accepted the brief, held, ended.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OFFERED = "offered", "Offered to the provider"
        RUNNING = "running", "Running"
        HELD = "held", "Held"
        ENDED = "ended", "Ended"

    class Rhythm(models.TextChoices):
        ONCE = "once", "Once"
        WEEKLY = "weekly", "Every week"
        FORTNIGHTLY = "fortnightly", "Every two weeks"
        MONTHLY = "monthly", "Every month"

    case = models.ForeignKey(Case, models.PROTECT, related_name="pieces")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pieces")
    need = models.ForeignKey(Need, models.PROTECT, related_name="pieces")
    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=40)  # one of the pack's eleven (2.8.12)
    aim = models.TextField(blank=True, db_default="")  # in the person's own words
    answers_how = models.TextField()  # the risk and vulnerability (2.8.21)
    locally = models.TextField(blank=True, db_default="")  # what there is (2.8.21)
    works_how = models.TextField(blank=True, db_default="")  # how one will see that it works
    level = models.CharField(max_length=40, blank=True, db_default="")  # blank: the plan's (2.8.10)
    level_why = models.TextField(blank=True, db_default="")
    whole_family = models.BooleanField(default=False, db_default=False)  # 2.8.11
    brief = models.TextField()  # what the provider is asked to do (R19)
    risk_to_worker = models.TextField()
    risk_done = models.TextField(blank=True, db_default="")  # what is done about it (2.8.7)
    safe_contact = models.TextField()
    lead = models.ForeignKey(User, models.PROTECT, related_name="+")
    lead_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rhythm = models.CharField(max_length=20, choices=Rhythm)
    sessions_ordered = models.PositiveSmallIntegerField()
    from_date = models.DateField()
    until_date = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)

    objects = PieceQuerySet.as_manager()
    kept = KEPT

    class Meta:
        ordering = ["from_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="piece_ends_after_it_begins", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(
                name="piece_orders_sessions",
                condition=Q(sessions_ordered__gte=1, sessions_ordered__lte=200),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PieceTurn(Record):
    """A piece was offered, accepted and so started, held, went on, or ended: when and why."""

    class Why(models.TextChoices):
        CONSENT_GIVEN = "consent_given", "Consent is given"
        BRIEF_ACCEPTED = "brief_accepted", "The provider accepts the brief"
        BRIEF_DECLINED = "brief_declined", "Whoever was to give it cannot"
        WORKER_NAMED = "worker_named", "Somebody else is named to give it"
        CONSENT_ENDED = "consent_ended", "Consent is no longer in force"
        AGE = "age", "The person’s age: somebody else answers now, and has not yet"
        ASKED_TO_STOP = "asked_to_stop", "The person asked the provider to stop"
        WANTS_TO_GO_ON = "wants_to_go_on", "The person wants to go on"
        PANEL = "panel", "Held or ended by the panel"
        NEW_PLAN = "new_plan", "A new plan is agreed"
        CASE_ENDED = "case_ended", "The case has ended"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="turns")
    to = models.CharField(max_length=20, choices=Piece.State)
    why = models.CharField(max_length=20, choices=Why)
    words = models.TextField(blank=True, db_default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: a duty
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]


class Session(Record):
    """What the provider says of one session: held exists by this entry alone (R18)."""

    class State(models.TextChoices):
        HELD = "held", "Held"
        MISSED = "missed", "Not held"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="sessions")
    state = models.CharField(max_length=10, choices=State)
    happened_date = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["happened_date", "at", "id"]
        constraints = [models.CheckConstraint(name="session_in_words", condition=~Q(words=""))]


class Reconciliation(Record):
    """Fewer sessions were entered than ordered, and in words why that is so (R20)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="reconciliations")
    ordered = models.PositiveSmallIntegerField()
    entered = models.PositiveSmallIntegerField()
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="reconciled_in_words", condition=~Q(words=""))]
