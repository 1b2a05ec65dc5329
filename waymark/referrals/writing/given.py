"""What was typed into a date's boxes, read as well as it can be: unclear is nothing, no error."""

import re
from calendar import month_abbr, month_name
from collections.abc import Sequence
from datetime import date, timedelta

MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
AGO = re.compile(r"(?:about )?(\d{1,3}|[a-z]+) (day|week|month|year)s? ago")
WRITTEN = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2}|[a-z]+)[ ./,-]+(\d{4})")


def birth(typed: Sequence[str]) -> dict[str, int] | None:
    """Year, month and day, or age, out of the boxes day, month, year, age; None if unclear."""
    if len(typed) != 4:
        return None
    on, month, year, age = (text.strip() for text in typed)
    if age.isdecimal() and not (on or month or year):
        return {"age": int(age)} if int(age) <= 120 else None
    number = _month(month) if month else None
    if not (year.isdecimal() and len(year) == 4) or (month and number is None):
        return None
    found = {"year": int(year)} | ({"month": number} if number else {})
    if on and number:
        return found | {"day": int(on)} if _day(on, number, int(year)) else None
    return found


def birth_in_words(typed: Sequence[str]) -> str:
    """As a person would say it; what cannot be read stays as it was typed."""
    found = birth(typed)
    if found is None:
        return " ".join(text for text in typed if text)
    if "age" in found:
        return f"About {found['age']} years old"
    parts = [str(found["day"])] if "day" in found else []
    if "month" in found:
        parts.append(month_name[found["month"]])
    return " ".join([*parts, str(found["year"])])


def day_meant(words: str, today: date) -> date | None:
    """The day that words such as "5 May 2026" or "about two weeks ago" mean; None if unclear."""
    said = " ".join(words.lower().split())
    if said in ("today", "yesterday"):
        return today - timedelta(days=said == "yesterday")
    if ago := AGO.fullmatch(said):
        count = int(ago[1]) if ago[1].isdecimal() else NUMBERS.get(ago[1], 0)
        return today - timedelta(days=count * DAYS[ago[2]]) if count else None
    if written := WRITTEN.fullmatch(said):
        month = _month(written[2])
        found = _day(written[1], month, int(written[3])) if month else None
        return found if found and found <= today else None
    return None


def _month(text: str) -> int | None:
    if text.isdecimal() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.get(text.lower())


def _day(on: str, month: int, year: int) -> date | None:
    try:
        return date(year, month, int(on))
    except ValueError:
        return None
