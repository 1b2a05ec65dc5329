"""The organisations of an area that may be asked what they know."""

from waymark.directory.models import Area, Organisation


def bodies_in(area: Area) -> list[Organisation]:
    """By name; without the police, who ask."""
    working_there = Organisation.objects.filter(services__area=area).exclude(kind="police")
    return list(working_there.order_by("name"))
