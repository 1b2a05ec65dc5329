"""What the police make of what partners answered: followed, never edited (2.7.9, R8)."""

from django.db import models
from django.db.models import F, Q

from waymark.cases.models import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import User
from waymark.policy.lateness import day_in_words
from waymark.sharing.models.answered import ItemAnswered, SaidBeyond

WEIGHED = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")


class Mark(Record):
    """What became of one answer, or of what was said beyond the questions; the last one stands.

    `words`: what is to be checked, or why nobody marked it. `who` checks it, by `by_date`.
    """

    class State(models.TextChoices):
        USED = "used", "Used"
        NOT_RELEVANT = "not_relevant", "Not relevant"
        TO_CHECK = "to_check", "To be checked"
        LEFT = "left", "Not marked when the checks were finished"

    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    item = models.ForeignKey(ItemAnswered, models.PROTECT, null=True, related_name="marks")
    said = models.ForeignKey(SaidBeyond, models.PROTECT, null=True, related_name="marks")
    state = models.CharField(max_length=20, choices=State)
    words = models.TextField(blank=True)
    who = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_date = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = WEIGHED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="mark_of_one_thing_said",
                condition=Q(item=None, said__isnull=False) | Q(item__isnull=False, said=None),
            ),
            models.CheckConstraint(
                name="to_check_what_by_whom_and_when",
                condition=(
                    Q(state="to_check", who__isnull=False, by_date__isnull=False) & ~Q(words="")
                )
                | (~Q(state="to_check") & Q(who=None, by_date=None)),
            ),
            models.CheckConstraint(
                name="left_with_a_reason", condition=~Q(state="left") | ~Q(words="")
            ),
        ]

    @property
    def in_words(self) -> str:
        """What became of the answer, with who checks what by when."""
        said = self.get_state_display()
        if self.who and self.by_date:
            said = f"{said} by {self.who.name}, by {day_in_words(self.by_date)}"
        return f"{said}: {self.words}" if self.words else said


class Contradiction(Record):
    """That two answers to one question do not fit, and what is done about it; the last stands."""

    class State(models.TextChoices):
        OPEN = "open", "Still open"
        SETTLED = "settled", "Settled"

    case = models.ForeignKey(Case, models.PROTECT, related_name="contradictions")
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="followed_by"
    )  # what was said of the same two answers before
    one = models.ForeignKey(ItemAnswered, models.PROTECT, related_name="+")
    other = models.ForeignKey(ItemAnswered, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State)
    words = models.TextField()
    done = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = WEIGHED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="two_answers_contradict", condition=~Q(one=F("other"))),
            models.CheckConstraint(
                name="contradiction_in_words", condition=~Q(words="") & ~Q(done="")
            ),
        ]
