"""Supervision, as lines of what happened on a case: what was said is read on its own page."""

from waymark.cases.models import Case, Supervisor
from waymark.cases.reading.line import Line
from waymark.oversight.reading.supervised import talks_of

KIND = "supervision"
CLAUSE = "2.11.2"


def lines_of(case: Case) -> list[Line]:
    """Each supervisor who was named, and each talk."""
    named = Supervisor.objects.filter(case=case).select_related("user", "given_by")
    return [
        *(
            Line(KIND, f"Supervisor named: {one.user.name}", one.given_by.name, one.from_at,
                 clause=CLAUSE)
            for one in named
        ),
        *(
            Line(KIND, f"Supervision, with {one.with_user.name}", one.by.name, on=one.held_date,
                 written_at=one.at, clause=CLAUSE)
            for one in talks_of(case)
        ),
    ]  # fmt: skip
