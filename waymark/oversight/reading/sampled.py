"""The looks that were drawn by chance, with what became of each."""

from waymark.oversight.models import SampledLook
from waymark.policy.pack import in_force

MOST = 200


def all_drawn() -> tuple[list[SampledLook], list[SampledLook]]:
    """Those that wait, the longest due first; those answered, the latest first."""
    found = SampledLook.objects.select_related("viewer__organisation", "supervisor", "answered_by")
    waiting = found.filter(answered_at=None).order_by("due_date", "pk")
    answered = found.exclude(answered_at=None).order_by("-answered_at", "-pk")
    return list(waiting[:MOST]), list(answered[:MOST])


def rate() -> int:
    """How many of a hundred looks are drawn."""
    return in_force().limit("sample_looks").amount
