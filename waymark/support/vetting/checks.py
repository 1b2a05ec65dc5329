"""What a panel establishes of a provider: each check apart, by whom and until when (2.8.13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.words import needs, needs_each
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Area, Organisation, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force
from waymark.support.models import Established, ProviderCheck
from waymark.support.providers import CLAUSE, last_check, may_check
from waymark.support.vetting import stopped

What = Established.What
ESTABLISHED = {
    "credible_how": "its credibility with the person",
    "local_understanding_how": "its understanding of the local community",
    "reliable_how": "its reliability",
    "shared_values_how": "its shared values",
    "suitable_how": "its suitability for work with vulnerable people",
}


@dataclass(frozen=True)
class Apart:
    """One check: who made it, on which day, and until when it holds."""

    by_whom: str
    on_date: date
    until_date: date


@dataclass(frozen=True)
class Scope:
    """What a provider may be used for. No kinds: every kind of the pack."""

    kinds: Sequence[str] = ()
    with_children: bool = True
    with_adults: bool = True
    home_office_until_date: date | None = None


@act
def check(
    organisation: Organisation, *, by: User, area: Area, passed: bool, valid_until_date: date,
    dbs_date: date | None = None, dbs_level: str = ProviderCheck.Level.ENHANCED,
    scope: Scope | None = None, apart: Mapping[str, Apart] | None = None, **established: str,
) -> ProviderCheck:  # fmt: skip
    """Record what the panel established of a provider; `established`: a text for each check.

    `apart`: by the code of a check, who made it and until when, where that differs from the rest.
    """
    may_check(by, area)
    pieces = stopped.locked_pieces(organisation, area)
    said = {name: established.get(name, "").strip() for name in ESTABLISHED}
    if passed:
        _may_pass(said, dbs_date, valid_until_date)
    same = Apart(by.name, today(), valid_until_date)
    dbs = Apart(by.name, dbs_date or today(), valid_until_date)
    each = dict.fromkeys(What.values, same) | {What.DBS.value: dbs} | dict(apart or {})
    made = _keep(
        organisation, area, by, passed=passed, dbs_date=dbs_date, dbs_level=dbs_level,
        scope=scope or Scope(), each=each, said=said,
    )  # fmt: skip
    stopped.follow(pieces, by=by)
    return made


@act
def renew(
    organisation: Organisation, *, by: User, area: Area, what: str, how: str, apart: Apart,
    dbs_level: str = "",
) -> ProviderCheck:  # fmt: skip
    """One check is made anew: the others stay as they are, each until its own day."""
    may_check(by, area)
    before = last_check(organisation, area)
    if before is None or not before.passed:
        raise Refused(
            "One check cannot be made anew before all are made", clause=CLAUSE,
            until="Record all the checks first.",
        )  # fmt: skip
    _is_in_order(apart)
    pieces = stopped.locked_pieces(organisation, area)
    each = apart_of(before) | {what: apart}
    said = {name: getattr(before, name) for name in ESTABLISHED}
    if what != What.DBS:
        said[f"{what}_how"] = needs(how, why="Nothing says on what evidence", clause=CLAUSE)
    made = _keep(
        organisation, area, by, passed=True, said=said, each=each,
        dbs_date=apart.on_date if what == What.DBS else before.dbs_date,
        dbs_level=dbs_level if what == What.DBS and dbs_level else before.dbs_level,
        scope=Scope(before.kinds, before.with_children, before.with_adults,
                    before.home_office_until_date),
    )  # fmt: skip
    stopped.follow(pieces, by=by)
    return made


def apart_of(checked: ProviderCheck) -> dict[str, Apart]:
    """Each check of a day, by its code; those of older days were all made together."""
    together = Apart(checked.by.name, day_of(checked.at), checked.valid_until_date)
    return dict.fromkeys(What.values, together) | {
        row.what: Apart(row.by_whom, row.on_date, row.until_date)
        for row in checked.established.all()
    }


def _keep(
    organisation: Organisation, area: Area, by: User, *, passed: bool, dbs_date: date | None,
    dbs_level: str, scope: Scope, each: Mapping[str, Apart], said: Mapping[str, str],
) -> ProviderCheck:  # fmt: skip
    kinds = list(scope.kinds) or [kind.code for kind in in_force().support_kinds]
    made = ProviderCheck.objects.create(
        organisation=organisation, area=area, passed=passed, dbs_date=dbs_date,
        dbs_level=dbs_level if dbs_date else "", kinds=kinds, with_children=scope.with_children,
        with_adults=scope.with_adults, home_office_until_date=scope.home_office_until_date,
        valid_until_date=min(one.until_date for one in each.values()),
        by=by, at=now(), **said,
    )  # fmt: skip
    record("provider_checked", by=by, at=made.at, row=made, organisation=organisation.pk)
    for what, one in each.items() if passed else ():
        row = Established.objects.create(
            check_of=made, what=what, by_whom=one.by_whom, on_date=one.on_date,
            until_date=one.until_date,
        )  # fmt: skip
        record("check_established", by=by, at=made.at, row=row, what=what)
    return made


def _may_pass(said: Mapping[str, str], dbs_date: date | None, until: date) -> None:
    needs_each({ESTABLISHED[name]: words for name, words in said.items()}, clause=CLAUSE)
    if dbs_date is None or dbs_date > today():
        raise Refused(
            "The date of the DBS check is missing or still to come", clause=CLAUSE,
            until="Enter the date on the certificate.",
        )  # fmt: skip
    if until < today():
        raise Refused("The checks are out of date already", clause=CLAUSE)


def _is_in_order(one: Apart) -> None:
    needs(one.by_whom, why="Nobody is named who made this check", clause=CLAUSE)
    if one.on_date > today():
        raise Refused("A check cannot be recorded before it is made", clause=CLAUSE)
    if one.until_date < today():
        raise Refused("This check is out of date already", clause=CLAUSE)
