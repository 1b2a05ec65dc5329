"""How pages say dates, names and numbers, and show what somebody wrote."""

import re
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from waymark.database.clock import LONDON, day_of


def day(value: date | None) -> str:
    """The day, as in 25 November 2026; of a moment, its day in London; of nothing, ""."""
    if value is None:
        return ""
    on = day_of(value) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


def moment(value: datetime | None) -> str:
    """The moment in London, as in 25 November 2026 at 3:05pm; of nothing, ""."""
    if value is None:
        return ""
    at = value.astimezone(LONDON)
    return f"{day(at)} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def person_name(name: Any) -> str:
    """As in Smith, John: from anything with `surname` and `forenames`; else as it says itself."""
    if not name:
        return "Name not known"
    parts = [getattr(name, "surname", ""), getattr(name, "forenames", "")]
    return ", ".join(part for part in parts if part) or str(name)


def number(value: int) -> str:
    """With a comma at thousands: 20,000."""
    return f"{value:,}"


def counted(value: int, noun: str, plural: str = "") -> str:
    """As in 1 case, or 2,000 cases; `plural` where an s does not make it."""
    return f"{number(value)} {noun if value == 1 else plural or noun + 's'}"


TELEPHONE = re.compile(r"\b(?:999|101)\b|\+?\b\d[\d ]{8,14}\d\b")


def telephones(text: str | None) -> Markup:
    """The words with each telephone number in them as a link that rings it."""
    said, at = Markup(""), 0
    for found in TELEPHONE.finditer(text or ""):
        number = found[0].replace(" ", "")
        link = Markup('<a class="govuk-link" href="tel:{}">{}</a>').format(number, found[0])
        said += escape((text or "")[at : found.start()]) + link
        at = found.end()
    return said + escape((text or "")[at:])


def lines(text: str | None) -> Markup:
    """What somebody wrote, as paragraphs with its line breaks, each in its own direction."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", (text or "").replace("\r\n", "\n").strip())
    return Markup("\n").join(
        Markup('<p class="govuk-body app-prose" dir="auto">{}</p>').format(
            Markup("<br>\n").join(escape(line) for line in paragraph.split("\n"))
        )
        for paragraph in paragraphs
        if paragraph
    )
