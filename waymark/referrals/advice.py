"""Advice asked for without a referral: of which post, what was asked and advised (2.4.8)."""

from django.db.models import Q

from waymark.audit.events import record
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Area, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force
from waymark.referrals.models import Advice
from waymark.referrals.once import once
from waymark.referrals.papers import KEEP

CLAUSE = "2.4.8"
PUBLIC = "public"


def kinds() -> list[tuple[str, str]]:
    """Who may ask: the kinds of organisation of the policy pack, or a member of the public."""
    known = [(kind.code, kind.name) for kind in in_force().organisation_kinds]
    return [*known, (PUBLIC, "A member of the public")]


def noted(user: User) -> list[Advice]:
    """What the reader noted, and where they keep a register, what others did; the latest first."""
    areas = user.areas_of(frozenset(KEEP))
    return list(Advice.objects.filter(Q(by=user) | Q(area__in=areas)).select_related("area")[:50])


@act
def note(
    *, by: User, area: Area | None, asked_by_kind: str, asked_of: str, asked: str, advised: str,
    key: str = "",
) -> Advice:  # fmt: skip
    """Note a doubt and the advice on it. No name is kept: neither of who asked, nor about whom."""
    if area is None:
        raise Refused("No area is chosen", clause=CLAUSE, until="Select one.")
    if asked_by_kind not in dict(kinds()):
        raise Refused("It is not said what kind of body asked", clause=CLAUSE)
    advice = Advice(
        area=area, asked_by_kind=asked_by_kind, by=by, at=now(),
        asked_of=needs(asked_of, why="Nothing says which post was asked", clause=CLAUSE),
        asked=needs(asked, why="Nothing says what was asked", clause=CLAUSE),
        advised=needs(advised, why="Nothing says what was advised", clause=CLAUSE),
    )  # fmt: skip
    return once(
        advice, by=by, key=key,
        then=lambda made: record("advice_noted", by=by, at=made.at, row=made),
    )  # fmt: skip
