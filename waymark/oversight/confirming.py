"""Who confirms the people of an organisation (S19): somebody of it, and never themselves."""

from collections.abc import Collection

from django.db.models import QuerySet

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.database.clock import now, today
from waymark.directory.keeping import may_keep
from waymark.directory.models import Appointment, Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.oversight.confirmed import ConfirmingPerson

CLAUSE = "B.1"
# tasks about an organisation: all its people but whoever confirms them; and that one
ALL, ONE = "confirm_people", "confirm_person"
# Who it is where nobody is named: the organisation's lead of this work, its single point of
# contact, and then whoever else it has.
FIRST = (
    Role.POLICE_LEAD, Role.COORDINATOR, Role.PARTNER, Role.PANEL_MEMBER, Role.SUPPORT_LEAD,
    Role.PROVIDER, Role.REFERRER,
)  # fmt: skip


def people_of(organisation: Organisation) -> "QuerySet[User]":
    """Everybody of an organisation whose account is in use, by name."""
    found = User.objects.filter(organisation=organisation, is_active=True)
    return found.select_related("organisation").order_by("name", "pk")


def in_order(organisations: Collection[int]) -> dict[int, list[User]]:
    """The people of organisations, by key: the first confirms the others, and the second, or an
    administrator of another body where there is none, confirms the first."""
    found = User.objects.filter(organisation__in=organisations, is_active=True)
    posts = Appointment.objects.in_force(today()).filter(user__in=found.values("pk"))
    ranks: dict[int, int] = {}
    for key, role in posts.values_list("user_id", "role"):
        rank = FIRST.index(Role(role)) if role in FIRST else len(FIRST)
        ranks[key] = min(rank, ranks.get(key, rank))
    rows = ConfirmingPerson.objects.filter(organisation__in=organisations)
    named = dict(rows.values_list("organisation_id", "user_id"))  # the latest of each
    people: dict[int, list[User]] = {}
    for one in found.order_by("name", "pk"):
        people.setdefault(one.organisation_id, []).append(one)
    ranks |= dict.fromkeys(named.values(), -1)
    for them in people.values():
        them.sort(key=lambda one: ranks.get(one.pk, len(FIRST) + 1))
    return people


def post_of(user: User) -> Role:
    """In which post somebody is asked."""
    held = user.roles_in()
    return next((role for role in (*FIRST, *Role) if role in held), Role.PARTNER)


def may_name(by: User, organisation: Organisation) -> None:
    """An administrator, where there is somebody to choose."""
    may_keep(by)
    if not people_of(organisation).exists():
        raise Refused("Nobody of this organisation has an account in use", clause=CLAUSE)


@act
def name(organisation: Organisation, *, by: User, who: User) -> ConfirmingPerson:
    """Let `who` confirm the people of their organisation from now on. What waits is theirs when
    the duty next looks."""
    may_name(by, organisation)
    if not who.is_active or who.organisation_id != organisation.pk:
        raise Refused(f"{who.name} has no account in use at {organisation.name}", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip
    made = ConfirmingPerson.objects.create(organisation=organisation, user=who, by=by, at=now())
    record("confirming_person_named", by=by, at=made.at, row=made, user=who.pk)
    return made


def kinds_asked(by: User, organisation: Organisation) -> set[str]:
    """What waits for `by` of confirming the people of an organisation: ALL, ONE, both, nothing."""
    waiting = Task.objects.waiting().filter(user=by, object_id=organisation.pk)
    return set(waiting.filter(kind__in=(ALL, ONE)).values_list("kind", flat=True))


def for_whom(by: User, organisation: Organisation) -> list[User]:
    """Of whom `by` can say something: of all but themselves whoever confirms them, and an
    administrator of another body; of whoever confirms the others, whoever was asked about them."""
    people = in_order([organisation.pk]).get(organisation.pk, [])
    outside = Role.ADMINISTRATOR in by.roles_in() and by.organisation_id != organisation.pk
    asked = kinds_asked(by, organisation)
    if not outside and ALL not in asked:
        people = people[:1] if ONE in asked else []
    return [one for one in people if one.pk != by.pk]
