"""The people of an area: one for each role, and an outsider who must see nothing."""

from datetime import date
from typing import Any

from tests.retold import steps
from waymark.database.actor import Duty
from waymark.database.guard import become
from waymark.directory.models import Appointment, Area, Organisation, Role, Service, User

INSTALLATION = Duty("installation")
OF_THE_POLICE = (Role.POLICE_OFFICER, Role.POLICE_LEAD)
BODIES = {
    Role.PANEL_MEMBER: ("Health Trust", "health"),
    Role.PARTNER: ("Academy", "school"),
    Role.REFERRER: ("Academy", "school"),
    Role.PROVIDER: ("Mentoring", "voluntary"),
}


@steps
class Cast:
    """`cast.chair`, `cast.police_officer`, … of one area; `cast.outsider` holds no post."""

    chair: User
    vice_chair: User
    coordinator: User
    adult_lead: User
    families_lead: User
    panel_member: User
    partner: User
    referrer: User
    support_lead: User
    provider: User
    police_officer: User
    police_lead: User
    information_governance: User
    auditor: User
    administrator: User

    def __init__(self, area: str):
        become(INSTALLATION)
        self.area = Area.objects.create(code=area.lower(), name=area)
        self.council = self.organisation("Council", "council")
        self.police, _ = Organisation.objects.get_or_create(
            name="Police", defaults={"kind": "police"}
        )
        for role in Role:
            if role in OF_THE_POLICE:
                body = self.police
            elif role in BODIES:
                body = self.organisation(*BODIES[role])
            else:
                body = self.council
            setattr(self, role.value, self.appointed(role, of=body))
        self.second_officer = self.appointed(Role.POLICE_OFFICER, of=self.police)
        self.second_lead = self.appointed(Role.POLICE_LEAD, of=self.police)
        self.outsider = self.user(self.council)

    def organisation(self, name: str, kind: str) -> Organisation:
        made, new = Organisation.objects.get_or_create(
            name=f"{self.area.name} {name}", defaults={"kind": kind}
        )
        if new:
            Service.objects.create(organisation=made, area=self.area)
        return made

    def user(self, organisation: Organisation) -> User:
        number = User.objects.count() + 1
        return User.objects.create(
            username=f"user-{number}",
            name=f"Person {number}",
            organisation=organisation,
            password="!",
        )

    def appointed(self, *roles: Role, of: Organisation, until: date | None = None) -> User:
        become(INSTALLATION)
        user = self.user(of)
        for role in roles:
            Appointment.objects.create(
                user=user,
                role=role,
                area=self.area,
                from_date=date(2026, 1, 1),
                until_date=until,
            )
        return user


def acting(user: Any) -> Any:
    """Let the database know who acts, as a request does."""
    become(user)
    return user
