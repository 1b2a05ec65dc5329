"""A partner that is asked something tells of a change besides, at any time (2.9.4)."""

from datetime import date

from waymark.cases.models import Case, ChangeTold
from waymark.cases.written import changes
from waymark.directory.models import User
from waymark.directory.permission import act
from waymark.sharing.models import Request
from waymark.sharing.replies import may_answer


@act
def tell(
    asked: Request, *, by: User, kind: str, words: str, happened_date: date | None,
    person_knows: str = "",
) -> ChangeTold:  # fmt: skip
    """It goes to the lead of the case, which the partner does not see."""
    may_answer(by, asked)
    said = changes.Said(
        kind=kind, source=ChangeTold.Source.PARTNER, told_by=by.name, words=words,
        happened_date=happened_date, person_knows=person_knows,
    )  # fmt: skip
    return changes.tell(Case(pk=asked.case_id), by=by, said=said)
