"""Files that a referrer sends with their receipt, beside their words."""

from django.db import models
from django.db.models import Q

from waymark.database.record import Record
from waymark.files.kinds import MOST_WITH_A_REFERRAL
from waymark.files.models import File
from waymark.referrals.models.asked import KEPT, Addition
from waymark.referrals.models.sent import Receipt


class AddedFile(Record):
    """A file that came with an addition. `number`: from 1, of all with that receipt."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="files")
    addition = models.ForeignKey(Addition, models.PROTECT, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="added")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    kept = KEPT

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "number"], name="added_file_by_its_number"),
            models.CheckConstraint(
                name="added_files_are_few",
                condition=Q(number__gte=1, number__lte=MOST_WITH_A_REFERRAL),
            ),
        ]

    def __str__(self) -> str:
        return self.file.shown_name
