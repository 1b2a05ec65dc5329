"""What lies in the store and belongs to no row: left by an act that was taken back."""

from datetime import datetime, timedelta

from django.utils import timezone

from waymark.files.models import File
from waymark.files.store import store

AFTER = timedelta(days=1)  # no act takes so long


def sweep(*, at: datetime | None = None) -> int:
    """Delete what nobody can ever open; how many things were. Real time: it is the store's."""
    kept = store()
    lost = list(kept.before((at or timezone.now()) - AFTER))
    known = set(File.objects.values_list("stored", flat=True)) if lost else set()
    gone = [name for name in lost if name[:64] not in known]
    for name in gone:
        kept.delete(name)
    return len(gone)
