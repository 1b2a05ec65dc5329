"""Who of the police reads a referral, and finding one by its reference (2.7.2)."""

from django.db.models import Prefetch

from waymark.database.clock import today
from waymark.directory.models import Appointment, Role, User
from waymark.directory.permission import Refused
from waymark.people.models import Name
from waymark.referrals.models import Receipt, Referral, Subject

POLICE = frozenset({Role.POLICE_OFFICER, Role.POLICE_LEAD})


def may_read(user: User, subject: Subject) -> None:
    """A police Prevent officer or lead; where staff or kin may be concerned, the lead first."""
    roles = user.roles_in(subject.area)
    if not roles & POLICE:
        raise Refused("Only the police Prevent team screens a referral", clause="2.5.6")
    if subject.lead_first and Role.POLICE_LEAD not in roles:
        raise Refused("The police lead reads this referral first", clause="2.5.6")


def found(reference: str) -> Referral | None:
    """The referral of that reference with the people in it whom the reader may see, or None."""
    subjects = Subject.objects.select_related("taken_by", "area", "case").prefetch_related(
        Prefetch("person__names", queryset=Name.objects.order_by("noted_at", "id"))
    )
    referrals = Referral.objects.select_related("receipt", "entered_by").prefetch_related(
        Prefetch("subjects", queryset=subjects.order_by("position"), to_attr="seen")
    )
    referral = referrals.filter(reference=reference).first()
    return referral if referral is not None and vars(referral)["seen"] else None


def of_receipt(receipt: Receipt) -> Referral | None:
    """What a receipt is for, where the reader may see it: the police lead may have to be first."""
    return Referral.objects.filter(receipt=receipt).first()


def subjects_of(referral: Referral) -> list[Subject]:
    """The people in a referral that was `found`."""
    seen: list[Subject] = vars(referral)["seen"]
    return seen


def subject_of(key: int) -> Subject | None:
    """The person of that key, where the reader may see them: for where a task leads."""
    subjects = Subject.objects.select_related("referral", "area", "taken_by")
    return subjects.filter(pk=key).first()


def name_of(subject: Subject) -> str:
    """The first name given of the person, as lists show it."""
    return next((str(name) for name in subject.person.names.all()), "Name not known")


def team_for(subject: Subject) -> list[User]:
    """Those who can screen it, by name: police of its area, or of any while it has none."""
    roles = {Role.POLICE_LEAD} if subject.lead_first else POLICE
    held = Appointment.objects.in_force(today()).filter(role__in=roles)
    if subject.area_id is not None:
        held = held.filter(area=subject.area_id) | held.filter(area=None)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.order_by("name", "pk"))
