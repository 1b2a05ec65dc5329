"""Documents that hang on a case: with an entry, or with a partner's answer."""

from django.db import models
from django.db.models import Q

from waymark.cases.models.case import Case
from waymark.database.record import Controller, Kept, Part, Record, Regime
from waymark.directory.models import Organisation, User
from waymark.files.models import File


class DocumentQuerySet(models.QuerySet["Document"]):
    def of_entries(self) -> "DocumentQuerySet":
        return self.filter(part=Part.WORK)

    def of_request(self, key: int) -> "DocumentQuerySet":
        return self.filter(part=Part.REQUEST, object_id=key)


class Document(Record):
    """A file on a case. `part` and `object_id`: of the entry, or of the request, it came with.

    Who sees the entry, or the words of the answer, sees the document.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    file = models.OneToOneField(File, models.PROTECT, related_name="document")
    part = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()
    kept = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="document_of_an_entry_or_a_request",
                condition=Q(part__in=[Part.WORK.value, Part.REQUEST.value]),
            ),
            models.CheckConstraint(name="document_says_what_it_is", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.file.shown_name


class OriginalOpened(Record):
    """The police opened a file as it was sent, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="openings")
    why = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(Part.WORK, Controller.POLICE, Regime.PART_3, "case")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="original_opened_for_a_reason", condition=~Q(why=""))
        ]
