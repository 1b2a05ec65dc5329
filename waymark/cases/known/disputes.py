"""An age that is in dispute: the person is treated as a child until an assessment of age."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from waymark.audit.events import record
from waymark.cases.known.person import Source, add_birth_date
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.people.age import dispute_of
from waymark.people.models import AgeAssessment, AgeDispute

CLAUSE = "2.7.7"


def may_dispute(user: User, case: Case) -> None:
    """Whoever writes on an open case, while no dispute waits for an assessment."""
    may_write_while_open(user, case)
    if dispute_of(case.person):
        raise Refused(
            "The age is in dispute already", clause=CLAUSE,
            until="Write down what the age assessment found.",
        )  # fmt: skip


@act
def dispute(
    case: Case, *, by: User, source: str, why: str, assess_by_date: date | None,
    version: int | None = None,
) -> AgeDispute:  # fmt: skip
    """Somebody disputes the age. `source`: who does. `assess_by_date`: for the assessment."""
    case = locked(case, version=version)
    may_dispute(by, case)
    who = needs(source, why="Nobody is named who disputes the age", clause=CLAUSE)
    said = needs(why, why="Nothing says why the age is disputed", clause=CLAUSE)
    day = needs_day_to_come(assess_by_date, what="the date of the assessment", clause=CLAUSE)
    made = AgeDispute.objects.create(
        person_id=case.person_id, source=who, why=said, assess_by_date=day, by=by, at=now()
    )
    record("age_disputed", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "seek_age_assessment", by=by, case=case, role=Role.FAMILIES_LEAD, due=day,
        object_id=made.pk, clause=CLAUSE,
        why="The age is in dispute: see that it is assessed. Until then the person is a child.",
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Assessed:
    """What a named body found. `birth`: year, month, day; or age and age_on_date."""

    body: str
    on: date
    words: str
    birth: dict[str, Any]


def may_assess(user: User, case: Case) -> None:
    """Whoever writes on an open case, while the age is in dispute."""
    may_write_while_open(user, case)
    if dispute_of(case.person) is None:
        raise Refused(
            "The age is not in dispute", clause=CLAUSE,
            until="A birth date can be added or corrected on the page of the person.",
        )  # fmt: skip


@act
def assess(
    case: Case, *, by: User, said: Assessed, version: int | None = None
) -> AgeAssessment:  # fmt: skip
    """Write down the age assessment: it ends the dispute, and its birth date counts from now on."""
    case = locked(case, version=version)
    may_assess(by, case)
    disputed = dispute_of(case.person)
    assert disputed is not None
    body = needs(said.body, why="No body is named that assessed the age", clause=CLAUSE)
    words = needs(said.words, why="Nothing says what the assessment rests on", clause=CLAUSE)
    if said.on > today():
        raise Refused("The date of the assessment is still to come", clause=CLAUSE)
    source = Source(f"Age assessment by {body}")
    found = add_birth_date(case, by=by, source=source, **said.birth)
    made = AgeAssessment.objects.create(
        person_id=case.person_id, dispute=disputed, birth_date=found, body=body,
        assessed_date=said.on, words=words, by=by, at=now(),
    )  # fmt: skip
    record("age_assessed", by=by, at=made.at, case_id=case.pk, row=made)
    finish_those(waiting_of(case, "seek_age_assessment"), by=by, outcome="assessed")
    return made
