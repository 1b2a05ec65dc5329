"""Needs and vulnerabilities of the person beside the factors: a plan addresses each (2.1.5)."""

from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Need, NeedChange
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write, may_write_while_open
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.1.5"
ENDS = (NeedChange.Became.MET, NeedChange.Became.GONE)


@dataclass(frozen=True)
class Needed:
    """A need and what became of it, the first change first. `open`: it is there."""

    need: Need
    changes: list[NeedChange]

    @property
    def open(self) -> bool:
        return not any(one.became in ENDS for one in self.changes)

    @property
    def words(self) -> str:
        """How it stands: as it was written, or as it was said to have changed."""
        return self.changes[-1].words if self.changes and self.open else self.need.words


def needs_of(case: Case) -> list[Needed]:
    """Every need, those that are there first, and of those the first written first."""
    rows = case.needs.select_related("by").prefetch_related("changes__by").order_by("at", "pk")
    found = [Needed(one, list(one.changes.all())) for one in rows]
    return sorted(found, key=lambda one: not one.open)


def open_needs(case: Case) -> list[Needed]:
    """The needs that are there: neither met nor gone."""
    return [one for one in needs_of(case) if one.open]


def need_of(case: Case, key: int) -> Need | None:
    return case.needs.select_related("by", "case__area").filter(pk=key).first()


def code_of(need: Need) -> str:
    """What a plan calls the need that one of its own comes from, as it does with a factor."""
    return f"need-{need.pk}"


def need_behind(case: Case, code: str) -> Need | None:
    """The need with that code, where it is there: neither met nor gone."""
    return next((one.need for one in open_needs(case) if code_of(one.need) == code), None)


def may_add(user: User, case: Case) -> None:
    """Whoever writes on a case, while it is open."""
    may_write_while_open(user, case)


@act
def write(
    case: Case, *, by: User, kind: str, words: str, source: str, told_date: date | None,
    version: int | None = None,
) -> Need:  # fmt: skip
    """Write down a need, who told of it, and on which day. What changes of it follows."""
    case = locked(case, version=version)
    may_add(by, case)
    if kind not in Need.Kind.values:
        raise Refused("It is not said of which kind the need is", clause=CLAUSE)
    if told_date is None or told_date > today():
        raise Refused(
            "The day on which it was told is missing or still to come", clause=CLAUSE,
            until="Enter today’s date or an earlier one.",
        )  # fmt: skip
    made = Need.objects.create(
        case=case, kind=kind, told_date=told_date, by=by, at=now(),
        words=needs(words, why="Nothing says what the need is", clause=CLAUSE),
        source=needs(source, why="Nothing says who told of the need", clause=CLAUSE),
    )  # fmt: skip
    record("need_found", by=by, at=made.at, case_id=case.pk, row=made, sort=kind)
    return made


def may_follow(user: User, need: Need) -> None:
    """Whoever writes on the case, until the need is met or no longer there."""
    may_write(user, need.case)
    if need.changes.filter(became__in=ENDS).exists():
        raise Refused(
            "It is written down already that this need is met or no longer there", clause=CLAUSE,
            until="Write it down as a new need, where it has come back.",
        )  # fmt: skip


@act
def follow(need: Need, *, by: User, became: str, words: str) -> NeedChange:
    """Say that a need has changed, is met, or is no longer there."""
    case = locked(need.case)
    may_follow(by, need)
    if became not in NeedChange.Became.values:
        raise Refused("It is not said what became of the need", clause=CLAUSE, until="Choose one.")
    made = NeedChange.objects.create(
        case=case, need=need, became=became, by=by, at=now(),
        words=needs(words, why="Nothing says what became of the need", clause=CLAUSE),
    )  # fmt: skip
    record("need_followed", by=by, at=made.at, case_id=case.pk, row=made, became=became)
    return made
