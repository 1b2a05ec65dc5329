"""Which cases have support of which nothing is heard (R18): the agenda asks this."""

from waymark.cases.models import Case
from waymark.database.clock import day_of, today
from waymark.directory.models import Area
from waymark.policy.lateness import day_in_words
from waymark.support import silences
from waymark.support.models import Piece, PieceReport


def silent_pieces(area: Area) -> list[Piece]:
    """The pieces that run in an area and are silent for longer than their rhythm, as the reader
    sees them."""
    return silences.silent(silences.running().filter(area=area))


def silent_cases(area: Area) -> dict[int, list[Piece]]:
    """By the key of each case with silent support: its silent pieces."""
    found: dict[int, list[Piece]] = {}
    for piece in silent_pieces(area):
        found.setdefault(piece.case_id, []).append(piece)
    return found


def silent_among(cases: list[int]) -> set[int]:
    """Those of some cases that have silent support."""
    pieces = silences.silent(silences.running().filter(case__in=cases))
    return {piece.case_id for piece in pieces}


def silence_in_words(case: Case) -> list[str]:
    """A sentence for each silent piece of a case."""
    return [
        f"Support {piece.reference}: nothing was entered for"
        f" {(today() - silences.heard_at(piece).date()).days} days"
        for piece in silences.silent(silences.running().filter(case=case))
    ]


def found_out(piece: Piece) -> list[str]:
    """What was found out since the last entry, and who says so, the latest first."""
    rows = piece.reports.filter(kind=PieceReport.Kind.SILENCE).select_related("by")
    if last := piece.sessions.order_by("at").last():
        rows = rows.filter(at__gt=last.at)
    return [
        f"{one.words} ({one.by.name}, {day_in_words(day_of(one.at))})"
        for one in rows.order_by("-at")
    ]
