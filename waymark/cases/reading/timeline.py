"""What happened on a case, from the rows that the reader may see: newest first, short."""

from collections.abc import Callable, Iterable

from waymark.cases.models import (
    Case,
    ConsentAsking,
    CriminalityRisen,
    Entry,
    Holder,
    Move,
    SafeguardingReferral,
    SharingPosition,
    Stage,
    SupportConsent,
    Told,
)
from waymark.cases.positions import in_words
from waymark.cases.reading.ages import age_lines
from waymark.cases.reading.changes import change_lines
from waymark.cases.reading.holds import held_lines
from waymark.cases.reading.line import Line
from waymark.cases.reading.passed_on import signpost_lines, transfer_lines
from waymark.cases.reading.risks import risk_record
from waymark.cases.written.documents import titles_by_entry
from waymark.database.clock import day_of

KINDS = {
    "move": "Moves",
    "risk": "Risk",
    "risen": "Risk of criminality",
    "consent": "Consent",
    "sharing": "Sharing",
    "told": "What the person was told",
    "safeguarding": "Safeguarding referrals",
    "entry": "Entries",
    "change": "Changes that were told",
    "holder": "Who held it",
    "age": "Age, and who leads",
    "held": "Holds by the police",
    "transfer": "Transfers",
    "signpost": "Other help",
}


def timeline(case: Case, *, kind: str = "", more: Iterable[Line] = ()) -> list[Line]:
    """The case's lines, of one kind or of all: a constant number of queries.

    `more`: lines of what hangs on the case elsewhere, such as partners' answers.
    """
    lines = [line for line in more if kind in ("", line.kind)]
    for name, read in READERS.items():
        if kind in ("", name):
            lines += read(case)
    return sorted(lines, key=Line.when, reverse=True)


def _moves(case: Case) -> list[Line]:
    rows = Move.objects.filter(case=case).select_related("by")
    return [
        Line(
            "move",
            f"{'Opened' if not row.start else 'Moved'}: {Stage(row.to).label}"
            if row.start != row.to
            else f"Stayed: {Stage(row.to).label}",
            row.by.name if row.by else "The birthday",
            at=row.at,
            text=row.why,
            clause=row.clause,
        )
        for row in rows
    ]


def _risks(case: Case) -> list[Line]:
    return [
        Line(
            "risk",
            f"{row.get_turn_display()} risk assessment",
            row.by.name,
            at=row.at,
            text="\n".join(f"To {one.get_to_display()}: {one.what}" for one in row.of_each()),
            clause="2.8.2",
        )
        for row in risk_record(case)
    ]


def _risen(case: Case) -> list[Line]:
    """That it was said, and what followed; what the police considered stands with their holds."""
    lines = []
    for row in CriminalityRisen.objects.filter(case=case).select_related("by", "considered_by"):
        said = "Said that the risk of criminality has risen"
        lines.append(Line("risen", said, row.by.name, at=row.at, text=row.words, clause="2.8.17"))
        if row.considered_by and row.considered_at:
            follows = f"The police considered it. {row.get_follows_display()}"
            by = row.considered_by.name
            lines.append(Line("risen", follows, by, at=row.considered_at, clause="2.8.17"))
    return lines


def _consents(case: Case) -> list[Line]:
    rows = SupportConsent.objects.filter(case=case).select_related("by")
    return _askings(case) + [
        Line(
            "consent",
            f"Consent to support: {row.get_state_display().lower()}{_from(row)}",
            row.by.name,
            on=row.answered_date,
            written_at=row.at,
            told_by=f"{row.get_answerer_display().lower()}",
            text=row.how,
            clause="2.10.4",
        )
        for row in rows
    ]


def _askings(case: Case) -> list[Line]:
    """The visits on which consent was asked."""
    rows = ConsentAsking.objects.filter(case=case, asked_at__isnull=False)
    return [
        Line(
            "consent",
            f"Consent was asked by {row.asker.name}",
            row.asked_by.name if row.asked_by else "",
            on=row.asked_date,
            written_at=row.asked_at,
            text="\n".join(filter(None, [row.how, row.with_them])),
            clause="2.10.4",
        )
        for row in rows.select_related("asker", "asked_by")
    ]


def _from(row: SupportConsent) -> str:
    """Of an answer as an adult, given before the birthday: from when it holds."""
    day = row.holds_from_date
    return f", to hold from {day.day} {day:%B %Y}" if day else ""


def _sharing(case: Case) -> list[Line]:
    rows = SharingPosition.objects.filter(case=case).select_related("by")
    return [
        Line(
            "sharing",
            f"Sharing: {_low(in_words(row, case, day_of(row.at)))}",
            row.by.name,
            at=row.at,
            text="\n".join(filter(None, (row.ground, row.balance))),
            clause="2.4.5",
        )
        for row in rows
    ]


def _low(words: str) -> str:
    return words[0].lower() + words[1:]


def _told(case: Case) -> list[Line]:
    rows = Told.objects.filter(case=case).select_related("by")
    return [
        Line(
            "told",
            "The person was told" if row.told else "The person is not told yet",
            row.by.name,
            at=row.at,
            text=row.words,
        )
        for row in rows
    ]


def _safeguarding(case: Case) -> list[Line]:
    rows = SafeguardingReferral.objects.filter(case=case).select_related("by", "to")
    return [
        Line(
            "safeguarding",
            f"Safeguarding referral to {row.to.name}"
            + (
                f", accepted by {row.accepted_by_post}" if row.accepted_at else ", not yet accepted"
            ),
            row.by.name,
            at=row.sent_at,
            text=row.why,
            clause="2.5.13",
        )
        for row in rows
    ]


def _entries(case: Case) -> list[Line]:
    rows = list(Entry.objects.filter(case=case).select_related("by", "organisation"))
    enclosed = titles_by_entry(case) if rows else {}
    for row in rows:
        row.words += enclosed.get(row.pk, "")
    return [_note(row) if _is_own(row) else _entry(row) for row in rows]


def _is_own(row: Entry) -> bool:
    """What somebody did and wrote down the same day: it has one moment, told by nobody else."""
    return row.told_by == row.by.name and row.happened_date == day_of(row.at)


def _note(row: Entry) -> Line:
    by = f"{row.by.name}, {row.organisation.name}"
    return Line("entry", _kind(row), by, at=row.at, text=row.words)


def _entry(row: Entry) -> Line:
    return Line(
        "entry",
        _kind(row),
        f"{row.by.name}, {row.organisation.name}",
        on=row.happened_date,
        told_by=row.told_by,
        written_at=row.at,
        text=row.words,
    )


def _kind(row: Entry) -> str:
    return row.kind.replace("_", " ").capitalize()


def _holders(case: Case) -> list[Line]:
    rows = Holder.objects.filter(case=case).select_related("user")
    return [
        Line("holder", f"Held by {row.user.name}, {row.get_role_display()}", "", at=row.from_at)
        for row in rows
    ]


READERS: dict[str, Callable[[Case], list[Line]]] = {
    "move": _moves,
    "risk": _risks,
    "risen": _risen,
    "consent": _consents,
    "sharing": _sharing,
    "told": _told,
    "safeguarding": _safeguarding,
    "entry": _entries,
    "change": change_lines,
    "holder": _holders,
    "age": age_lines,
    "held": held_lines,
    "transfer": transfer_lines,
    "signpost": signpost_lines,
}
