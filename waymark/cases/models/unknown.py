"""What is still not known of a person, and what they need: rows that are followed, never edited."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User

# with the assessment: the panel that hears a case reads both beside it
UNKNOWN = Kept(Part.ASSESSMENT, Controller.POLICE, Regime.PART_3, "case")
NEEDED = Kept(Part.ASSESSMENT, Controller.COUNCIL, Regime.UK_GDPR, "case")


class OpenQuestion(Record):
    """Something that is not known yet, and who might know it (2.7.3, 2.3.1).

    `organisation`: one of the directory, which can be asked; else `who` says it in words.
    `factor`: the code of the factor that it is about, where it is about one.
    """

    class Arose(models.TextChoices):
        GATHERING = "gathering", "Information gathering"
        RISK = "risk", "The assessment of risk"
        LEAD_REVIEW = "lead_review", "The lead’s review"
        PARTNER_CHECKS = "partner_checks", "The partners’ answers"
        FACTOR = "factor", "The assessment of the factors"
        NEXT_STEP = "next_step", "The next step"
        LATER = "later", "The panel, or later"

    case = models.ForeignKey(Case, models.PROTECT, related_name="open_questions")
    words = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=200, blank=True)
    arose = models.CharField(max_length=20, choices=Arose)
    factor = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = UNKNOWN

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="open_question_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="open_question_of_one_who_might_know",
                condition=Q(organisation__isnull=False, who="")
                | (Q(organisation=None) & ~Q(who="")),
            ),
            models.CheckConstraint(
                name="open_question_of_a_factor",
                condition=(Q(arose="factor") & ~Q(factor="")) | (~Q(arose="factor") & Q(factor="")),
            ),
        ]

    @property
    def might_know(self) -> str:
        return self.organisation.name if self.organisation else self.who


class QuestionEnd(Record):
    """How a question ended: once, and in words."""

    class How(models.TextChoices):
        ANSWERED = "answered", "Answered by whoever was asked"
        FOUND_OUT = "found_out", "Found out in another way"
        NOT_NEEDED = "not_needed", "No longer needed"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    question = models.OneToOneField(OpenQuestion, models.PROTECT, related_name="end")
    how = models.CharField(max_length=20, choices=How)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = UNKNOWN

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="question_ended_in_words", condition=~Q(words=""))
        ]


class Need(Record):
    """A need or vulnerability of the person, beside the factors (2.1.5).

    A plan addresses it or says why not. `told_date`: the day on which `source` told of it.
    """

    class Kind(models.TextChoices):
        HEALTH = "health", "Health"
        HOUSING = "housing", "Housing"
        FAMILY = "family", "Family"
        LEARNING = "learning", "School or work"
        ONLINE = "online", "Online"
        EXPLOITATION = "exploitation", "Exploitation by others"
        OTHER = "other", "Something else"

    case = models.ForeignKey(Case, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField()
    source = models.CharField(max_length=200)
    told_date = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = NEEDED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="need_of_the_person_with_its_source", condition=~Q(words="") & ~Q(source="")
            )
        ]


class NeedChange(Record):
    """What became of a need: it changed and goes on, or it is met or no longer there."""

    class Became(models.TextChoices):
        CHANGED = "changed", "It is there, and has changed"
        MET = "met", "It is met"
        GONE = "gone", "It is no longer there"

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, related_name="changes")
    became = models.CharField(max_length=20, choices=Became)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = NEEDED

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="need_changed_in_words", condition=~Q(words="")),
            models.UniqueConstraint(
                fields=["need"], condition=~Q(became="changed"), name="need_ended_once"
            ),
        ]
