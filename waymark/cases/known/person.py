"""Adding to what is known of a case's person: each fact with its source; none is ever edited."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.people.models import (
    Address,
    BirthDate,
    Email,
    Fact,
    Identifier,
    Name,
    Place,
    Telephone,
)

CLAUSE = "2.7.3"
Added = TypeVar("Added", bound=Fact)


@dataclass(frozen=True)
class Source:
    """Who says so; and where the new fact corrects one, which, and what was wrong with it."""

    words: str
    corrects: Fact | None = None
    corrected: str = ""


def may_add(user: User, case: Case) -> None:
    """Police, chair and vice-chair, and the lead whose case it is."""
    may_write(user, case)


@act
def add_name(
    case: Case, *, by: User, source: Source, forenames: str = "", surname: str = "",
    kind: str = "other",
) -> Name:  # fmt: skip
    """Another name, or a spelling of one. `kind`: given, other or spelling."""
    if not forenames.strip() and not surname.strip():
        raise Refused("No name is written", clause=CLAUSE, until="Write a forename or a surname.")
    made = Name(forenames=forenames.strip(), surname=surname.strip(), kind=kind)
    return _add(case, made, by=by, source=source)


@act
def add_birth_date(
    case: Case, *, by: User, source: Source, year: int | None = None, month: int | None = None,
    day: int | None = None, age: int | None = None, age_on_date: date | None = None,
) -> BirthDate:  # fmt: skip
    """A birth date in full or in part, or an age in years on a day."""
    if year is None and (age is None or age_on_date is None):
        raise Refused(
            "Neither a year of birth nor an age is written", clause=CLAUSE, until="Write one."
        )
    made = BirthDate(year=year, month=month, day=day, age=age, age_on_date=age_on_date)
    return _add(case, made, by=by, source=source)


@act
def add_address(
    case: Case, *, by: User, source: Source, words: str, current: bool = True,
    protected: bool = False,
) -> Address:  # fmt: skip
    """An address. A protected one is sealed: the police and the chair read it, nobody else."""
    said = needs(words, why="No address is written", clause=CLAUSE)
    made = Address(current=current)
    if protected or _is_protected(source.corrects):
        made.protect(said)
    else:
        made.lines = said
    return _add(case, made, by=by, source=source)


def _is_protected(fact: Fact | None) -> bool:
    return isinstance(fact, Address) and fact.protected


@act
def add_telephone(case: Case, *, by: User, source: Source, number: str) -> Telephone:
    number = needs(number, why="No telephone number is written", clause=CLAUSE)
    return _add(case, Telephone(number=number), by=by, source=source)


@act
def add_email(case: Case, *, by: User, source: Source, address: str) -> Email:
    address = needs(address, why="No e-mail address is written", clause=CLAUSE)
    return _add(case, Email(address=address), by=by, source=source)


@act
def add_place(case: Case, *, by: User, source: Source, kind: str, name: str) -> Place:
    """Where the person learns or works. `kind`: school, work, or none and how that is."""
    name = needs(name, why="No school or place of work is written", clause=CLAUSE)
    return _add(case, Place(kind=kind, name=name), by=by, source=source)


@act
def add_identifier(case: Case, *, by: User, source: Source, scheme: str, value: str) -> Identifier:
    """A number that another body knows the person by. `scheme`: whose, such as "NHS number"."""
    scheme = needs(scheme, why="It is not said what kind of number it is", clause=CLAUSE)
    value = needs(value, why="No number is written", clause=CLAUSE)
    return _add(case, Identifier(scheme=scheme, value=value), by=by, source=source)


def _add(case: Case, made: Added, *, by: User, source: Source) -> Added:
    may_add(by, case)
    made.person_id = case.person_id
    made.source = needs(
        source.words, why="Nothing says where this comes from", clause=CLAUSE,
        until="Write who says so, or which record.",
    )  # fmt: skip
    made.noted_at, made.by = now(), by
    if source.corrects is not None:
        made.corrects_id = _wrong(source.corrects, made, case)
        made.corrected = needs(
            source.corrected, why="Nothing says what was wrong", clause=CLAUSE, until="Write it."
        )
    made.save(force_insert=True)
    record("fact_added", by=by, at=made.noted_at, case_id=case.pk, row=made)
    return made


def _wrong(fact: Fact, made: Fact, case: Case) -> int:
    """The key of the fact that `made` corrects: of the same kind and person, not yet corrected."""
    if type(fact) is not type(made) or fact.person_id != case.person_id:
        raise Refused("What it should correct is not of this person", clause=CLAUSE)
    if type(made)._default_manager.filter(corrects_id=fact.pk).exists():
        raise Refused(
            "This has been corrected already", clause=CLAUSE,
            until="Correct the newest row of it.",
        )  # fmt: skip
    return fact.pk
