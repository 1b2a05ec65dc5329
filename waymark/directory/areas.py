"""Areas by their keys."""

from waymark.directory.models import Area


def areas_in(keys: list[int]) -> list[Area]:
    """The areas of those keys, by name."""
    return list(Area.objects.filter(pk__in=keys).order_by("name"))
