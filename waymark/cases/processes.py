"""Other proceedings about the person, with their dates: they bear on what is done here."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, ParallelProcess
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.11.1"


def processes_of(case: Case) -> list[ParallelProcess]:
    """What is written of other proceedings, the first one first."""
    return list(case.processes.select_related("by").order_by("at", "pk"))


@act
def write(
    case: Case, *, by: User, kind: str, source: str, words: str = "",
    from_date: date | None = None, until_date: date | None = None, version: int | None = None,
) -> ParallelProcess:  # fmt: skip
    """Write down another proceeding. What changes about it is written down as another row."""
    case = locked(case, version=version)
    may_write(by, case)
    if kind not in ParallelProcess.Kind.values:
        raise Refused("It is not said which proceeding it is", clause=CLAUSE)
    if from_date and until_date and until_date < from_date:
        raise Refused(
            "The proceeding ends before it begins", clause=CLAUSE, until="Put the dates right."
        )
    made = ParallelProcess.objects.create(
        case=case, kind=kind, from_date=from_date, until_date=until_date, words=words.strip(),
        source=needs(source, why="Nothing says who told of the proceeding", clause=CLAUSE),
        by=by, at=now(),
    )  # fmt: skip
    record("process_written", by=by, at=made.at, case_id=case.pk, row=made, sort=kind)
    return made
