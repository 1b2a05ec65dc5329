"""What whoever gives support sees and must pass on: danger at once, a new concern, a change.

They see their piece, and not the case: what they tell goes on from here.
"""

from datetime import date

from waymark.audit.events import record
from waymark.cases.known import risen
from waymark.cases.models import ChangeTold, CriminalityRisen
from waymark.cases.tasks import give
from waymark.cases.words import needs
from waymark.cases.written import changes
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece
from waymark.support.ordered import case_of
from waymark.support.pieces import is_mine

CLAUSE = "2.9.4"


def may_tell(user: User, piece: Piece) -> None:
    """Whoever leads or gives the support, held or not, until it ends."""
    if not is_mine(user, piece):
        raise Refused("This support is not yours", clause=CLAUSE)
    if piece.state == Piece.State.ENDED:
        raise Refused(
            "This support has ended", clause=CLAUSE,
            until="Tell the police Prevent officer, as in the contacts; in danger ring 999.",
        )  # fmt: skip


@act
def say_danger(piece: Piece, *, by: User, words: str) -> CriminalityRisen:
    """Imminent harm, or a crime: the police have it now, and look at it today (2.8.17)."""
    may_tell(by, piece)
    said = needs(
        words, why="Nothing says what was seen or heard", clause=risen.CLAUSE,
        until="Say what, when and where. In danger ring 999 first.",
    )  # fmt: skip
    made = CriminalityRisen.objects.create(case_id=piece.case_id, words=said, by=by, at=now())
    record("criminality_risen", by=by, at=made.at, case_id=piece.case_id, row=made)
    give(
        risen.TASK, by=by, case=case_of(piece), role=Role.POLICE_LEAD, due=today(),
        clause=risen.CLAUSE,
        why="Whoever gives support tells of harm or a crime. Read it now, and say what follows.",
    )  # fmt: skip
    return made


@act
def tell(
    piece: Piece, *, by: User, kind: str, words: str, happened_date: date | None,
    told_by: str = "", person_knows: str = "",
) -> ChangeTold:  # fmt: skip
    """A new concern or a change, for the lead of the case."""
    may_tell(by, piece)
    return changes.tell(
        case_of(piece), by=by,
        said=changes.Said(
            kind=kind, source=ChangeTold.Source.PROVIDER, told_by=told_by or by.name, words=words,
            happened_date=happened_date, person_knows=person_knows,
        ),
    )  # fmt: skip
