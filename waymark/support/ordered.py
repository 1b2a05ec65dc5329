"""The sessions that a piece of support orders: each has its day and its task (R18)."""

from datetime import date, timedelta

from waymark.cases.models import Case, Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Actor
from waymark.database.clock import day_of, today
from waymark.directory.models import Role, User
from waymark.policy.days import months_after
from waymark.support.models import Piece

WHILE_IT_RUNS = (
    "accept_brief", "log_session", "progress_due", "silent_support", "silence_unanswered",
)  # fmt: skip
STEP = {Piece.Rhythm.WEEKLY: 7, Piece.Rhythm.FORTNIGHTLY: 14}


def waiting(piece: Piece, kind: str) -> list[Task]:
    """What waits for whoever leads or gives this piece, by date."""
    return list(Task.objects.waiting().filter(kind=kind, object_id=piece.pk))


def case_of(piece: Piece) -> Case:
    """As much of the case as a task is given on: who gives support reads no more of it."""
    return Case(pk=piece.case_id, area=piece.area)


def order_sessions(piece: Piece, *, by: User) -> None:
    """A dated task for each session that is ordered and not yet entered: silence is seen.

    Their days follow the rhythm from the piece's first day, or from today where that has passed.
    """
    start = max(piece.from_date, today())
    left = piece.sessions_ordered - piece.sessions.count()
    for number in range(left):
        give(
            "log_session", by=by, case=case_of(piece), user=piece.provider_user or piece.lead,
            role=Role.PROVIDER, due=session_date(piece, number, start=start),
            object_id=piece.pk, clause="2.9.4",
            why=f"Support {piece.reference}: enter whether the session was held, and how it went.",
        )  # fmt: skip


def drop_sessions(piece: Piece, *, by: Actor) -> None:
    """The support stops: nobody is asked for its brief, its sessions or its progress any more."""
    for kind in WHILE_IT_RUNS:
        finish_those(waiting(piece, kind), by=by, outcome="held")


def ask_for_progress(piece: Piece, *, by: User) -> None:
    """Its lead reports progress by the pack's limit from now: late is seen (2.9.4)."""
    give(
        "progress_due", by=by, case=case_of(piece), user=piece.lead, role=Role.SUPPORT_LEAD,
        limit="progress_update", object_id=piece.pk, clause="2.9.4",
        why=f"Support {piece.reference}: report progress on its aim.",
    )  # fmt: skip


def session_date(piece: Piece, number: int, *, start: date) -> date:
    """When session `number`, from 0, is due by the rhythm from `start`, not after the end."""
    if piece.rhythm == Piece.Rhythm.MONTHLY:
        day = months_after(start, number)
    else:
        day = start + timedelta(days=STEP.get(Piece.Rhythm(piece.rhythm), 0) * number)
    return max(start, min(day, piece.until_date))


def next_session(piece: Piece, *, by: User) -> date | None:
    """The day of the earliest session that `by` is still to enter."""
    mine = Task.objects.waiting().of(by).filter(kind="log_session", object_id=piece.pk)
    first = mine.order_by("due_date").first()
    return first.due_date if first else None


def still_to_come(piece: Piece) -> int:
    """How many of the sessions ordered are due only after today."""
    return sum(each.due_date > today() for each in waiting(piece, "log_session"))


def first_started(piece: Piece) -> date:
    """The day on which the brief was first accepted."""
    from_turn = piece.turns.filter(to=Piece.State.RUNNING).first()
    return day_of(from_turn.at) if from_turn else today()
