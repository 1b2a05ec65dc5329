"""Whether information may be shared with partners, and on what ground: before any is asked."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.endings.under_review import may_write_for_review
from waymark.cases.models import Case, SharingPosition
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_day_to_come
from waymark.cases.writers import post_of
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.people.age import is_adult
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

State = SharingPosition.State


def position_of(case: Case) -> SharingPosition | None:
    """The position that stands: the last that was taken, if any."""
    return case.sharing_positions.select_related("by").last()


OF_A_CHILD = {
    State.AGREED.value: "The child or family agreed",
    State.REFUSED.value: "The child or family refused",
}


def in_words(stands: SharingPosition, case: Case, on: date | None = None) -> str:
    """What was said, by the adult or for the child. `on`: the day of it, where not today."""
    said = stands.get_state_display()
    return said if is_adult(case.person, on) else OF_A_CHILD.get(stands.state, said)


def clause_of(case: Case) -> str:
    """Adults and children are asked in different ways."""
    return "2.4.4" if is_adult(case.person) else "2.4.3"


def may_be_shared(case: Case) -> None:
    """A position stands, and is not past the date to look at it again."""
    stands = position_of(case)
    if stands is None:
        raise Refused(
            "It is not decided whether information may be shared about this person",
            clause=clause_of(case),
            until="Record what the person or family said, or why they were not asked.",
        )
    if stands.review_date and stands.review_date < today():
        raise Refused(
            "Sharing without agreement was to be looked at again and has not been",
            clause="2.4.5",
            until="Decide again whether information may be shared.",
        )


@act
def decide(
    case: Case,
    *,
    by: User,
    state: str,
    ground: str,
    balance: str = "",
    review_date: date | None = None,
    version: int | None = None,
) -> SharingPosition:
    """Take a position on sharing. `ground`: how agreement was given, or the lawful ground without.

    Without agreement `balance` weighs the person's interest against the public's, and the
    position is looked at again by `review_date` (by the pack's limit where none is given).
    """
    case = locked(case, version=version)
    may_write_for_review(by, case)
    if state not in State.values:
        raise Refused("It is not said whether sharing is agreed", clause=clause_of(case))
    said = needs(ground, why="No ground for sharing is given", clause=clause_of(case))
    weighed, day = "", None
    if state != State.AGREED:
        weighed, day = _weighed(case, state, balance, review_date)
    made = SharingPosition.objects.create(
        case=case, state=state, ground=said, balance=weighed, review_date=day, by=by, at=now()
    )
    record("sharing_decided", by=by, at=made.at, case_id=case.pk, row=made, state=state)
    _look_again(made, by=by)
    return made


def _weighed(case: Case, state: str, balance: str, day: date | None) -> tuple[str, date]:
    weighed = needs(
        balance, why="Sharing without agreement is not weighed",
        clause="2.4.5" if state == State.REFUSED else clause_of(case),
        until="Say why it is lawful and in the public interest, or why asking would put"
        " somebody at risk.",
    )  # fmt: skip
    chosen = day or due_date(now(), in_force().limit("sharing_review"))
    return weighed, needs_day_to_come(chosen, what="the date to look at it again", clause="2.4.5")


def _look_again(made: SharingPosition, *, by: User) -> None:
    case = made.case
    finish_those(waiting_of(case, "review_sharing"), by=by, outcome="decided_again")
    if made.review_date:
        give(
            "review_sharing", by=by, case=case, role=post_of(by, case), due=made.review_date,
            clause="2.4.5", why="Look again at sharing information without agreement.",
        )  # fmt: skip
