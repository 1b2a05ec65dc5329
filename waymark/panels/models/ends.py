"""An end that two endorse (2.8.15), and what is looked at after it."""

from django.db import models
from django.db.models import Q

from waymark.cases.models import Case, Stage
from waymark.cases.models.hold import Two, two_people
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User
from waymark.panels.models.decisions import Decision

KEPT = Kept(Part.WORK, Controller.PARTNERSHIP, Regime.UK_GDPR, "case")
BY_TWO = (Stage.EXITED, Stage.OTHER_SUPPORT, Stage.NOT_APPROPRIATE, Stage.DECLINED)


class EndPost(models.TextChoices):
    CHAIR = "chair", "Chair of the Channel panel"
    POLICE_LEAD = "police_lead", "Police Prevent lead"


class EndProposal(Record):
    """An exit, or another end once support was agreed, in the panel's words.

    Whoever endorses it endorses this text, of the case as it stood at `case_version`: another
    text is another row, and what was said of the one before has lapsed.
    """

    class Outcome(models.TextChoices):
        ENDORSED = "endorsed", "Endorsed by both"
        REFUSED = "refused", "Refused"
        LAPSED = "lapsed", "Lapsed: the case or the text has changed"
        WITHDRAWN = "withdrawn", "An endorsement was withdrawn: both are asked anew"

    case = models.ForeignKey(Case, models.PROTECT, related_name="end_proposals")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="end_proposals")
    to = models.CharField(max_length=20, choices=[(end.value, end.label) for end in BY_TWO])
    reasons = models.TextField()
    case_version = models.PositiveIntegerField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_date = models.DateField(null=True)  # after *declined*, where the panel sets one
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None), name="one_end_proposed_at_a_time"
            ),
            models.CheckConstraint(
                name="end_proposal_closed_with_its_outcome",
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]


class EndDeputy(Record):
    """Who decides for a post that has not decided by its date.

    `passed_at`: when the date had passed. Of one end it passes for one post only: no deputies
    for both (R20).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(EndProposal, models.PROTECT, related_name="deputies")
    post = models.CharField(max_length=20, choices=EndPost)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    passed_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "post"], name="one_deputy_of_each_post"),
            models.UniqueConstraint(fields=["proposal", "user"], name="nobody_deputises_for_both"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(passed_at__isnull=False), name="one_deputy_decides"
            ),
        ]


class EndOpinion(Record):
    """What one post says of a proposed end. A row is never changed.

    `left_open`: why it may end with what is not addressed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(EndProposal, models.PROTECT, related_name="opinions")
    post = models.CharField(max_length=20, choices=EndPost)
    endorses = models.BooleanField()
    why = models.TextField()
    left_open = models.TextField(blank=True, db_default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "post"], name="one_opinion_of_each_post"),
            models.UniqueConstraint(fields=["proposal", "by"], name="end_endorsed_by_two_people"),
            models.UniqueConstraint(
                fields=["proposal", "organisation"], name="end_endorsed_by_two_organisations"
            ),
        ]


class EndWithdrawal(Record):
    """The first of two takes an endorsement back, before the second has decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    opinion = models.OneToOneField(EndOpinion, models.PROTECT, related_name="withdrawal")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["at", "id"]


class ReviewAfterExit(Record):
    """The panel looks again at a case that has ended: done when written, never before (R21)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        HELD = "held", "Held"
        LAPSED = "lapsed", "Lapsed: the case was re-opened"

    class Result(models.TextChoices):
        NOTHING_NEW = "nothing_new", "Nothing new"
        FURTHER = "further", "A further review is proposed"
        REOPEN = "reopen", "Re-opened: back to the panel"

    case = models.ForeignKey(Case, models.PROTECT, related_name="exit_reviews")
    number = models.PositiveSmallIntegerField()
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    result = models.CharField(max_length=20, choices=Result, blank=True)
    asked = models.TextField(blank=True)  # who was asked, and what they said
    words = models.TextField(blank=True)
    # the short assessment: each dimension apart, as it is seen now
    engagement = models.TextField(blank=True, db_default="")
    intent = models.TextField(blank=True, db_default="")
    capability = models.TextField(blank=True, db_default="")
    referrer_told = models.TextField(blank=True, db_default="")  # what they may be told, or why not
    further_date = models.DateField(null=True)
    late = models.BooleanField(null=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)

    kept = KEPT

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.CheckConstraint(
                name="review_held_only_when_written",
                condition=(~Q(state="held") & Q(held_at=None, held_by=None, result=""))
                | (
                    Q(state="held", held_at__isnull=False, held_by__isnull=False)
                    & Q(late__isnull=False)
                    & ~Q(result="")
                    & ~Q(words="")
                ),
            ),
            models.CheckConstraint(
                name="further_review_is_dated",
                condition=~Q(result="further") | Q(further_date__isnull=False),
            ),
        ]


class ReviewExtension(Two):
    """A further review, up to 24 months after the end: the chair proposes it, the police agree."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="review_extensions")
    review = models.OneToOneField(ReviewAfterExit, models.PROTECT, related_name="extension")
    further_date = models.DateField()

    kept = KEPT

    class Meta(Two.Meta):
        constraints = two_people("review_extension")[:1]  # one of each review is enough
