"""Each organisation says every six months who of its people is still there (S19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Prefetch, Q, QuerySet

from waymark.audit.events import record
from waymark.cases.access.left_behind import FOLLOW_LEAVERS
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those
from waymark.database.clock import now, real_today, today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Organisation, Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.oversight import confirming, leavers
from waymark.oversight.confirmed import PersonConfirmed
from waymark.oversight.confirming import ALL, CLAUSE, ONE
from waymark.policy.days import months_after

MONTHS = 6
AHEAD = timedelta(days=14)  # so long before the day the organisation is asked
Says = PersonConfirmed.Says


@dataclass(frozen=True)
class Said:
    """What is said of one person. `words`: where they went, and when; of who is here, none."""

    says: str
    words: str = ""


@dataclass(frozen=True)
class Standing:
    """How an organisation stands: its people, and the first day that one of them is due."""

    organisation: Organisation
    people: list[User]  # whoever confirms the others first, then who confirms them
    due: date

    @property
    def is_overdue(self) -> bool:
        return self.due < real_today()


def with_last(people: "QuerySet[User]") -> "QuerySet[User]":
    """The same people, each with the day of their last confirmation as `confirmed_date`."""
    here = Q(confirmations__says=Says.HERE)
    return people.annotate(confirmed_date=Max("confirmations__on_date", filter=here))


def due_date(user: User) -> date:
    """When somebody of `with_last` is to be confirmed: six months after they last were, or after
    their account was opened."""
    last: date | None = vars(user)["confirmed_date"]
    return months_after(max(last or user.opened_date, user.opened_date), MONTHS)


def standing() -> list[Standing]:
    """Of every organisation whose people have accounts in use, by name."""
    rows: dict[int, list[date]] = {}
    for one in with_last(User.objects.filter(is_active=True)):
        rows.setdefault(one.organisation_id, []).append(due_date(one))
    people = confirming.in_order(rows)
    bodies = Organisation.objects.filter(pk__in=rows).order_by("name")
    return [Standing(one, people[one.pk], min(rows[one.pk])) for one in bodies]


def shown(people: list[User]) -> list[User]:
    """The same people with their posts in force (`posts`)."""
    posts = Appointment.objects.in_force(today()).select_related("area").order_by("role", "pk")
    found = User.objects.filter(pk__in=[one.pk for one in people]).select_related("organisation")
    return list(
        found.prefetch_related(Prefetch("appointments", posts, to_attr="posts"))
        .order_by("name", "pk")
    )  # fmt: skip


def may_answer(by: User, organisation: Organisation) -> None:
    """Whoever confirms its people and was asked; an administrator of another body at any time."""
    if not confirming.for_whom(by, organisation):
        raise Refused(
            "Confirming these people is not yours to do, or not now", clause=CLAUSE,
            until="Whoever confirms them is asked every six months. An administrator names them.",
        )  # fmt: skip


@act
def answer(organisation: Organisation, *, by: User, said: Mapping[int, Said]) -> None:
    """Say of each person whether they are still here, by their keys: of all who are asked about.

    Who has left is suspended at once. Who has moved waits for an administrator, who puts their
    posts right and confirms them, before the fourteen days are over.
    """
    may_answer(by, organisation)
    people = {one.pk: one for one in confirming.for_whom(by, organisation)}
    if set(people) != set(said):
        raise Refused("Somebody’s account was opened or suspended meanwhile", clause=CLAUSE,
                      until="Open the page again.")  # fmt: skip
    for key, one in said.items():
        if one.says not in Says or (one.says != Says.HERE and not one.words.strip()):
            raise Refused(f"Nothing is said of {people[key].name}", clause=CLAUSE,
                          until="Say of each whether they are still here.")  # fmt: skip
    for key, one in said.items():
        _write(people[key], one, by=by)
    _finish(organisation, people, by=by)
    for key, one in said.items():
        if one.says == Says.LEFT:
            leavers.let_go(people[key], by=by, words=one.words.strip())
    if any(one.says == Says.MOVED for one in said.values()):
        _tell_administrators(by=by)


def _finish(organisation: Organisation, people: Mapping[int, User], *, by: User) -> None:
    """What is done once something is said of all these; as the duty, since an administrator sees
    no task of others."""
    first = confirming.in_order([organisation.pk])[organisation.pk][0]
    done = [kind for kind, of in ((ONE, first.pk in people), (ALL, set(people) - {first.pk})) if of]
    become(FOLLOW_LEAVERS)
    waiting = Task.objects.waiting().filter(kind__in=done, object_id=organisation.pk)
    finish_those(list(waiting), by=by, outcome="confirmed")
    become(by)


def _write(user: User, said: Said, *, by: User) -> None:
    made = PersonConfirmed.objects.create(
        user=user, organisation=user.organisation, by=by, says=said.says, at=now(),
        words="" if said.says == Says.HERE else said.words.strip(), on_date=real_today(),
    )  # fmt: skip
    record("person_confirmed", by=by, at=made.at, row=made, user=user.pk, says=said.says)


def _tell_administrators(*, by: User) -> None:
    held = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR)
    for one in User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"):
        notify(one, "person_moved", by=by, path="/confirmations")


def moved() -> list[PersonConfirmed]:
    """Who has moved to other work, and whose posts nobody has confirmed since."""
    last = PersonConfirmed.objects.order_by("user", "-at", "-id").distinct("user")
    rows = PersonConfirmed.objects.filter(pk__in=last.values("pk"), says=Says.MOVED)
    rows = rows.filter(user__is_active=True).select_related("user__organisation", "by")
    return list(rows.order_by("user__name", "pk"))
