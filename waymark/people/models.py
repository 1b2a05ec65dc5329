"""The person: every name, spelling, date and address is a row of its own, with its source.

A person's rows come from one source; two persons who may be one are linked by SamePerson,
never merged. Policies of these tables are made in cases and referrals: who may see a person
follows from those.
"""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.database.sealing import open_sealed, place, seal
from waymark.database.sealing_rotation import is_sealed
from waymark.directory.models import User

ADDRESSES = "addresses"  # what they are sealed for
PERSON = Kept(Part.PERSON, Controller.POLICE, Regime.PART_3, "case")
NAME = Kept(Part.NAME, Controller.POLICE, Regime.PART_3, "case")


class Person(Record):
    """Somebody as one source knows them. `source`: a short code, such as "referral"."""

    source = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    kept = PERSON


class Fact(Record):
    """Something that a source says of a person, and when it was written down.

    It is never edited: another of the same kind `corrects` it, and says what was wrong.
    """

    source = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # none: a visitor
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    corrected = models.TextField(blank=True)  # what was wrong with that one

    person_id: int
    corrects_id: int | None

    class Meta:
        abstract = True


class NameQuerySet(models.QuerySet["Name"]):
    def right(self) -> "NameQuerySet":
        """Those that no other name has corrected."""
        return self.filter(~Exists(Name.objects.filter(corrects=OuterRef("pk"))))


class Name(Fact):
    """A name or a spelling of it. The first that is right is the one that lists show."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="names")
    forenames = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, default="given")  # given, other, spelling

    objects = NameQuerySet.as_manager()
    kept = NAME

    class Meta:
        ordering = ["noted_at", "id"]
        indexes = [models.Index(Lower("surname"), Lower("forenames"), name="name_as_written")]

    def __str__(self) -> str:
        return f"{self.surname}, {self.forenames}".strip(", ") or "Name not known"


class BirthDate(Fact):
    """A birth date: exact, in part, or an age in years on a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="birth_dates")
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    age = models.PositiveSmallIntegerField(null=True)
    age_on_date = models.DateField(null=True)

    kept = PERSON

    class Meta:
        ordering = ["-noted_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="birth_date_says_something",
                condition=Q(year__isnull=False) | Q(age__isnull=False, age_on_date__isnull=False),
            )
        ]

    def exact(self) -> date | None:
        """The whole date, where it is known."""
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None

    def __str__(self) -> str:
        if exact := self.exact():
            return f"{exact.day} {exact:%B %Y}"
        if self.year and self.month:
            return f"{date(self.year, self.month, 1):%B %Y}"
        return str(self.year) if self.year else f"about {self.age}, on {self.age_on_date:%d %m %Y}"


class Address(Fact):
    """Where somebody lives or lived. A protected one is sealed, and its lines are empty."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="addresses")
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    current = models.BooleanField(default=True)
    protected = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)

    kept = PERSON

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="protected_address_is_sealed",
                condition=Q(protected=False) | (Q(lines="", postcode="") & ~Q(sealed=b"")),
            )
        ]

    def __str__(self) -> str:
        return self._opened() if self.protected else f"{self.lines} {self.postcode}".strip()

    def protect(self, words: str) -> None:
        """Seal `words`: from now on the police and the chair read them, and nobody else."""
        bound_to = place("people_address", "sealed", self.pk)
        self.protected, self.lines, self.postcode = True, "", ""
        self.sealed = seal(ADDRESSES, words.encode(), bound_to=bound_to)

    def _opened(self) -> str:
        bound_to = place("people_address", "sealed", self.pk)
        return open_sealed(ADDRESSES, bytes(self.sealed), bound_to=bound_to).decode()


is_sealed("people.Address", "sealed", ADDRESSES)


class Telephone(Fact):
    person = models.ForeignKey(Person, models.PROTECT, related_name="telephones")
    number = models.CharField(max_length=40)

    kept = PERSON


class Email(Fact):
    person = models.ForeignKey(Person, models.PROTECT, related_name="emails")
    address = models.CharField(max_length=200)

    kept = PERSON


class Place(Fact):
    """Where somebody learns or works, or that they do neither, and how that is."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=20)  # school, work, none
    name = models.CharField(max_length=300)

    kept = PERSON


class Identifier(Fact):
    """A number that another body knows the person by."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=100)

    kept = PERSON


class SamePerson(Record):
    """What somebody said of two persons: the same, different, or cannot tell (R2)."""

    class Answer(models.TextChoices):
        SAME = "same", "The same person"
        DIFFERENT = "different", "Different people"
        CANNOT_TELL = "cannot_tell", "Cannot tell"

    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer)
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = PERSON

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="two_persons_compared", condition=~Q(one=F("other")))
        ]


class AgeDispute(Record):
    """Somebody says that the age is not right: a child until an age assessment says otherwise."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="age_disputes")
    source = models.CharField(max_length=200)  # who disputes it
    why = models.TextField()
    assess_by_date = models.DateField()  # by when an assessment is sought
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = PERSON

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="age_disputed_why", condition=~Q(why=""))]


class AgeAssessment(Record):
    """What a named body found, on which day: it ends a dispute, and its birth date counts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="age_assessments")
    dispute = models.OneToOneField(AgeDispute, models.PROTECT, related_name="assessment")
    birth_date = models.OneToOneField(BirthDate, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    assessed_date = models.DateField()
    words = models.TextField()  # what it rests on
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = PERSON

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="age_assessed_in_words", condition=~Q(words=""))]
