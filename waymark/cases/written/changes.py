"""A change, or a new concern, told at any time by a partner, the family or anybody (2.9.4).

Who tells may see a request, a piece of support or a meeting's papers, and not the case.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from waymark.audit.events import record
from waymark.cases.models import Case, ChangeTold
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now, today
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.9.4"
TASK = "read_change"
Kind, Source = ChangeTold.Kind, ChangeTold.Source


@dataclass(frozen=True)
class Said:
    """What is told. `person_knows`: of a concern, what the person was told of passing it on."""

    kind: str
    source: str
    told_by: str
    words: str
    happened_date: date | None
    person_knows: str = ""


@act
def tell(case: Case, *, by: User, said: Said) -> ChangeTold:
    """Write down what somebody tells, and give it to the lead of the case. `case`: its key does."""
    if said.kind not in Kind.values or said.source not in Source.values:
        raise Refused("It is not said what is told, or from where it comes", clause=CLAUSE)
    if said.happened_date is None or said.happened_date > today():
        raise Refused("The day on which it was seen is missing or still to come", clause=CLAUSE)
    knows = said.person_knows.strip()
    if said.kind == Kind.CONCERN:
        knows = needs(
            knows, why="Nothing says what the person was told of passing this on", clause=CLAUSE,
            until="Say what they were told beforehand, or why they were not.",
        )  # fmt: skip
    made = ChangeTold.objects.create(
        case_id=case.pk, kind=said.kind, source=said.source, by=by, at=now(), person_knows=knows,
        happened_date=said.happened_date, organisation=by.organisation,
        told_by=needs(said.told_by, why="Nobody is named who noticed it", clause=CLAUSE),
        words=needs(said.words, why="Nothing says what has changed", clause=CLAUSE),
    )  # fmt: skip
    record("change_told", by=by, at=made.at, case_id=case.pk, row=made, told=said.kind)
    role, area = _lead_of(case)
    give(
        TASK, by=by, case=Case(pk=case.pk), area=area, role=role, limit="read_change",
        object_id=made.pk, clause=CLAUSE,
        why="A new concern is told. Read it, and say what follows."
        if said.kind == Kind.CONCERN else "A change is told. Read it, and say what follows.",
    )  # fmt: skip
    return made


def _lead_of(case: Case) -> tuple[Role, Area]:
    """The post that leads a case, and where: whoever tells need not see the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leads_case(%s)", [case.pk])
        role, area = str(cursor.fetchone()[0]).split(":")
    return Role(role), Area.objects.get(pk=int(area))


def unread(case: Case) -> list[ChangeTold]:
    return list(case.changes_told.filter(read_at=None).select_related("by", "organisation"))


def may_read(user: User, told: ChangeTold) -> None:
    """Whoever writes on the case, once."""
    may_write(user, told.case)
    if told.read_at:
        raise Refused("This was read, and what follows is written down", clause=CLAUSE)


@act
def read(told: ChangeTold, *, by: User, follows: str, version: int | None = None) -> None:
    """What was told is read: what follows from it, in words."""
    case = locked(told.case, version=version)
    told = case.changes_told.get(pk=told.pk)
    told.case = case
    may_read(by, told)
    told.follows = needs(
        follows, why="Nothing says what follows from this", clause=CLAUSE,
        until="Say what is done, by whom, or why nothing needs to be.",
    )  # fmt: skip
    told.read_by, told.read_at = by, now()
    told.save(update_fields=["follows", "read_by", "read_at"])
    record("change_read", by=by, at=told.read_at, case_id=case.pk, row=told)
    finish_those(waiting_of(case, TASK, object_id=told.pk), by=by, outcome="read")
