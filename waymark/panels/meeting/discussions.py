"""A case that cannot be decided on, as without the quorum, is discussed and minuted (2.1.3)."""

from waymark.audit.events import record
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.attendance import may_invite
from waymark.panels.meeting.drafts import in_names
from waymark.panels.models import AgendaItem, Discussion, Meeting
from waymark.panels.quorum import CLAUSE, empty_seats, present


def may_discuss(user: User, item: AgendaItem) -> None:
    """Chair, vice-chair or co-ordinator, in an open meeting, while the case has no outcome."""
    may_invite(user, item.meeting)
    if item.meeting.state != Meeting.State.OPEN:
        raise Refused("The panel discusses in a meeting that is open", clause=CLAUSE)
    if item.heard_at or item.carried_to_id:
        raise Refused("This case has its outcome at this meeting", clause=CLAUSE)


@act
def discuss(item: AgendaItem, *, by: User, words: str, why_undecided: str = "") -> Discussion:
    """Write down what was said. The case still needs its outcome, or is adjourned to a day."""
    may_discuss(by, item)
    why = why_undecided
    if missing := empty_seats(item):
        why = f"not quorate: nobody there for {'; '.join(seat.name for seat in missing)}"
    made = Discussion.objects.create(
        case=item.case, item=item, by=by, at=now(), present=in_names(present(item)),
        words=needs(words, why="Nothing says what was discussed", clause="2.8.19"),
        why_undecided=needs(why, why="Nothing says why it is not decided", clause="2.8.19"),
    )  # fmt: skip
    record("case_discussed", by=by, at=made.at, case_id=item.case_id, row=made)
    return made
