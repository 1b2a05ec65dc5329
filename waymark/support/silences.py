"""Silence of a piece of support: nothing entered for longer than its own rhythm (R18).

Its lead is told, then the chair; an hourly duty sees to it. Only the provider's own entry, or a
turn of the piece, ends a silence.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import CHAIRS
from waymark.database.actor import Duty
from waymark.database.clock import day_of, today
from waymark.directory.models import Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.policy.days import months_after
from waymark.support import reports
from waymark.support.models import Piece, PieceReport, PieceTurn, Session
from waymark.support.ordered import STEP, case_of
from waymark.support.pieces import locked_piece
from waymark.support.sessions import SILENCE

WATCH = Duty("watch_support")
CLAUSE = "2.9.4"
LEAD, CHAIR = SILENCE


def running() -> QuerySet[Piece]:
    """The pieces that run, as who asks sees them, each with when the last word came.

    `heard_at`: the last entry, or the start where there is none since.
    """
    entries = Session.objects.filter(piece=OuterRef("pk")).order_by("-at")
    starts = PieceTurn.objects.filter(piece=OuterRef("pk"), to=Piece.State.RUNNING)
    found = Piece.objects.filter(state=Piece.State.RUNNING).select_related("area", "lead")
    return found.annotate(
        entered_at=Subquery(entries.values("at")[:1]),
        started_at=Subquery(starts.order_by("-at").values("at")[:1]),
    ).order_by("id")


def heard_at(piece: Piece) -> datetime:
    """When the last word of a piece from `running` came."""
    found: list[datetime | None] = [vars(piece)["entered_at"], vars(piece)["started_at"]]
    return max(at for at in found if at)


def silent_from(piece: Piece) -> date:
    """The last day on which a word of it is not yet late."""
    since = max(day_of(heard_at(piece)), piece.from_date)
    if piece.rhythm == Piece.Rhythm.ONCE:
        return max(since, piece.until_date)
    if piece.rhythm == Piece.Rhythm.MONTHLY:
        return months_after(since, 1)
    return since + timedelta(days=STEP[Piece.Rhythm(piece.rhythm)])


def silent(pieces: QuerySet[Piece]) -> list[Piece]:
    """Those of some pieces from `running` that are silent today: not all ordered was entered."""
    late = [piece for piece in pieces if today() > silent_from(piece)]
    counted = {piece.pk: piece.sessions.count() for piece in late}
    return [piece for piece in late if counted[piece.pk] < piece.sessions_ordered]


@act
def tell(piece: Piece, *, by: Duty) -> None:
    """Tell the lead of a silent piece, and the chair where the lead's days have passed."""
    told = list(
        Task.objects.filter(object_id=piece.pk, kind__in=(LEAD, CHAIR), made_at__gt=heard_at(piece))
        .order_by("made_at")
    )  # fmt: skip
    last = told[-1] if told else None
    if last is None or (last.done_at and today() > _again(piece, last.done_at)):
        _give(LEAD, piece, by=by)
    elif last.kind == LEAD and (last.done_at or last.is_overdue(today())):
        _give(CHAIR, piece, by=by)


@act
def heard(tasks: Sequence[Task], *, by: Duty) -> None:
    """What waited because of a silence that has ended."""
    finish_those(list(tasks), by=by, outcome="heard")


def _again(piece: Piece, done_at: datetime) -> date:
    """From when on a silence that somebody looked into is told again."""
    days = {Piece.Rhythm.MONTHLY: 31}.get(Piece.Rhythm(piece.rhythm))
    return day_of(done_at) + timedelta(days=days or STEP.get(Piece.Rhythm(piece.rhythm), 7))


def _give(kind: str, piece: Piece, *, by: Duty) -> None:
    to_lead = kind == LEAD
    give(
        kind, by=by, case=case_of(piece), user=piece.lead if to_lead else None,
        role=Role.SUPPORT_LEAD if to_lead else Role.CHAIR,
        limit="silence" if to_lead else "silence_chair", object_id=piece.pk, clause=CLAUSE,
        why=f"Support {piece.reference}: nothing is entered for longer than was agreed. Ask why."
        if to_lead else f"Support {piece.reference} is silent, and its lead has not ended that.",
    )  # fmt: skip
    if to_lead:
        notify(piece.lead, kind, by=by, path=f"/support/{piece.pk}")


# ---- what the lead and the chair find out


def waiting_for(user: User, piece: Piece) -> list[Task]:
    """What waits for `user` because this piece is silent."""
    mine = Task.objects.waiting().of(user)
    return list(mine.filter(kind__in=(LEAD, CHAIR), object_id=piece.pk))


def may_say(user: User, piece: Piece) -> None:
    """Its lead, or a chair, while they are asked why nothing is entered."""
    if not (user.pk == piece.lead_id or user.roles_in(piece.area) & set(CHAIRS)):
        raise Refused("This silence is not yours to look into", clause=CLAUSE)
    if not waiting_for(user, piece):
        raise Refused("Nobody asks you why nothing is entered of this support", clause=CLAUSE)


@act
def say(piece: Piece, *, by: User, words: str) -> PieceReport:
    """What was found out of a silence, and what is done. It lasts until something is entered."""
    piece = locked_piece(piece)
    may_say(by, piece)
    made = reports.keep(piece, PieceReport.Kind.SILENCE, words, by=by)
    finish_those(waiting_for(by, piece), by=by, outcome="looked_into")
    return made
