"""What was commissioned of a piece of support, and what was really delivered, in words (R18)."""

from dataclasses import dataclass

from waymark.database.clock import day_of, today
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.support import sessions
from waymark.support.models import Piece, PieceReport, Session
from waymark.support.ordered import still_to_come, waiting
from waymark.support.reports import ARRANGED


@dataclass(frozen=True)
class Delivered:
    """In sentences. `missing`: why of some nothing was entered, as the lead says; `arranged`: the
    last word on each step; `progress`: the lead's last report.
    """

    held: str
    missed: str
    missing: str
    arranged: list[str]
    progress: str
    next: str


def delivered(piece: Piece) -> Delivered:
    return Delivered(
        held_in_words(piece), _missed(piece), _missing(piece), _arranged(piece), _progress(piece),
        _next(piece),
    )  # fmt: skip


def held_in_words(piece: Piece, counted: sessions.Count | None = None) -> str:
    """What was held of what is commissioned, what is to come, and what nobody has told."""
    count, to_come = counted or sessions.count(piece), still_to_come(piece)
    said = [f"{count.held} of {count.ordered} held", f"{count.missed} not held"]
    if to_come:
        said.append(f"{to_come} still to come")
    if silent := max(0, count.silent - to_come):
        said.append(f"nobody has said anything of {silent}")
    return ", ".join(said)


def _missed(piece: Piece) -> str:
    """Why sessions were missed, each reason with how often: whose doing it was stands apart."""
    whys = list(
        piece.sessions.filter(state=Session.State.MISSED).values_list("missed_why", flat=True)
    )
    labels = dict(Session.Missed.choices)
    return ", ".join(
        f"{labels[why]} ({whys.count(why)})" for why in Session.Missed.values if why in whys
    )


def _missing(piece: Piece) -> str:
    """What was last said of sessions that were ordered and never entered."""
    last = piece.reconciliations.select_related("by").last()
    if last is None:
        return ""
    counted = f"{last.entered} of {last.ordered} entered"
    return f"{counted}: {last.words} ({last.by.name}, {day_in_words(day_of(last.at))})"


def _arranged(piece: Piece) -> list[str]:
    """What was said of finding a provider, a worker, funding and hours, the latest first."""
    rows = piece.reports.filter(kind__in=ARRANGED).order_by("-at")
    return [_report(row) for row in rows]


def _report(row: PieceReport) -> str:
    hours = f", {row.hours} hours" if row.hours else ""
    return f"{row.get_kind_display()}{hours}, {day_in_words(day_of(row.at))}: {row.words}"


def _progress(piece: Piece) -> str:
    """The lead's last report, and when the next is due."""
    last = piece.reports.filter(kind=PieceReport.Kind.PROGRESS).select_related("by").last()
    said = f"{last.words} ({last.by.name}, {day_in_words(day_of(last.at))})" if last else ""
    due = next(iter(waiting(piece, "progress_due")), None)
    asked = f"Next report by its lead: {due_in_words(due.due_date, today())}" if due else ""
    return "\n\n".join(part for part in (said, asked) if part)


def _next(piece: Piece) -> str:
    """The day agreed with the person for the next session."""
    last = piece.sessions.exclude(next_date=None).order_by("-happened_date", "-at").first()
    if last is None or last.next_date is None or last.next_date < today():
        return ""
    return f"Agreed with the person: {day_in_words(last.next_date)}"
