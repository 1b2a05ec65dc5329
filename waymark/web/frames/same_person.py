"""Somebody who may be the person of a referral, as pages show them beside it."""

from typing import Any

from django.urls import reverse

from waymark.database.clock import day_of
from waymark.directory.models import User
from waymark.policy.lateness import day_in_words
from waymark.referrals.deciding import known
from waymark.referrals.models import Subject
from waymark.web.frames.referral import address


def beside_rows(subject: Subject, found: list[known.Beside], user: User) -> list[dict[str, Any]]:
    """Each with its outcome first, and with its case where `user` may open that."""
    seen = known.cases_seen(found, by=user)
    return [_row(subject, one, seen=seen) for one in found]


def _row(subject: Subject, one: known.Beside, *, seen: set[int]) -> dict[str, Any]:
    earlier = one.known
    return {
        "outcome": earlier.in_words(),
        "mistaken": earlier.mistaken,
        "why": earlier.why or "",
        "referral": earlier.referral,
        "received": f"Received on {day_in_words(day_of(earlier.received_at))}",
        "left_open": (earlier.texts[2] or "") if earlier.texts else "",
        "case": earlier.reference or "",
        "case_href": reverse("case", args=[earlier.reference]) if earlier.case_id in seen else "",
        "facts": one.facts,
        "answer": one.answer,
        "href": address(subject, "screening_same", str(earlier.subject_id)),
    }
