"""Gathering enough for partners to be able to check their systems (2.7.3)."""

from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Gathering, Stage
from waymark.cases.stages import locked, may_act, move
from waymark.cases.words import needs_each
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.policy.pack import in_force


def may_finish(user: User, case: Case) -> None:
    """The police, while information is gathered."""
    may_act(user, case, "gather")


@act
def finish_gathering(
    case: Case, *, by: User, to_check_with: str, why_enough: str, version: int | None = None
) -> Gathering:
    """Say that partners can check their systems: the first risk assessment is next.

    `to_check_with`: what a partner needs to find the person. What is not known yet is no
    bar: `why_enough` explains what is missing.
    """
    case = locked(case, version=version)
    may_finish(by, case)
    said = needs_each(
        {
            "what partners need to check their systems": to_check_with,
            "why it is enough": why_enough,
        },
        clause="2.7.3",
    )
    accept_where_offered(case, by=by)
    found, why = said.values()
    made = Gathering.objects.create(
        case=case, to_check_with=found, why_enough=why, by=by, at=now(), edition=in_force().code
    )
    record("gathered", by=by, at=made.at, case_id=case.pk, row=made)
    move(case, Stage.FIRST_RISK, act="gather", by=by, why=why)
    return made


def last_gathering(case: Case) -> Gathering | None:
    """What was gathered last: partners are asked with it."""
    return case.gatherings.last()
