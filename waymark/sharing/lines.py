"""What was asked of partners and what they answered, as lines of what happened on a case."""

from waymark.cases.models import Case
from waymark.cases.reading.line import Line
from waymark.policy.lateness import day_in_words
from waymark.sharing.models import Request
from waymark.sharing.told import asked_on

KIND = "partners"


def lines_of(case: Case) -> list[Line]:
    """Each request and each answer to it; what was answered is read on its own page."""
    return [line for asked in asked_on(case) for line in _of(asked)]


def _of(asked: Request) -> list[Line]:
    name = asked.organisation.name
    asking = Line(KIND, f"Asked: {name}", asked.by.name, asked.at, clause="2.7.8")
    answers = [
        Line(KIND, f"Answered: {name}: {one.get_state_display().lower()}", one.given_by, one.at,
             clause="2.9.3")
        for one in asked.replies.all()
    ]  # fmt: skip
    passed = [
        Line(KIND, f"Passed on: {name}: to {one.to_whom}", one.by.name, one.at, clause="2.9.3")
        for one in asked.passings.all()
    ]
    moved = [
        Line(KIND, f"Date to answer by moved: {name}: to {day_in_words(one.due_date)}",
             one.by.name, one.at, clause="2.9.3")
        for one in asked.moved_dates.all()
    ]  # fmt: skip
    return [asking, *passed, *moved, *answers]
