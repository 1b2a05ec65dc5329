"""Whom a panel of an area can invite, or give something to do."""

from django.db.models import Q

from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Organisation, Role, User

CAN_ACT = (
    Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.PANEL_MEMBER, Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.SUPPORT_LEAD, Role.PROVIDER,
)  # fmt: skip


def who_can_act(area: Area) -> list[User]:
    """Whom the panel of an area can give something to do: those who work on its cases."""
    return _holding(area, Q(role__in=CAN_ACT))


def people_of(area: Area) -> list[User]:
    """Everybody with an account who holds a post in the area today."""
    return _holding(area, Q())


def _holding(area: Area, posts: Q) -> list[User]:
    held = Appointment.objects.in_force(today()).filter(posts, Q(area=area) | Q(area=None))
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(users.select_related("organisation").order_by("name", "pk"))


def bodies_in(area: Area) -> list[Organisation]:
    """The organisations that work in the area, and those that serve every area."""
    found = Organisation.objects.filter(Q(services__area=area) | Q(services=None))
    return list(found.distinct().order_by("name"))
