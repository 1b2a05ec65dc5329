"""Consent is taken back, or can no longer be given: all support stops at once (1.1.4)."""

from datetime import date

from waymark.cases.models import Case, SupportConsent
from waymark.cases.stages import locked
from waymark.cases.tasks import give
from waymark.cases.writers import may_write
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.support import pieces
from waymark.support.consent import answers, consents
from waymark.support.models import PieceTurn

Said = SupportConsent.State
ENDS_SUPPORT = (Said.WITHDRAWN, Said.CAPACITY_LACKING)


def may_withdraw(user: User, case: Case) -> None:
    """Anybody who writes on the case, as soon as they learn of it, wherever consent stands."""
    may_write(user, case)
    if not case.is_open or not consents.is_in_force(case):
        stands = consents.NAMES[consents.state_of(case)]
        raise Refused(f"There is no consent in force to withdraw: it is {stands}", clause="1.1.4")


@act
def withdraw(
    case: Case, *, by: User, kind: str, name: str = "", authority: str, how: str = "",
    answered_date: date, state: str = Said.WITHDRAWN, capacity_steps: str = "",
    version: int | None = None,
) -> None:  # fmt: skip
    """Consent is withdrawn, or can no longer be given: in this transaction all support is held.

    From a case that is supported or recommended for exit the panel considers it again. No words
    are needed for a withdrawal: nobody has to say why.
    """
    case = locked(case, version=version)
    pieces.lock_all(case)
    may_withdraw(by, case)
    if state not in ENDS_SUPPORT:
        raise Refused("It is not said how consent ended", clause="1.1.4")
    who = answers.answerer(case, kind, name, authority, by=by)
    if state == Said.CAPACITY_LACKING:
        answers.needs_steps(capacity_steps)
    answers.keep(who, state, how, answered_date, case=case, by=by, capacity_steps=capacity_steps)
    end_support(case, by=by)


def end_support(case: Case, *, by: User) -> None:
    """Consent of a locked case has ended: all support is held, and those who give it are told."""
    stopped = pieces.hold_all(case, why=PieceTurn.Why.CONSENT_ENDED, by=by)
    for piece in stopped:
        for user in pieces.people(piece):
            notify(user, "stop_support", by=by, path=f"/support/{piece.pk}")
    consents.leave(case, by=by)
    answers.ask_to_help(case, by=by)
    give(
        "consent_withdrawn", by=by, case=case, role=Role.CHAIR, due=today(), clause="1.1.4",
        why=f"Consent has ended, and support is stopped ({len(stopped)}): see to it."
        if stopped
        else "Consent has ended before any support began: see that none begins.",
    )  # fmt: skip
