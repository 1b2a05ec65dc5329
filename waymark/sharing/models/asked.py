"""What partners are asked, by when, and who has it there: followed, never edited (2.7.8, 2.9.3)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from waymark.cases.models import Case, OpenQuestion, Stage
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

ASKED = Kept(Part.REQUEST, Controller.POLICE, Regime.PART_3, "case")


class RequestQuerySet(models.QuerySet["Request"]):
    def of(self, user: User) -> "RequestQuerySet":
        """The requests to `user`'s organisation that they may see: never through the case."""
        mine = self.filter(organisation_id=user.organisation_id)
        return mine.select_related("organisation").order_by("due_date", "id")

    def unanswered(self) -> "RequestQuerySet":
        return self.filter(answered_at=None)

    def of_this_round(self) -> "RequestQuerySet":
        """Those asked at partner checks since they were last finished."""
        return self.filter(closed_at=None, stage=Stage.PARTNER_CHECKS)

    def still_open(self) -> "RequestQuerySet":
        """Those that nobody has answered, and that nothing went on without."""
        return self.unanswered().filter(closed_at=None)


class Request(Record):
    """What one organisation is asked about one person. It sees this, and not the case.

    `asked_of`: the person there whose task it is; none where whoever has it has no account, and
    the police ask and write down the answer. `about`: what the organisation needs to find the
    person in its systems. `stage`: where the case stood when it was asked. `closed_at`: checks
    were finished, where a late answer can still come; or the police have read the answer.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    about = models.TextField()
    words = models.TextField()
    due_date = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    edition = models.CharField(max_length=40)

    objects = RequestQuerySet.as_manager()
    kept = ASKED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(answered_at=None, closed_at=None),
                name="asked_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def is_late(self, on: date) -> bool:
        return self.answered_at is None and self.due_date < on


class ItemAsked(Record):
    """One question of a request."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    words = models.TextField()

    kept = ASKED

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="one_item_at_a_position")
        ]


class WithoutAnswer(Record):
    """Why checks were finished without an organisation's answer: in words, with its name (R16)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="without_answer")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="without_answer")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = ASKED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="without_answer_in_words", condition=~Q(words=""))
        ]


class MovedDate(Record):
    """Another date to answer by, set by the chair or the co-ordinator, and why (2.9.3)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="moved_dates")
    was_date = models.DateField()
    due_date = models.DateField()
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = ASKED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="moved_with_a_reason", condition=~Q(why="")),
            models.CheckConstraint(
                name="moved_to_another_date", condition=~Q(was_date=F("due_date"))
            ),
        ]


class PassedOn(Record):
    """Who gave a request to whom: no answer, and it goes on waiting (R16).

    `was_with`: whose task it was; none where the police had it. `to`: who has it now, where they
    have an account; else `named`, and the police fetch the answer.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="passings")
    was_with = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    named = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = ASKED

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "passed on"
        constraints = [
            models.CheckConstraint(
                name="passed_to_one_who_is_named",
                condition=Q(to__isnull=False, named="") | (Q(to=None) & ~Q(named="")),
            )
        ]

    @property
    def to_whom(self) -> str:
        return self.to.name if self.to else self.named


class AskedFor(Record):
    """A request that was made for an open question of the case: its answer may close it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    question = models.ForeignKey(OpenQuestion, models.PROTECT, related_name="asked_for")
    request = models.OneToOneField(Request, models.PROTECT, related_name="asked_for")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(Part.ASSESSMENT, Controller.POLICE, Regime.PART_3, "case")  # as the question

    class Meta:
        ordering = ["at", "id"]
