"""What was passed on, as lines of what happened: to another panel, and to other help."""

from waymark.cases.models import Case, Signpost, Transfer
from waymark.cases.reading.line import Line
from waymark.cases.reading.transfers import to_where


def transfer_lines(case: Case) -> list[Line]:
    """Each transfer as it was asked, answered, and came to its outcome: both reasons stand."""
    rows = Transfer.objects.filter(case=case).select_related(
        "from_area", "to_area", "by", "answered_by", "closed_by"
    )
    return [line for row in rows for line in _of_transfer(row)]


def _of_transfer(row: Transfer) -> list[Line]:
    said = f"Transfer asked: from {row.from_area.name} to {to_where(row)}"
    lines = [Line("transfer", said, row.by.name, at=row.at, text=row.why, clause="2.6.1")]
    if row.answered_by and row.answered_at:
        answer = "Transfer accepted" if row.accepted else "Transfer refused"
        lines.append(
            Line("transfer", answer, row.answered_by.name, at=row.answered_at, text=row.answer,
                 clause="2.6.1")
        )  # fmt: skip
    if row.closed_by and row.closed_at and row.closed_why:
        lines.append(
            Line("transfer", row.get_outcome_display(), row.closed_by.name, at=row.closed_at,
                 text=row.closed_why, clause="2.6.1")
        )  # fmt: skip
    return lines


def signpost_lines(case: Case) -> list[Line]:
    """What the person was pointed to, and who there has it."""
    lines = []
    for row in Signpost.objects.filter(case=case).select_related("by", "recorded_by"):
        said = f"Pointed to {row.get_kind_display()}: {row.to}"
        lines.append(
            Line("signpost", said, row.by.name, on=row.on_date, written_at=row.at,
                 told_by=row.by_whom, text=row.what, clause="2.5.12")
        )  # fmt: skip
        if row.recorded_by and row.received_date:
            said = f"{row.to} has them: {row.received_by}"
            lines.append(
                Line("signpost", said, row.recorded_by.name, on=row.received_date,
                     written_at=row.recorded_at, told_by=row.received_by, clause="2.5.12")
            )  # fmt: skip
    return lines
