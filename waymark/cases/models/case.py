"""The case: where it stands, and each move that brought it there."""

from collections.abc import Callable

from django.db import models
from django.db.models import F, Q

from waymark.cases.models.emergency import EmergencyOpening
from waymark.cases.models.sight import Exclusion, Grant, NamedPerson
from waymark.cases.sight import Since, roles_for
from waymark.database.clock import now, today
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, User
from waymark.people.models import Person


class Stage(models.TextChoices):
    """Where a case can stand. What comes after it: waymark/cases/stages.py."""

    GATHERING = "gathering", "Information gathering"
    FIRST_RISK = "first_risk", "First risk assessment"
    LEAD_REVIEW = "lead_review", "Lead review"
    PARTNER_CHECKS = "partner_checks", "Partner checks"
    SECOND_RISK = "second_risk", "Second risk assessment"
    NEXT_STEP = "next_step", "Next step"
    PANEL = "panel", "Panel"
    SEEKING_CONSENT = "seeking_consent", "Seeking consent"
    SUPPORTED = "supported", "Supported"
    EXIT_RECOMMENDED = "exit_recommended", "Exit recommended"
    POLICE_HELD = "police_held", "Held by the police"
    NO_FURTHER_ACTION = "no_further_action", "No further action"
    OTHER_SUPPORT = "other_support", "Other support"
    NOT_APPROPRIATE = "not_appropriate", "Not appropriate"
    DECLINED = "declined", "Declined"
    EXITED = "exited", "Exited"
    LEFT_CHANNEL = "left_channel", "Left Channel"
    NO_LONGER_POSSIBLE = "no_longer_possible", "No longer possible"
    TRANSFERRED_OUT = "transferred_out", "Transferred out"


ENDS = frozenset(
    {
        Stage.NO_FURTHER_ACTION,
        Stage.OTHER_SUPPORT,
        Stage.NOT_APPROPRIATE,
        Stage.DECLINED,
        Stage.EXITED,
        Stage.LEFT_CHANNEL,
        Stage.NO_LONGER_POSSIBLE,
        Stage.TRANSFERRED_OUT,
    }
)


OPEN_STAGES = sorted(set(Stage) - ENDS)


class LedBy(models.TextChoices):
    ADULT_LEAD = "adult_lead", "Prevent adult lead"
    FAMILIES_LEAD = "families_lead", "Prevent families lead"


def _open() -> Q:
    return Q(police_until_date=None) | Q(police_until_date__gte=today())


def _opened() -> Q:
    return Q(opened_to_area_at__isnull=False) & (Q(closed_date=None) | Q(closed_date__gte=today()))


def _led_by(lead: LedBy) -> Callable[[], Q]:
    return lambda: _opened() & Q(led_by=lead)


HOLDS: dict[Since, Callable[[], Q]] = {
    Since.OPEN: _open,
    Since.OPENED: _opened,
    Since.LED_BY_ADULT: _led_by(LedBy.ADULT_LEAD),
    Since.LED_BY_FAMILIES: _led_by(LedBy.FAMILIES_LEAD),
}


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases that `user` may know of: what the policy of the table says, to the ORM.

        Short questions first, so that a list starts from what was granted.
        """
        granted = Grant.objects.in_force(now()).to(user).filter(part=Part.CASE, object_id=None)
        excluded = Exclusion.objects.filter(user=user).in_force(now()).values("case")
        theirs = [
            *NamedPerson.objects.now().filter(user=user).values_list("case", flat=True),
            *EmergencyOpening.objects.open_at(now())
            .filter(user=user)
            .values_list("case", flat=True),
        ]
        seen = Q(pk__in=[*theirs, *granted.values_list("case", flat=True)])
        for since in Since:
            if areas := user.areas_of(roles_for(Part.CASE, since)):
                seen |= Q(area__in=areas) & HOLDS[since]()
        kept_from_them = Q(restricted=True) & ~Q(pk__in=theirs)
        return self.filter(seen).exclude(kept_from_them).exclude(pk__in=excluded)

    def found(self, reference: str, *, by: User) -> "Case | None":
        """The case of that reference, or None where `by` may not know that it exists.

        The policy of the table answers first: of most that is not theirs nothing more is asked.
        """
        if not self.filter(reference=reference).exists():
            return None
        return self.visible_to(by).filter(reference=reference).select_related("area").first()

    def open(self) -> "CaseQuerySet":
        return self.filter(ended_at=None)


class Case(Record):
    """One person's way through Channel.

    `opened_to_area_at`: since when the council sees it; set at the first lead review or next
    step, never unset. `closed_date`: the day of the last review after its end, or of the end
    where none is due: the council sees it until then. `police_until_date`: the last day that
    the police see it without a match, a review or a rights request.
    """

    reference = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    area = models.ForeignKey(Area, models.PROTECT, related_name="cases")
    stage = models.CharField(max_length=20, choices=Stage)
    held_from = models.CharField(max_length=20, choices=Stage, blank=True)
    led_by = models.CharField(max_length=20, choices=LedBy, blank=True)
    restricted = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_to_area_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    closed_date = models.DateField(null=True)
    police_until_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    edition = models.CharField(max_length=40)

    objects = CaseQuerySet.as_manager()
    kept = Kept(Part.CASE, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        indexes = [
            models.Index(fields=["area", "-opened_at", "-id"], name="case_newest_of_area"),
            models.Index(fields=["id"], condition=Q(restricted=True), name="restricted_cases"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ended_at_an_end",
                condition=Q(ended_at=None, stage__in=OPEN_STAGES)
                | Q(ended_at__isnull=False, stage__in=sorted(ENDS)),
            ),
            models.CheckConstraint(
                name="held_from_where_held",
                condition=(Q(stage=Stage.POLICE_HELD) & ~Q(held_from=""))
                | (~Q(stage=Stage.POLICE_HELD) & Q(held_from="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class Move(Record):
    """A case went from one stage to another (or to itself: a decision that it stays)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    start = models.CharField(max_length=20, choices=Stage, blank=True)  # empty: it was opened
    to = models.CharField(max_length=20, choices=Stage)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: a duty
    at = models.DateTimeField()
    why = models.TextField()
    clause = models.CharField(max_length=20)
    edition = models.CharField(max_length=40)

    kept = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        ordering = ["at", "id"]


class HoldReason(Record):
    """Why the police hold a case: seen by them only, so a table of its own (1.3.7, 2.8.17)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hold_reasons")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    look_again_date = models.DateField()
    longest_date = models.DateField()
    ended_at = models.DateTimeField(null=True)

    kept = Kept(Part.HELD, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_looked_at_before_its_longest",
                condition=Q(look_again_date__lte=F("longest_date")),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_hold_at_a_time"
            ),
        ]
