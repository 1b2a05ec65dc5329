"""Words and days that a record cannot be without: one clear sentence where they are missing."""

from datetime import date

from waymark.database.clock import today
from waymark.directory.permission import Refused


def needs(words: str, *, why: str, clause: str, until: str = "") -> str:
    """`words` without the white space around them. Raises Refused where nothing is left."""
    if not (said := words.strip()):
        raise Refused(why, clause=clause, until=until)
    return said


def needs_each(said: dict[str, str], *, clause: str) -> dict[str, str]:
    """The same of many: what each is called, such as "the risk to the public", and its words."""
    return {
        name: needs(words, why=f"Nothing is written about {name}", clause=clause, until="Write it.")
        for name, words in said.items()
    }


def needs_day_to_come(day: date | None, *, what: str, clause: str) -> date:
    """`day`, which is today or later. `what`: such as "the date to look at this again"."""
    if day is None or day < today():
        raise Refused(
            f"{what[0].upper()}{what[1:]} is missing or has passed",
            clause=clause,
            until="Enter today’s date or a later one.",
        )
    return day
