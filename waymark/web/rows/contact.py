"""A contact as a row of a table: its office, how it is reached, and whether that is confirmed."""

from typing import Any

from django.urls import reverse

from waymark.database.clock import today
from waymark.directory import offices
from waymark.directory.models import Contact
from waymark.policy.lateness import day_in_words


def row_of(one: Contact) -> dict[str, Any]:
    return {
        "office": {"text": one.office, "href": reverse("contact", args=[one.line])},
        "organisation": one.organisation.name,
        "held_by": one.held_by,
        "email": address_of(one),
        "telephone": one.telephone,
        "reached": "; ".join(part for part in (address_of(one), one.telephone) if part),
        "confirmed": _confirmed(one),
    }


def address_of(one: Contact) -> str:
    kind = "shared" if one.shared else "personal"
    return f"{one.email} ({kind}, {'secure' if one.secure else 'not secure'})" if one.email else ""


def _confirmed(one: Contact) -> Any:
    """When somebody last said that it is right; a tag where that is too long ago."""
    if one.confirmed_date is None:
        return {"text": "Not confirmed yet", "tag": "soon"}
    day = day_in_words(one.confirmed_date)
    late = offices.needs_confirming(one, today())
    return {"text": f"Not confirmed since {day}", "tag": "soon"} if late else day
