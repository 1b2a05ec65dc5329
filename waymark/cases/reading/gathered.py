"""What is gathered of the person, and what partners need that is not there yet (2.7.3)."""

from dataclasses import dataclass

from waymark.cases.known import processes
from waymark.cases.models import Case, ParallelProcess
from waymark.people.facts import EARLIER, Known, known_of
from waymark.people.models import Name
from waymark.policy.lateness import day_in_words

TO_FIND = {
    "name": "Names and spellings",
    "birth-date": "Birth date or age",
    "address": "Where the person lives",
    "place": "School or work",
    "identifier": "Numbers that others know the person by",
}


@dataclass(frozen=True)
class Line:
    """One thing that partners need. `kind`: of the fact to add; "" where it is none."""

    what: str
    there: bool
    page: str = "person_add"
    kind: str = ""


@dataclass(frozen=True)
class LookedInto:
    """A kind of proceeding and what is written of it, the last row first; [] : not looked into."""

    kind: str
    said: list[str]


def to_find(case: Case) -> list[tuple[str, str, list[Known]]]:
    """Each kind of fact that a partner looks somebody up with, and its rows that stand."""
    return [(kind, called, _standing(case, kind)) for kind, called in TO_FIND.items()]


def what_is_there(case: Case) -> list[Line]:
    """What makes it enough, line by line: it names what is missing, and refuses nothing."""
    stands = {kind: rows for kind, _, rows in to_find(case)}
    lives = any(not one.about.startswith(EARLIER) for one in stands["address"])
    looked = not processes.not_looked_into(case)
    return [
        Line("A name that partners can search by", _can_be_searched(case), kind="name"),
        Line("A birth date, or an age", bool(stands["birth-date"]), kind="birth-date"),
        Line("An address, or where the person lives", lives, kind="address"),
        Line("School or work, or that there is none", bool(stands["place"]), kind="place"),
        Line("Other proceedings, each looked into", looked, "no_proceeding"),
        Line("What is not known yet, and who might know", case.open_questions.exists(), "unknown"),
    ]


def proceedings(case: Case) -> list[LookedInto]:
    """Every kind of other proceeding, and what is known of it, by whom and since when."""
    rows = processes.processes_of(case)
    return [
        LookedInto(kind.label, [in_words(row) for row in reversed(rows) if row.kind == kind])
        for kind in ParallelProcess.Kind
    ]


def in_words(row: ParallelProcess) -> str:
    """One row: a proceeding with its days, or that none is known, who said so and when."""
    if row.asked_date:
        return f"None known: asked on {day_in_words(row.asked_date)} of {row.source}"
    days = [
        f"{word} {day_in_words(day)}"
        for word, day in (("From", row.from_date), ("Until", row.until_date))
        if day
    ]
    when = ", ".join(days) or "No dates are known"
    return ". ".join(filter(None, (when, row.words.rstrip("."), f"Told by {row.source}")))


def in_one_text(case: Case) -> str:
    """The rows as one text for partners, a line for each kind. A protected address is left out."""
    lines = []
    for kind, called, rows in to_find(case):
        said = [_as_told(kind, one) for one in reversed(rows) if not one.protected]
        if said:
            lines.append(f"{called}: {'; '.join(said)}")
    return "\n".join(lines)


def has_protected(case: Case) -> bool:
    return any(one.protected for one in _standing(case, "address"))


def _as_told(kind: str, one: Known) -> str:
    """A row as partners read it: without its source, and with what it is where that tells them."""
    if kind == "identifier":
        return f"{one.about} {one.words}"
    return f"{one.words} ({one.about.lower()})" if one.about else one.words


def _standing(case: Case, kind: str) -> list[Known]:
    return [one for one in known_of(case.person_id, kind) if not one.corrected]


def _can_be_searched(case: Case) -> bool:
    """A forename and a surname: one of them finds nobody, or too many."""
    names = Name.objects.right().filter(person_id=case.person_id)
    return any(one.forenames and one.surname for one in names)
