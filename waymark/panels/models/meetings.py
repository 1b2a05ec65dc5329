"""A panel's meeting: its agenda, which leaves no open case out, and who came (2.8.18, 2.5.9)."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Area, Organisation, User

OF_A_MEETING = Kept(Part.DIRECTORY, Controller.COUNCIL, Regime.UK_GDPR, "directory")
OF_A_CASE = Kept(Part.PANEL, Controller.COUNCIL, Regime.UK_GDPR, "case")


class Meeting(Record):
    """A meeting of an area's panel, on a day. `follows`: the one that was adjourned to this."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        ENDED = "ended", "Ended, minutes not signed"
        SIGNED = "signed", "Minutes signed"
        CALLED_OFF = "called_off", "Called off"

    area = models.ForeignKey(Area, models.PROTECT, related_name="meetings")
    reference = models.CharField(max_length=12, unique=True)
    on_date = models.DateField()
    at_time = models.TimeField(null=True)  # London's; none: it was not said
    remote = models.CharField(max_length=500, blank=True)  # how to join; in no e-mail
    extraordinary_why = models.TextField(blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)  # of its calendar entry: each change
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="continuations")
    called_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    called_off_why = models.TextField(blank=True, db_default="")

    kept = OF_A_MEETING

    class Meta:
        ordering = ["-on_date", "id"]
        indexes = [models.Index(fields=["area", "-on_date", "id"], name="meetings_of_an_area")]
        constraints = [
            models.CheckConstraint(
                name="meeting_is_as_far_as_its_times",
                condition=Q(state="planned", opened_at=None, ended_at=None, signed_at=None)
                | Q(state="open", opened_at__isnull=False, ended_at=None, signed_at=None)
                | Q(state="ended", opened_at__isnull=False, ended_at__isnull=False, signed_at=None)
                | Q(state="signed", ended_at__isnull=False, signed_at__isnull=False)
                | Q(state="called_off", opened_at=None, called_off_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_called_off_with_a_reason",
                condition=Q(called_off_at=None) | ~Q(called_off_why=""),
            ),
            *(
                models.CheckConstraint(
                    name=f"meeting_{done}_by_somebody",
                    condition=Q(**{f"{done}_at": None, f"{done}_by": None})
                    | Q(**{f"{done}_at__isnull": False, f"{done}_by__isnull": False}),
                )
                for done in ("opened", "ended", "signed", "called_off")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AgendaItem(Record):
    """One case on a meeting. Heard by a decision, or carried to a dated continuation."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    stage = models.CharField(max_length=20)  # where the case stood when it was put on
    added_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    carried_to = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField(null=True)  # as the chair or co-ordinator put it

    kept = OF_A_CASE

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="once_on_an_agenda"),
            models.CheckConstraint(
                name="heard_or_carried_on", condition=Q(heard_at=None) | Q(carried_to=None)
            ),
        ]


class Attendance(Record):
    """Somebody invited to a meeting, or to one case of it; and whether they came (2.5.9).

    `member`: decides with the panel. `user`: none for somebody without an account.
    `deputy_for`: in whose place they come, and whose seat of the quorum they fill.
    """

    class Kind(models.TextChoices):
        MEMBER = "member", "Member of the panel"
        REFERRER = "referrer", "Who referred"
        AGENCY = "agency", "An agency that knows the person"
        SUPPORT = "support", "Who leads or gives support"
        INTERPRETER = "interpreter", "An interpreter"
        OTHER = "other", "Somebody else"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=120)
    member = models.BooleanField()
    kind = models.CharField(max_length=12, choices=Kind, blank=True)  # none: before it was asked
    deputy_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="deputies")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    came = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    kept = OF_A_MEETING

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user", "item"], name="invited_once_to_an_item"
            ),
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(item=None, user__isnull=False),
                name="invited_once_to_a_meeting",
            ),
            models.CheckConstraint(
                name="absent_with_a_reason", condition=~Q(came=False) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="who_referred_is_heard_on_one_case",
                condition=~Q(kind="referrer") | Q(item__isnull=False, member=False),
            ),
        ]
