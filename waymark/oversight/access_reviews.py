"""Each quarter the chair of an area signs who has access: each account is kept, or ended (S19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish, give
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Area, Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.oversight.reviewed import AccessReview, AccessSaid
from waymark.policy.days import months_after

MONTHS = 3
CLAUSE = "B.1"
KIND = "review_access"
AHEAD = timedelta(days=14)  # so long before the day the chair is asked


@dataclass(frozen=True)
class Standing:
    """How an area stands: its last review, and the day of the next. None: never reviewed."""

    area: Area
    last: AccessReview | None

    @property
    def is_overdue(self) -> bool:
        return self.last is None or self.last.next_date < today()


def standing() -> list[Standing]:
    """Of every area whose reviews whoever asks may see."""
    return [Standing(area, last_of(area)) for area in Area.objects.order_by("name")]


def last_of(area: Area) -> AccessReview | None:
    return area.access_reviews.select_related("by").last()


def people_of(area: Area) -> list[User]:
    """Everybody with a post in the area today (`posts`), by organisation and name."""
    posts = Appointment.objects.in_force(today()).filter(Q(area=area) | Q(area=None))
    found = User.objects.filter(pk__in=posts.values("user")).select_related("organisation")
    shown = posts.select_related("area").order_by("role", "pk")
    found = found.prefetch_related(Prefetch("appointments", shown, to_attr="posts"))
    return list(found.order_by("organisation__name", "name", "pk"))


def may_sign(by: User, area: Area) -> None:
    """The chair of the area."""
    if Role.CHAIR not in by.roles_in(area):
        raise Refused("Signing who has access is not yours to do", clause=CLAUSE,
                      until=f"The chair of {area.name} does it.")  # fmt: skip


@act
def sign(area: Area, *, by: User, ends: Mapping[int, str], seen: set[int]) -> AccessReview:
    """Sign who has access. `ends`: why, by the key of each account that is to end.

    `seen`: the keys that were asked about: of somebody who came meanwhile nothing is signed.
    Of oneself nobody says anything: whoever gives posts looks at the chair's.
    """
    may_sign(by, area)
    people = [one for one in people_of(area) if one != by]
    if {one.pk for one in people} != seen:
        raise Refused("Somebody’s posts changed meanwhile", clause=CLAUSE,
                      until="Open the page again.")  # fmt: skip
    if not all(words.strip() for words in ends.values()):
        raise Refused("Nothing says why it is to end", clause=CLAUSE)
    made = AccessReview.objects.create(
        area=area, by=by, at=now(), next_date=months_after(today(), MONTHS)
    )
    record("access_reviewed", by=by, at=made.at, row=made, accounts=len(people), ends=len(ends))
    AccessSaid.objects.bulk_create(
        AccessSaid(review=made, user=one, keeps=one.pk not in ends, words=ends.get(one.pk, ""))
        for one in people
    )
    for task in Task.objects.waiting().filter(kind=KIND, area=area):
        finish(task, by=by, outcome="signed")
    if ends:
        _tell_administrators(by=by)
    return made


def _tell_administrators(*, by: User) -> None:
    held = Appointment.objects.in_force(today()).filter(role=Role.ADMINISTRATOR)
    for one in User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"):
        notify(one, "access_to_end", by=by, path="/access-reviews")


def to_end() -> list[AccessSaid]:
    """What a chair's last review wants ended, and is not: each account with posts there still."""
    last = [one.last.pk for one in standing() if one.last]
    said = AccessSaid.objects.filter(review__in=last, keeps=False)
    rows = said.select_related("user__organisation", "review__area").order_by("user__name", "pk")
    held = Appointment.objects.in_force(today())
    return [
        one
        for one in rows
        if held.filter(Q(area=one.review.area) | Q(area=None), user=one.user).exists()
    ]


@act
def ask_chairs(*, by: Actor) -> int:
    """Ask the chair of each area whose review is due soon; of how many. Run twice, it comes to
    the same."""
    asked = set(Task.objects.waiting().filter(kind=KIND).values_list("area", flat=True))
    due = [
        (one.area, one.last.next_date if one.last else today() + AHEAD)
        for one in standing()
        if one.area.pk not in asked
    ]
    soon = [(area, day) for area, day in due if day <= today() + AHEAD]
    for area, day in soon:
        _ask(area, day, by=by)
    return len(soon)


def _ask(area: Area, day: date, *, by: Actor) -> None:
    give(
        KIND, by=by, role=Role.CHAIR, area=area, due=day, clause=CLAUSE,
        why="Look at who has access in your area, and sign it.",
    )  # fmt: skip
