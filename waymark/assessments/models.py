"""The assessment of vulnerability: factor by factor, never a total, a score or a rank (2.2)."""

from collections.abc import Sequence
from itertools import combinations

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case, Document, Entry
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.referrals.models import Extract
from waymark.sharing.models import ItemAnswered, SaidBeyond

TAKEN_FROM = ("extract", "answer", "said", "entry", "document")
KEPT = Kept(Part.ASSESSMENT, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")


def _at_most_one(names: Sequence[str]) -> Q:
    both = [
        Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
        for one, other in combinations(names, 2)
    ]
    return Q(*(~each for each in both))


class Assessment(Record):
    """One assessment with the framework's `edition`: unfinished, or signed and then unchanged.

    The three dimensions are summed up in words, each apart. `changes`: since the one before.
    """

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", "Preliminary assessment"
        PANEL = "panel", "Assessment for the panel"
        REVIEW = "review", "Review"

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=20, choices=Kind)
    edition = models.CharField(max_length=40)  # of the policy pack, and its framework
    engagement = models.TextField(blank=True)
    intent = models.TextField(blank=True)
    capability = models.TextField(blank=True)
    protective = models.TextField(blank=True)
    own_view = models.TextField(blank=True)  # the person's own
    conclusion = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # of all of it: one signs what one has seen
    texts_version = models.PositiveIntegerField(default=0)  # of its words alone

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(signed_at=None), name="one_unfinished_assessment"
            ),
            models.CheckConstraint(
                name="assessment_signed_by_somebody",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Finding(Record):
    """What is found of one factor. No row: not yet known, which never reads as absent (R9).

    `factor`: its code in the framework, or one of this case's own with its `name` (2.2.5).
    `confirmed`: found as in the assessment before, and looked at again; else `changed_why`.
    `version`: of this factor alone, so that two people can assess different ones at once.
    """

    class State(models.TextChoices):
        NOT_YET_KNOWN = "not_yet_known", "Not yet known"
        NOT_PRESENT = "not_present", "Not present"
        PARTLY = "partly", "Partly present"
        STRONGLY = "strongly", "Strongly present"
        WAS_PRESENT = "was_present", "Was present, no longer"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="findings")
    factor = models.CharField(max_length=60)
    dimension = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    added_why = models.TextField(blank=True)  # a factor of this case's own
    state = models.CharField(max_length=20, choices=State, default=State.NOT_YET_KNOWN)
    shows = models.TextField(blank=True)
    speaks_against = models.TextField(blank=True)
    confirmed = models.BooleanField(default=False)
    changed_why = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    kept = KEPT

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "factor"], name="one_finding_of_a_factor"
            ),
            models.CheckConstraint(
                name="finding_confirmed_or_changed",
                condition=Q(confirmed=False) | Q(changed_why=""),
            ),
        ]


class Evidence(Record):
    """What a finding rests on, and where it comes from (2.3.5).

    `extract`, `answer`, `said`, `entry` or `document`: the record that it is taken from, where it
    is in this case; `source` names it in words either way. A diagnosis says how it bears on the
    factor, and whose clinical word it is: alone it shows nothing.
    """

    class Kind(models.TextChoices):
        FACT = "fact", "Fact"
        OPINION = "opinion", "Opinion"
        ALLEGATION = "allegation", "Allegation"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="evidence")
    speaks_for = models.BooleanField()
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    source = models.CharField(max_length=200)
    happened_date = models.DateField(null=True)
    self_report = models.BooleanField()  # the person's own word
    extract = models.ForeignKey(Extract, models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey(ItemAnswered, models.PROTECT, null=True, related_name="+")
    said = models.ForeignKey(SaidBeyond, models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    bears_how = models.TextField(blank=True)  # of a diagnosis
    clinician = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(name="evidence_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="evidence_taken_from_one_record", condition=_at_most_one(TAKEN_FROM)
            ),
            models.CheckConstraint(
                name="diagnosis_bears_by_whose_word",
                condition=Q(bears_how="", clinician="") | (~Q(bears_how="") & ~Q(clinician="")),
            ),
        ]

    @property
    def is_diagnosis(self) -> bool:
        return bool(self.clinician)

    @property
    def taken_from(self) -> str:
        """The key of the record it is taken from, as `sources` has it; "" where none is."""
        for name in TAKEN_FROM:
            if key := getattr(self, f"{name}_id"):
                return f"{name}-{key}"
        return ""
