"""A new concern that joined an open case: read, and for the police, considered (2.8.17)."""

from waymark.audit.events import record
from waymark.cases.known.risen import keep_considered
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those
from waymark.cases.writers import is_police
from waymark.cases.written import entries
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.8.17"
CONSIDERED = (
    "A new concern is read. The police considered whether the risk of criminality has risen, and"
    " whether the case is still suitable for Channel."
)


def may_have_read(user: User, case: Case) -> None:
    """Whoever a new concern waits for: the police, and the chair once the case is open to them."""
    waiting = case.tasks.waiting().filter(kind="read_new_concern")
    roles = user.roles_in(case.area)
    posts = {task.role for task in waiting}
    if not posts:
        raise Refused("No new concern waits to be read", clause=CLAUSE)
    stands_in = {"police_officer": "police_lead", "chair": "vice_chair"}
    if not roles & (posts | {stands_in[post] for post in posts if post in stands_in}):
        raise Refused("This new concern waits for somebody else", clause=CLAUSE)


@act
def have_read(
    case: Case,
    *,
    by: User,
    words: str = "",
    escalation: str = "",
    suits: str = "",
    version: int | None = None,
) -> None:
    """A new concern is read. `words`: what a chair makes of it, where they say something.

    The police say what they considered, which only they read: `escalation`, and whether
    Channel still `suits`. For others stands that they considered it.
    """
    case = locked(case, version=version)
    may_have_read(by, case)
    said = words.strip()
    if is_police(by, case):
        keep_considered(case, by=by, escalation=escalation, suits=suits)
        said = CONSIDERED
    if said:
        entries.write(
            case, by=by, kind=entries.Kind.NOTE, happened_date=today(), told_by=by.name, words=said
        )
    posts = {"police_officer"} if is_police(by, case) else {"chair"}
    waiting = case.tasks.waiting().filter(kind="read_new_concern", role__in=posts)
    finish_those(list(waiting), by=by, outcome="read")
    record("concern_read", by=by, at=now(), case_id=case.pk)
