"""What those who were there would put right in a minute, before the chair signs it (2.8.19)."""

from waymark.audit.events import record
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import may_chair
from waymark.panels.meeting.minutes import write_minute
from waymark.panels.models import Minute, ProposedCorrection
from waymark.panels.quorum import present

CLAUSE = "2.8.19"
State = ProposedCorrection.State


def may_propose(user: User, minute: Minute) -> None:
    """Whoever was there when the case was heard, until the minutes are signed."""
    if minute.signed_at is not None:
        raise Refused(
            "These minutes are signed and do not change", clause=CLAUSE,
            until="The chair can add a correction beside them.",
        )  # fmt: skip
    if all(each.user_id != user.pk for each in present(minute.item)):
        raise Refused(
            "Corrections are proposed by those who were there when the case was heard",
            clause=CLAUSE,
        )


@act
def propose(minute: Minute, *, by: User, words: str) -> ProposedCorrection:
    """Say what the minute should say. It waits for the chair, who signs nothing before."""
    may_propose(by, minute)
    made = ProposedCorrection.objects.create(
        case=minute.case, minute=minute, by=by, at=now(),
        words=needs(words, why="The correction has no words", clause=CLAUSE),
    )  # fmt: skip
    record("correction_proposed", by=by, at=made.at, case_id=minute.case_id, row=made)
    return made


def may_answer(user: User, proposed: ProposedCorrection) -> None:
    may_chair(user, proposed.minute.meeting.area)
    if proposed.state != State.WAITING or proposed.minute.signed_at is not None:
        raise Refused("This correction has its answer", clause=CLAUSE)


@act
def accept(proposed: ProposedCorrection, *, by: User, minute_words: str) -> None:
    """Take it up: `minute_words` is the whole minute as it now reads."""
    proposed = _locked(proposed)
    may_answer(by, proposed)
    write_minute(proposed.minute, by=by, words=minute_words)
    _answer(proposed, State.ACCEPTED, by=by)


@act
def refuse(proposed: ProposedCorrection, *, by: User, why: str) -> None:
    """Leave the minute as it is, and say why."""
    proposed = _locked(proposed)
    may_answer(by, proposed)
    said = needs(why, why="Nothing says why the correction is refused", clause=CLAUSE)
    _answer(proposed, State.REFUSED, by=by, answer=said)


def _locked(proposed: ProposedCorrection) -> ProposedCorrection:
    found = ProposedCorrection.objects.select_for_update(of=("self",))
    return found.select_related("minute__meeting__area", "minute__case").get(pk=proposed.pk)


def _answer(
    proposed: ProposedCorrection, state: ProposedCorrection.State, *, by: User, answer: str = ""
) -> None:
    proposed.state, proposed.answer = state, answer
    proposed.answered_by, proposed.answered_at = by, now()
    proposed.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(
        "correction_answered", by=by, at=proposed.answered_at, case_id=proposed.case_id,
        row=proposed, answer=state.value,
    )  # fmt: skip
