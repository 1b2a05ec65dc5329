"""The second person: of an end to a repeat, and of *malicious* (R4, R30)."""

from waymark.audit.events import record
from waymark.cases.tasks import finish_those
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.referrals.deciding.decisions import FOUR, may_go_on, may_screen
from waymark.referrals.deciding.known import counts_as_repeat, deciders_before, take_turns
from waymark.referrals.deciding.settling import (
    TO_CONFIRM,
    back_to_screening,
    locked,
    settle,
    waiting_for,
)
from waymark.referrals.models import Screening, ScreeningConfirmation, Subject

CLAUSE = "2.5.6"


def proposal_of(subject: Subject) -> Screening | None:
    """The outcome that waits for a second person, if any."""
    if subject.state != Subject.State.PROPOSED:
        return None
    return subject.screenings.select_related("by").last()


def may_confirm(user: User, screening: Screening) -> None:
    """Somebody else of the police team, who decided none of the earlier referrals (R4)."""
    subject = screening.subject
    if hasattr(screening, "confirmation"):
        raise Refused("A second person has already answered", clause=CLAUSE)
    may_screen(user, subject)
    may_go_on(subject)
    if user.pk == screening.by_id:
        raise Refused(
            "You proposed this yourself", clause=CLAUSE, until="Somebody else confirms it or not."
        )
    if user.pk in deciders_before(subject):
        raise Refused(
            "You decided on this person before",
            clause=CLAUSE,
            until="Somebody who decided none of the earlier referrals confirms it. "
            "Where nobody can, the police lead finds a colleague.",
        )


def _may_agree(screening: Screening) -> None:
    """An earlier referral may have come to light since it was proposed."""
    blank = [name for name in FOUR if not getattr(screening, name).strip()]
    if blank and counts_as_repeat(screening.subject):
        raise Refused(
            "Since this was proposed it has been found that the person was referred before",
            clause=CLAUSE,
            until="Do not agree: it is then screened again, with the earlier referral in view.",
        )


@act
def confirm(
    screening: Screening, *, by: User, agrees: bool, why: str, version: int | None = None
) -> ScreeningConfirmation:
    """The second person agrees, and it takes effect; or does not, and it is screened again."""
    take_turns()
    subject = locked(screening.subject, version=version)
    screening = subject.screenings.get(pk=screening.pk)
    screening.subject = subject
    may_confirm(by, screening)
    if agrees:
        _may_agree(screening)
    said = ScreeningConfirmation.objects.create(
        screening=screening, agrees=agrees, by=by, at=now(),
        why=needs(why, why="Nothing says why", clause=CLAUSE,
                  until="Say what you read, and what you make of it."),
    )  # fmt: skip
    record("screening_confirmed", by=by, at=said.at, row=said, agrees=agrees)
    finish_those(waiting_for(subject, *TO_CONFIRM), by=by, outcome="answered")
    if agrees:
        settle(subject, screening, by=by)
    else:
        back_to_screening(subject, by=by)
    return said
