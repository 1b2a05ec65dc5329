"""A file: what is known of it. Its content lies sealed in the store."""

from django.db import models
from django.db.models import Q

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.database.sealing_rotation import is_sealed
from waymark.directory.models import User
from waymark.files.kinds import LABELS, Kind

NAMES, KEYS = "file names", "files"  # the purposes of what is sealed


class FileQuerySet(models.QuerySet["File"]):
    def waiting(self) -> "FileQuerySet":
        """Those in quarantine, the longest there first."""
        return self.filter(state=File.State.HELD).order_by("at", "pk")


class File(Record):
    """One file of one upload: in quarantine until it is found clean, or refused.

    `reference` is of the upload and `number` of the file in it: people know it by these, never
    by the name that it was given, which may be somebody's. `stored`: its random name in the
    store. `pages`: how many pictures of pages were made of it. `case_id`: of the case that what
    it hangs on belongs to, or `referral_id`: of the referral that it was sent with; who may open
    it follows from that, and not from this row. `by`: nobody, where a visitor sent it.
    """

    class State(models.TextChoices):
        HELD = "held", "Being checked"
        CLEAN = "clean", "Checked"
        REFUSED = "refused", "Refused"

    case_id = models.BigIntegerField(null=True)
    referral_id = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=[(kind.value, LABELS[kind]) for kind in Kind])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_name = models.BinaryField()
    stored = models.CharField(max_length=64, unique=True)
    sealed_key = models.BinaryField(default=bytes)  # of a clean file; empty before
    state = models.CharField(max_length=7, choices=State, default=State.HELD)
    why = models.CharField(max_length=20, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)

    objects = FileQuerySet.as_manager()
    kept = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "number"], name="file_by_its_reference"),
            models.CheckConstraint(
                name="file_checked_or_held",
                condition=Q(state="held", checked_at=None, why="", pages=0)
                | Q(state="clean", checked_at__isnull=False, why="", pages__gte=1)
                | (Q(state="refused", checked_at__isnull=False, pages=0) & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="file_of_a_case_or_a_referral",
                condition=Q(case_id__isnull=False, referral_id=None, by__isnull=False)
                | Q(case_id=None, referral_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], condition=Q(state="held"), name="files_in_quarantine")
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def belongs_to(self) -> str:
        """What its content is bound to, so that nobody hangs it on something else."""
        return str(self.case_id) if self.case_id else f"referral-{self.referral_id}"

    @property
    def shown_name(self) -> str:
        """What it is called in headers and on pages: a reference, a number, and its kind."""
        return f"{self.reference}-{self.number}{Kind(self.kind).ending}"

    @property
    def is_clean(self) -> bool:
        return self.state == self.State.CLEAN


is_sealed("files.File", "sealed_name", NAMES)
is_sealed("files.File", "sealed_key", KEYS)
