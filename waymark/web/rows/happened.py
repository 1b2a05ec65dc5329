"""What happened on a case, from every room that keeps some of it."""

from waymark.cases.models import Case
from waymark.cases.reading import timeline
from waymark.cases.reading.line import Line
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.oversight.reading import lines as supervision
from waymark.sharing import lines

PARTNERS = {lines.KIND: "Partners asked, and answers"}
SUPERVISION = {supervision.KIND: "Supervision"}


def kinds_for(user: User, case: Case) -> dict[str, str]:
    """The kinds of lines that the reader may see, by their code."""
    found = timeline.KINDS | (PARTNERS if sees_part(user, case, Part.REQUEST) else {})
    found |= SUPERVISION if sees_part(user, case, Part.WORK) else {}
    if not sees_part(user, case, Part.HELD) and not case.held_support.exists():
        found.pop("held")
    return found


def lines_for(user: User, case: Case, *, kind: str = "") -> list[Line]:
    """The newest first, of one kind or of all that the reader may see."""
    more = lines.lines_of(case) if sees_part(user, case, Part.REQUEST) else []
    more += supervision.lines_of(case) if sees_part(user, case, Part.WORK) else []
    return timeline.timeline(case, kind=kind, more=more)
