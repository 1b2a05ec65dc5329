"""Who sent a referral: sealed, opened for a reason, and each opening is a look (S33)."""

import json
from dataclasses import dataclass
from typing import Any

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.database.sealing import open_sealed, place
from waymark.directory.models import User
from waymark.referrals.models import Referral, Referrer

CALLED = {
    "name": "Name",
    "role": "Role",
    "organisation": "Organisation",
    "relationship": "Relationship to the person",
    "telephone": "Telephone",
    "email": "E-mail",
}


@dataclass(frozen=True)
class Opened:
    """What the referrer said of themselves, and what they were asked about who first noticed."""

    stays_unknown: bool
    by_wish: bool
    facts: list[tuple[str, str]]
    asked: list[dict[str, Any]]


def name_kept(referral: Referral) -> str | None:
    """Whether the name is kept to the police Prevent team: "", "by wish", or "unsaid" where they
    have not said whether others may learn it; None where the reader may not know of them."""
    found = Referrer.objects.filter(referral=referral).first()
    if found is None or not found.stays_unknown:
        return None if found is None else ""
    return "by wish" if found.unknown_by_wish else "unsaid"


def opened(referral: Referral, *, by: User) -> Opened | None:
    """Open who sent it. The look is written first; None where the reader may not see them."""
    referrer = Referrer.objects.filter(referral=referral).first()
    if referrer is None:
        return None
    look(
        by=by, at=now(), case_id=None, part=Part.REFERRER.value, purpose="screening",
        object_kind="referral", object_id=referral.pk,
    )  # fmt: skip
    where = place("referrals_referrer", "sealed", referrer.pk)
    words = json.loads(open_sealed("referrers", bytes(referrer.sealed), bound_to=where))
    facts = [(called, str(words.get(code) or "")) for code, called in CALLED.items()]
    return Opened(
        referrer.stays_unknown, referrer.unknown_by_wish, facts, words.get("document") or []
    )
