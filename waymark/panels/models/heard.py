"""What is said in a meeting beside its decisions, and of its minutes before they are signed."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Record
from waymark.directory.models import Area, User
from waymark.panels.models.decisions import KEPT, Action, Minute
from waymark.panels.models.meetings import OF_A_MEETING, AgendaItem, Attendance, Meeting


class Statement(Record):
    """The confidentiality statement was read, and interests were asked for, at a meeting.

    `interests`: what was declared that is about no single case; empty where nothing was.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="statement")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    interests = models.TextField(blank=True)
    edition = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = OF_A_MEETING


class Declaration(Record):
    """Somebody who came is not there for one case: of an interest they leave, or they are away."""

    class Kind(models.TextChoices):
        INTEREST = "interest", "An interest"
        AWAY = "away", "Not in the room"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="declarations")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="declarations")
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.INTEREST, db_default="interest"
    )
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="one_declaration_each"),
            models.CheckConstraint(name="declared_in_words", condition=~Q(words="")),
        ]


class Departure(Record):
    """The minute of a case that moved to another panel before its meeting's minutes were signed.

    It stands apart from the case's own minutes: the leaving panel sees the case no longer, and
    reads this alone. `area`: the leaving one. `reference`: as its members know the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="departures")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="departed_in_words", condition=~Q(words=""))]


class Discussion(Record):
    """What was said of a case that could not be decided on, such as without the quorum."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="discussions")
    words = models.TextField()
    present = models.TextField(blank=True)
    why_undecided = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="discussed_in_words", condition=~Q(words="") & ~Q(why_undecided="")
            )
        ]


class ActionHeard(Record):
    """What a meeting heard of an action that an earlier one gave: done, or not and why."""

    class State(models.TextChoices):
        DONE = "done", "Done"
        NOT_DONE = "not_done", "Not done"
        NOT_DUE = "not_due", "Not due yet"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="heard")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="actions_heard")
    state = models.CharField(max_length=10, choices=State)
    words = models.TextField(blank=True)
    again_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "action"], name="action_heard_once_at_each"),
            models.CheckConstraint(
                name="action_heard_in_words", condition=Q(state="not_due") | ~Q(words="")
            ),
            models.CheckConstraint(
                name="action_not_done_has_another_day",
                condition=~Q(state="not_done") | Q(again_date__isnull=False),
            ),
        ]


class ProposedCorrection(Record):
    """What somebody who was there would put right in a minute before it is signed."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for the chair"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    minute = models.ForeignKey(Minute, models.PROTECT, related_name="proposed")
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="correction_proposed_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="proposed_correction_answered_by_the_chair",
                condition=Q(state="waiting", answered_at=None, answered_by=None)
                | (~Q(state="waiting") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="correction_refused_with_a_reason",
                condition=~Q(state="refused") | ~Q(answer=""),
            ),
        ]
