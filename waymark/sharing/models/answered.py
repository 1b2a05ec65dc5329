"""What partners answer: followed, never edited (2.7.9, 2.9.3, R8)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User
from waymark.sharing.models.asked import ItemAsked, Request

ANSWERED = Kept(Part.REQUEST, Controller.REPLYING_BODY, Regime.UK_GDPR, "case")
WHAT_WAS_SAID = Kept(Part.WORK, Controller.REPLYING_BODY, Regime.UK_GDPR, "case")


class Reply(Record):
    """That an organisation answered, and how. A later one follows it; none is changed (R8).

    What it said stands apart: a co-ordinator may write an answer down, and does not read it.
    `held_back`: whether something is kept back, and who decided so: never what (R16).
    """

    class State(models.TextChoices):
        NOTHING_KNOWN = "nothing_known", "Nothing is known here"
        INFORMATION = "information", "Information is given"
        PART = "part", "Part of it is given, more will follow"
        DECLINED = "declined", "Declined"

    class CameBy(models.TextChoices):
        HERE = "here", "Answered here"
        SECURE_EMAIL = "secure_email", "Secure e-mail"
        TELEPHONE = "telephone", "Telephone"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="replies")
    state = models.CharField(max_length=20, choices=State)
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
                name="reply_from_elsewhere_can_be_checked",
                condition=Q(came_by="here")
                | (Q(came_by="secure_email") & ~Q(original_kept=""))
                | Q(came_by="telephone", read_back=True),
            ),
        ]

    @property
    def words(self) -> str:
        """What was said beyond the questions; empty too for who may not read it."""
        said = getattr(self, "said", None)
        return said.words if said else ""


class SaidBeyond(Record):
    """What an answer says beyond the questions, or why it was declined."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="said")
    words = models.TextField()

    kept = WHAT_WAS_SAID

    class Meta:
        verbose_name_plural = "said beyond"
        constraints = [models.CheckConstraint(name="said_in_words", condition=~Q(words=""))]


class ItemAnswered(Record):
    """What was answered to one question: the words, where they come from, and of which day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="items")
    item = models.ForeignKey(ItemAsked, models.PROTECT, related_name="answers")
    words = models.TextField()
    source = models.CharField(max_length=200)
    happened_date = models.DateField(null=True)

    kept = WHAT_WAS_SAID

    class Meta:
        ordering = ["item__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "item"], name="item_answered_once_a_reply")
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
