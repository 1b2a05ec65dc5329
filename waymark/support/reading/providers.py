"""How a provider stands in an area: its checks, each apart; suspended or not; what it gives."""

from dataclasses import dataclass
from datetime import date

from waymark.database.clock import today
from waymark.directory.models import Area, Organisation
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.models import Established, Piece, ProviderCheck, Suspension
from waymark.support.providers import last_check
from waymark.support.reading.plans import checks_of
from waymark.support.vetting import stopped, suspensions
from waymark.support.vetting.checks import ESTABLISHED, apart_of


@dataclass(frozen=True)
class CheckRead:
    """One check as it stands today. `lapsed`: the day until which it held has passed."""

    what: str
    name: str
    how: str
    by_whom: str
    on_date: date
    until_date: date
    lapsed: bool


@dataclass(frozen=True)
class Standing:
    """`checks`: none where it did not pass, or need not be checked."""

    provider: Organisation
    words: str
    checks: list[CheckRead]
    scope: list[str]
    suspension: Suspension | None
    pieces: list[Piece]


def standing(one: Organisation, area: Area) -> Standing:
    """All that is known of a provider; its pieces as far as the reader sees them."""
    last = last_check(one, area)
    passed = last if last and last.passed else None
    return Standing(
        one, checks_of(one, area), _each(passed) if passed else [],
        _scope(passed) if passed else [], suspensions.in_force(one, area),
        list(stopped.of(one, area)),
    )  # fmt: skip


def checked_in(area: Area, organisation: Organisation) -> list[ProviderCheck]:
    """What was established of a provider, the latest first."""
    return list(organisation.checks.filter(area=area).select_related("by").order_by("-at"))


def suspended_before(area: Area, organisation: Organisation) -> list[Suspension]:
    """Its suspensions that were lifted, the latest first."""
    found = organisation.suspensions.filter(area=area, lifted_at__isnull=False)
    return list(found.select_related("by", "lift_asked_by", "lifted_by").order_by("-at"))


def _each(last: ProviderCheck) -> list[CheckRead]:
    apart, names = apart_of(last), dict(Established.What.choices)
    return [
        CheckRead(
            what, str(names[what]), _how(last, what), one.by_whom, one.on_date, one.until_date,
            lapsed=one.until_date < today(),
        )
        for what, one in apart.items()
    ]  # fmt: skip


def _how(last: ProviderCheck, what: str) -> str:
    if what == Established.What.DBS:
        return last.get_dbs_level_display() or "Level not written down"
    name = f"{what}_how"
    return str(getattr(last, name)) if name in ESTABLISHED else ""


def _scope(last: ProviderCheck) -> list[str]:
    """What it is checked for, in sentences."""
    whom = [
        words for may, words in ((last.with_children, "children"), (last.with_adults, "adults"))
        if may
    ]  # fmt: skip
    kinds = [kind.name for kind in in_force().support_kinds if kind.code in last.kinds]
    every = len(kinds) == len(in_force().support_kinds) or not last.kinds
    said = [
        f"Works with {' and '.join(whom)}",
        f"May give {'every kind of support' if every else ', '.join(kinds)}",
    ]
    if on := last.home_office_until_date:
        said.append(
            "Approved by the Home Office for mentoring about ideology until"
            f" {day_in_words(on)}{', which has passed' if on < today() else ''}"
        )
    return said
