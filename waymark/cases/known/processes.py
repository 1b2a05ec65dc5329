"""Other proceedings about the person, with their dates: they bear on what is done here."""

from collections.abc import Sequence
from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, ParallelProcess
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.11.1"
Kind = ParallelProcess.Kind


def processes_of(case: Case) -> list[ParallelProcess]:
    """What is written of other proceedings, the first one first."""
    return list(case.processes.select_related("by").order_by("at", "pk"))


def not_looked_into(case: Case) -> list[Kind]:
    """The kinds of which nothing is written: neither one that goes on, nor that none is known."""
    written = set(case.processes.values_list("kind", flat=True))
    return [kind for kind in Kind if kind not in written]


@act
def write(
    case: Case, *, by: User, kind: str, source: str, words: str = "",
    from_date: date | None = None, until_date: date | None = None, version: int | None = None,
) -> ParallelProcess:  # fmt: skip
    """Write down another proceeding. What changes about it is written down as another row."""
    case = locked(case, version=version)
    may_write(by, case)
    if kind not in Kind.values:
        raise Refused("It is not said which proceeding it is", clause=CLAUSE)
    if from_date and until_date and until_date < from_date:
        raise Refused(
            "The proceeding ends before it begins", clause=CLAUSE, until="Put the dates right."
        )
    told_by = needs(source, why="Nothing says who told of the proceeding", clause=CLAUSE)
    made = ParallelProcess(
        case=case, kind=kind, from_date=from_date, until_date=until_date, words=words.strip(),
        source=told_by,
    )  # fmt: skip
    return _keep(made, by=by)


@act
def none_known(
    case: Case, *, by: User, kinds: Sequence[str], asked_date: date | None, asked_of: str,
    version: int | None = None,
) -> list[ParallelProcess]:  # fmt: skip
    """Write down that no proceeding of these kinds is known, whom one asked, and on which day."""
    case = locked(case, version=version)
    may_write(by, case)
    if not kinds or not set(kinds) <= set(Kind.values):
        raise Refused("It is not said of which proceedings none is known", clause=CLAUSE)
    if asked_date is None or asked_date > today():
        raise Refused(
            "The day on which you asked is missing or still to come", clause=CLAUSE,
            until="Enter today’s date or an earlier one.",
        )  # fmt: skip
    whom = needs(asked_of, why="Nothing says who was asked", clause=CLAUSE)
    rows = [
        ParallelProcess(case=case, kind=kind, asked_date=asked_date, source=whom)
        for kind in dict.fromkeys(kinds)
    ]
    return [_keep(row, by=by) for row in rows]


def _keep(made: ParallelProcess, *, by: User) -> ParallelProcess:
    made.by, made.at = by, now()
    made.save(force_insert=True)
    record(
        "process_written", by=by, at=made.at, case_id=made.case_id, row=made, sort=made.kind,
        none=made.asked_date is not None,
    )  # fmt: skip
    return made
