"""Who may write on a case, whatever its stage: those whose post shows them its work."""

from django.db.models import Q

from waymark.cases.models import Case
from waymark.cases.ways import CHAIRS, LEADS, POLICE
from waymark.database.clock import today
from waymark.directory.models import Appointment, Role, User
from waymark.directory.permission import Refused

WRITERS = (*POLICE, *CHAIRS, *LEADS)


def may_write(user: User, case: Case) -> None:
    """Police, chair and vice-chair, and the lead whose case it is."""
    if user.roles_in(case.area) & posts_that_write(case):
        return
    raise Refused(
        "Writing on this case is not yours to do",
        clause="2.11.1",
        until="Tell the police Prevent officer or the chair, who can write it down.",
    )


def is_police(user: User, case: Case) -> bool:
    return bool(user.roles_in(case.area) & set(POLICE))


def may_write_while_open(user: User, case: Case) -> None:
    """The same, of what belongs to a case that goes on."""
    may_write(user, case)
    if not case.is_open:
        raise Refused("This case has ended", clause="2.8.9")


def posts_that_write(case: Case) -> frozenset[str]:
    return frozenset({*POLICE, *CHAIRS} | ({case.led_by} if case.led_by else set()))


def post_of(user: User, case: Case) -> Role:
    """The post in which `user` writes on this case: the first of those that may."""
    held = user.roles_in(case.area)
    return next((role for role in WRITERS if role in held), Role.POLICE_OFFICER)


def people_who_write(case: Case) -> list[User]:
    """Everybody who may write on this case today, by name: who can own its risk."""
    held = Appointment.objects.in_force(today()).filter(role__in=posts_that_write(case))
    here = held.filter(Q(area=case.area_id) | Q(area=None)).values("user")
    people = User.objects.filter(pk__in=here, is_active=True).select_related("organisation")
    return list(people.order_by("name", "pk"))
