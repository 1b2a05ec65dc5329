"""An ended case that is looked at again: what may be done on it meanwhile, decided anew (R21)."""

from datetime import timedelta

from waymark.cases.models import Case
from waymark.cases.writers import may_write
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.directory.permission import Refused

AHEAD = timedelta(days=31)  # of the day that a review is due


def is_under_review(case: Case) -> bool:
    """Whether a review after its end is due, about now or since."""
    waiting = case.tasks.waiting().filter(kind="review_after_exit")
    return not case.is_open and waiting.filter(due_date__lte=today() + AHEAD).exists()


def may_write_for_review(user: User, case: Case) -> None:
    """Who writes on the case, while it is open or looked at again."""
    may_write(user, case)
    if not case.is_open and not is_under_review(case):
        raise Refused("This case has ended", clause="2.8.9")


def decided_since_the_end(case: Case) -> None:
    """What was decided on sharing before the end holds no more: each check is decided anew."""
    if case.ended_at is None:
        return
    if not case.sharing_positions.filter(at__gte=case.ended_at).exists():
        raise Refused(
            "It is not decided anew whether information may be shared for this review",
            clause="2.4.5", until="Decide on sharing first: each check of a review is its own.",
        )  # fmt: skip
