"""Who has an account, and which posts they hold, held, or wait to be given (B.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from waymark.database.clock import today
from waymark.directory.models import Appointment, Role, Suspension, User

PAGE = 50
OUTSIDE = (Role.PARTNER, Role.REFERRER, Role.PROVIDER, Role.SUPPORT_LEAD)


@dataclass(frozen=True)
class People:
    people: Sequence[User]  # each with `posts`, those in force today, and `shut`, its suspension
    after: str  # the key to go on from; empty: nobody comes after


def people(*, after: str = "", named: str = "") -> People:
    """One page of the people with an account, by name. `named`: a part of the name or account.

    `after`: a key as `People.after` gives it; garbage is like none.
    """
    found = User.objects.select_related("organisation").order_by("name", "pk")
    if named:
        found = found.filter(Q(name__icontains=named) | Q(username__icontains=named))
    name, _, key = after.rpartition("~")
    if name and key.isdecimal():
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(key[:18])))
    posts = Appointment.objects.in_force(today()).select_related("area").order_by("role", "pk")
    shut = Suspension.objects.filter(woken_at=None)
    found = found.prefetch_related(
        Prefetch("appointments", posts, to_attr="posts"),
        Prefetch("suspensions", shut, to_attr="shut"),
    )
    shown = list(found[: PAGE + 1])
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    return People(shown[:PAGE], f"{last.name}~{last.pk}" if last else "")


def is_shut_as(user: User) -> str:
    """In a word how an account of `people` is not in use; nothing where it is."""
    for one in vars(user)["shut"]:
        if one.closed_at:
            return "Closed"
        return "Asleep" if Suspension.Kind(one.kind).is_by_itself else "Suspended"
    return "" if user.is_active else "Suspended"


def posts_of(user: User) -> list[Appointment]:
    """The posts that somebody holds, is offered or has held, the latest first."""
    posts = user.appointments.select_related("area", "given_by", "approved_by", "deputy_for")
    return list(posts.order_by("-from_date", "role", "pk"))


def waiting() -> list[Appointment]:
    """What one administrator has given and another has not yet approved."""
    posts = Appointment.objects.to_approve(today()).select_related(
        "user__organisation", "area", "given_by"
    )
    return list(posts.order_by("from_date", "pk"))


def account(key: int) -> User | None:
    return User.objects.select_related("organisation").filter(pk=key).first()


def appointment(key: int) -> Appointment | None:
    posts = Appointment.objects.select_related(
        "user__organisation", "area", "given_by", "approved_by", "deputy_for"
    )
    return posts.filter(pk=key).first()


def can_be_deputised(user: User) -> list[User]:
    """For whom `user` could stand in: those who hold a post of the partnership's own, by name."""
    held = Appointment.objects.in_force(today()).exclude(role__in=OUTSIDE).exclude(user=user)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(found.order_by("name", "pk"))


def state_of(post: Appointment) -> str:
    """Where an appointment stands, in words."""
    if post.until_date is not None and post.until_date < post.from_date:
        return "Taken back"
    if post.until_date is not None and post.until_date < today():
        return "Ended"
    if post.given_by_id is not None and post.approved_by_id is None:
        return "To be approved"
    return "In force" if post.from_date <= today() else "Approved, begins later"
