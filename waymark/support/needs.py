"""What became of the needs that a plan names: each is disposed of before an exit (R20)."""

from waymark.audit.events import record
from waymark.cases.known.needs import follow, need_behind
from waymark.cases.models import Case, NeedChange
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support.models import Need, NeedDisposal
from waymark.support.plans import agreed


def still_open(case: Case) -> list[Need]:
    """The needs of the plan in force of which nobody has said what became."""
    plan = agreed(case)
    return list(plan.needs.filter(disposals=None)) if plan else []


@act
def dispose(
    need: Need, *, by: User, outcome: str, words: str, version: int | None = None
) -> NeedDisposal:
    """Say what became of a need: met, passed on and to whom, or remains and why.

    Where a need of the case is behind it and it is met, that one is met too.
    """
    case = locked(need.case, version=version)
    may_write_while_open(by, case)
    if outcome not in NeedDisposal.Outcome.values:
        raise Refused("It is not said what became of the need", clause="2.1.5")
    made = NeedDisposal.objects.create(
        case=case, need=need, outcome=outcome, by=by, at=now(),
        words=needs(words, why="Nothing says what became of the need", clause="2.1.5"),
    )  # fmt: skip
    record("need_disposed", by=by, at=made.at, case_id=case.pk, row=made, outcome=outcome)
    behind = need_behind(case, need.factor)
    if made.outcome == NeedDisposal.Outcome.MET and behind is not None:
        follow(behind, by=by, became=NeedChange.Became.MET, words=made.words)
    return made
