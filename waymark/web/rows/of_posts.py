"""What home shows beside one's tasks: meetings, what to approve, and what a post is for."""

from typing import Any

from django.urls import reverse

from waymark.directory import accounts, appointments
from waymark.directory.models import Role, User
from waymark.directory.permission import permits
from waymark.oversight import unconfirmed
from waymark.panels.reading.meetings import invited_to
from waymark.policy.lateness import day_in_words
from waymark.web.rows.account import area_of
from waymark.web.rows.meeting_state import KINDS

SHOWN_NO_CASE = {
    Role.AUDITOR: "As auditor you see no case and no person here. You can read who holds which"
    " post, how each office is reached, and the policy that is in force.",
    Role.INFORMATION_GOVERNANCE: "As information governance officer you see no case and no person"
    " here. You can read who holds which post, how each office is reached, and the policy that is"
    " in force.",
}


def meetings_of(user: User) -> list[dict[str, Any]]:
    """The meetings that the reader is invited to, the next first."""
    return [
        {
            "day": {"text": day_in_words(one.on_date), "href": reverse("meeting", args=[one.pk])},
            "area": one.area.name,
            "reference": one.reference,
            "state": {"text": one.get_state_display(), "tag": KINDS[one.state]},
        }
        for one in invited_to(user)
    ]


def to_approve(user: User) -> list[dict[str, Any]]:
    """The posts that another administrator gave and the reader can approve, as rows of tasks."""
    if Role.ADMINISTRATOR not in user.roles_in():
        return []
    rows = [
        {
            "act": "Approve an appointment",
            "href": reverse("appointment", args=[post.pk]),
            "why": f"{post.user.name}: {post.get_role_display()}, {area_of(post)}.",
            "clause": appointments.CLAUSE,
            "due": f"From {day_in_words(post.from_date)}",
        }
        for post in accounts.waiting()
        if permits(appointments.may_approve, user, post)
    ]
    return [{"title": "Waiting for a second administrator", "rows": rows}] if rows else []


def unconfirmed_since(user: User) -> dict[str, str] | None:
    """From when the reader's account is suspended, since nobody has confirmed them, and whom to
    ask; None: no warning stands (S19)."""
    warning = unconfirmed.warning_of(user)
    if warning is None:
        return None
    by = unconfirmed.confirmed_by(user)
    return {
        "day": day_in_words(warning.suspend_date),
        "body": user.organisation.name,
        "whom": by.name if by else "an administrator",
    }


def said_of(roles: frozenset[str]) -> str:
    """One sentence for a post that shows no case: what its holder can see here."""
    return " ".join(words for role, words in SHOWN_NO_CASE.items() if role in roles)
