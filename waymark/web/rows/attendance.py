"""The people of a meeting as rows: as what they are invited, what they answered, who came."""

from typing import Any

from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.panels.meeting import attendance, invitations
from waymark.panels.models import Attendance, InvitationAnswer, Meeting
from waymark.panels.reading import panel
from waymark.panels.reading.register import last_answers
from waymark.policy.lateness import day_in_words


def people_of(meeting: Meeting, invited: list[Attendance], user: User) -> dict[str, Any]:
    """What the page of a meeting says of those invited. Answers: as far as the reader sees them."""
    convenes = bool(user.roles_in(meeting.area) & attendance.INVITES)
    answers = last_answers(meeting) if convenes else {}
    mine = invitations.of(meeting, user)
    coming = meeting.state in (Meeting.State.PLANNED, Meeting.State.OPEN)
    return {
        "people": [row_of(each, answers.get(each.pk)) for each in invited],
        "invited_oneself": mine is not None,
        "may_answer": permits(invitations.may_answer, user, meeting),
        "without_agreement": [one.name for one in panel.without_agreement(meeting)]
        if convenes and coming
        else [],
        "to_agree": bool(
            mine and coming and panel.has_agreed(meeting.area, user) is None
        ),
        "moves": [
            {
                "words": f"Moved from {day_in_words(one.from_date)} to {day_in_words(one.to_date)}"
                f" by {one.by.name}.",
                "why": one.why,
            }
            for one in panel.moves_of(meeting)
        ],
    }  # fmt: skip


def row_of(each: Attendance, answer: InvitationAnswer | None = None) -> dict[str, Any]:
    return {
        "name": each.user.name if each.user else each.organisation.name,
        "body": each.organisation.name,
        "capacity": each.capacity,
        "for": f"Case {each.item.case.reference}" if each.item else "Whole meeting",
        "member": "Member" if each.member else "Invited",
        "came": _came(each, answer),
    }


def _came(each: Attendance, answer: InvitationAnswer | None) -> str:
    """Whether they came; until that is recorded, what they answered."""
    if each.came is not None:
        return "Came" if each.came else f"Did not come: {each.reason}"
    if answer is None:
        planned = each.meeting.state == Meeting.State.PLANNED
        return "No answer yet" if planned else "Not recorded yet"
    words = f": {answer.why}" if answer.why else ""
    instead = f": {answer.deputy.name}" if answer.deputy else ""
    return f"Answered: {answer.get_kind_display().lower()}{words}{instead}"
