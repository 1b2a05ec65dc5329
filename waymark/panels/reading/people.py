"""Whom a panel of an area can invite, or give something to do."""

from django.db.models import Q

from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Organisation, User


def people_of(area: Area) -> list[User]:
    """Everybody with an account who holds a post in the area today."""
    held = Appointment.objects.in_force(today()).filter(Q(area=area) | Q(area=None))
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(users.select_related("organisation").order_by("name", "pk"))


def bodies_in(area: Area) -> list[Organisation]:
    """The organisations that work in the area, and those that serve every area."""
    found = Organisation.objects.filter(Q(services__area=area) | Q(services=None))
    return list(found.distinct().order_by("name"))
