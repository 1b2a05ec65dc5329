"""What an exit rests on: its text, the signed minutes, and all that is not addressed (2.8.14)."""

from waymark.cases.endings.ending import unacknowledged
from waymark.cases.known import needs as case_needs
from waymark.cases.known import unknown
from waymark.cases.models import Case
from waymark.cases.words import needs
from waymark.directory.permission import Refused
from waymark.panels.models import Action, EndProposal, Meeting
from waymark.policy.lateness import day_in_words
from waymark.support.models import NeedDisposal

CLAUSE = "2.8.14"


def what_it_says(changed: str, remains: str) -> None:
    """The recommendation of an exit says what has changed and what remains."""
    needs(
        changed, why="Nothing says what has changed since the last decision", clause=CLAUSE,
        until="Say what has changed, factor by factor: an exit rests on it.",
    )  # fmt: skip
    needs(
        remains, why="Nothing says what remains after the exit", clause=CLAUSE,
        until="Say what risk or need remains, and who looks to it.",
    )  # fmt: skip


def minutes_are_signed(proposal: EndProposal) -> None:
    """What is endorsed stands in minutes that change no more."""
    if proposal.decision.meeting.state != Meeting.State.SIGNED:
        raise Refused(
            "The minutes that recommend this are not signed yet", clause=CLAUSE,
            until="It is endorsed once the chair has signed them.",
        )  # fmt: skip


def open_actions(case: Case) -> list[Action]:
    return list(case.actions.filter(done_at=None).select_related("owner"))


def not_addressed(case: Case) -> list[str]:
    """All that would be left open by an end, in words: none of it is cleared by one button (R6)."""
    return [
        *(f"Not known: {one.words}" for one in unknown.still_open(case)),
        *(f"Need: {one.words}" for one in case_needs.open_needs(case)),
        *(f"Remains: {one.words}" for one in _remaining(case)),
        *(
            f"Action of {one.owner.name}, by {day_in_words(one.due_date)}: {one.words}"
            for one in open_actions(case)
        ),
        *(
            f"Not answered: {one.organisation.name}"
            for one in case.requests.filter(answered_at=None).select_related("organisation")
        ),
        *(f"Not acknowledged by social care: {one.to.name}" for one in unacknowledged(case)),
    ]


def _remaining(case: Case) -> list[NeedDisposal]:
    rows = NeedDisposal.objects.filter(case=case).select_related("need").order_by("at", "id")
    last = {row.need_id: row for row in rows}
    return [row for row in last.values() if row.outcome == NeedDisposal.Outcome.REMAINS]


def may_leave_open(case: Case, words: str) -> str:
    """Who endorses says why it may end with that. Returns the words; "" where nothing is open."""
    if not (still := not_addressed(case)):
        return ""
    return needs(
        words, why=f"{len(still)} of what this end leaves open is not explained", clause="2.8.15",
        until="Read what is not addressed, and say why the case may end with it.",
    )  # fmt: skip
