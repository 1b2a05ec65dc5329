"""What the police wrote of their holds: only they read it (1.3.7, 2.8.17)."""

from waymark.cases.models import (
    Case,
    HeldSupport,
    HoldReason,
    LeaveProposal,
    PoliceConsidered,
)
from waymark.cases.models.hold import Two
from waymark.cases.reading.line import Line
from waymark.policy.lateness import day_in_words

CLAUSE, LEAVES = "2.8.17", "2.1.6"


def held_lines(case: Case) -> list[Line]:
    """Why it was held, held longer and let go; who proposed that it leaves, and the answer.

    To whoever may not see the part HELD there are no such rows.
    """
    return [*_reasons(case), *_considered(case), *_leaving(case), *_support(case)]


def _considered(case: Case) -> list[Line]:
    """What they considered when the risk of criminality may have risen."""
    rows = PoliceConsidered.objects.filter(case=case).select_related("by")
    return [
        Line("held", "What the police considered", row.by.name, row.at, clause=CLAUSE,
             text=f"{row.escalation}\n{row.suits}")
        for row in rows
    ]  # fmt: skip


def _reasons(case: Case) -> list[Line]:
    rows = HoldReason.objects.filter(case=case).select_related("by").order_by("at", "pk")
    lines, goes_on = [], False
    for row in rows:
        if row.ended_at == row.at:  # its own end: nothing was held by it
            lines.append(Line("held", "The hold ended", row.by.name, row.at, text=row.why,
                              clause=CLAUSE))  # fmt: skip
            goes_on = False
            continue
        title = "Held longer" if goes_on else "Why the police hold it"
        until = f"To be looked at again by {day_in_words(row.look_again_date)}."
        lines.append(Line("held", title, row.by.name, row.at, text=f"{row.why}\n{until}",
                          clause=CLAUSE))  # fmt: skip
        goes_on = True
    return lines


def _leaving(case: Case) -> list[Line]:
    rows = LeaveProposal.objects.filter(case=case).select_related("by", "answered_by")
    return [
        line
        for row in rows
        for line in _two(row, "that it leaves Channel", kind="held", clause=LEAVES)
    ]


def _support(case: Case) -> list[Line]:
    """Chair and police decide on support during a hold together, and both read it."""
    rows = HeldSupport.objects.filter(case=case).select_related("by", "answered_by")
    return [
        line
        for row in rows
        for line in _two(row, f"while it is held: {row.get_decision_display().lower()}",
                         kind="held", clause=CLAUSE)
    ]  # fmt: skip


def _two(row: Two, what: str, *, kind: str, clause: str) -> list[Line]:
    """What one proposed, and what the other answered."""
    lines = [Line(kind, f"Proposed {what}", row.by.name, row.at, text=row.why, clause=clause)]
    if row.answered_by and row.answered_at:
        title = f"{'Agreed' if row.agreed else 'Not agreed'} {what}"
        lines.append(
            Line(kind, title, row.answered_by.name, row.answered_at, text=row.answer, clause=clause)
        )
    return lines
