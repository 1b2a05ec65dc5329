"""What partners are asked, and what they answer: followed, never edited (2.7.8, 2.7.9, 2.9.3)."""

from datetime import date

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case, OpenQuestion
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

ASKED = Kept(Part.REQUEST, Controller.POLICE, Regime.PART_3, "case")
ANSWERED = Kept(Part.REQUEST, Controller.REPLYING_BODY, Regime.UK_GDPR, "case")


class RequestQuerySet(models.QuerySet["Request"]):
    def of(self, user: User) -> "RequestQuerySet":
        """The requests to `user`'s organisation that they may see: never through the case."""
        mine = self.filter(organisation_id=user.organisation_id)
        return mine.select_related("organisation").order_by("due_date", "id")

    def unanswered(self) -> "RequestQuerySet":
        return self.filter(answered_at=None)

    def of_this_round(self) -> "RequestQuerySet":
        """Those asked since checks were last finished."""
        return self.filter(closed_at=None)


class Request(Record):
    """What one organisation is asked about one person. It sees this, and not the case.

    `asked_of`: the person there whose task it is; none where nobody has an account, and the
    police ask and write down the answer. `about`: what the organisation needs to find the
    person in its systems. `closed_at`: checks were finished; a late answer can still come.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    about = models.TextField()
    words = models.TextField()
    due_date = models.DateField()
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
                condition=Q(closed_at=None),
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


class Reply(Record):
    """What an organisation answered. A later one follows it; none is changed (R8).

    `held_back`: whether it keeps something back, and who decided so: never what (R16).
    """

    class State(models.TextChoices):
        NOTHING_KNOWN = "nothing_known", "Nothing is known here"
        INFORMATION = "information", "Information is given"
        PART = "part", "Part of it is given, more will follow"
        DECLINED = "declined", "Declined"
        PASSED_ON = "passed_on", "Passed on to somebody else"

    class CameBy(models.TextChoices):
        HERE = "here", "Answered here"
        SECURE_EMAIL = "secure_email", "Secure e-mail"
        TELEPHONE = "telephone", "Telephone"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="replies")
    state = models.CharField(max_length=20, choices=State)
    words = models.TextField(blank=True)
    held_back = models.BooleanField()
    held_back_decided_by = models.CharField(max_length=200, blank=True)
    came_by = models.CharField(max_length=20, choices=CameBy)
    given_by = models.CharField(max_length=200)  # name and post at the organisation
    original_kept = models.CharField(max_length=300, blank=True)  # where the e-mail is
    read_back = models.BooleanField(default=False)  # to whoever gave it by telephone
    by = models.ForeignKey(User, models.PROTECT, related_name="+")  # who wrote it down here
    at = models.DateTimeField()

    kept = ANSWERED

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                name="held_back_by_whose_decision",
                condition=Q(held_back=False) | ~Q(held_back_decided_by=""),
            ),
            models.CheckConstraint(
                name="declined_or_passed_on_in_words",
                condition=~Q(state__in=["declined", "passed_on"]) | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="reply_from_elsewhere_can_be_checked",
                condition=Q(came_by="here")
                | (Q(came_by="secure_email") & ~Q(original_kept=""))
                | Q(came_by="telephone", read_back=True),
            ),
        ]


class ItemAnswered(Record):
    """What was answered to one question: the words, where they come from, and of which day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="items")
    item = models.ForeignKey(ItemAsked, models.PROTECT, related_name="answers")
    words = models.TextField()
    source = models.CharField(max_length=200)
    happened_date = models.DateField(null=True)

    kept = ANSWERED

    class Meta:
        ordering = ["item__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "item"], name="item_answered_once_a_reply")
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


class OwnRecord(Record):
    """What an organisation says of its own record of this person: followed, never edited (1.4.1).

    `request`: the one that it was asked by, where it sees that and not the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="own_records")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="own_records")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file_number = models.CharField(max_length=100, blank=True)
    kept_for = models.CharField(max_length=300)  # how long it retains the record
    where = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = ANSWERED

    class Meta:
        ordering = ["organisation__name", "-at", "id"]


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
