"""The reviews after an end: which wait, which are late, which were held and when (R21)."""

from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.panels.models import ReviewAfterExit
from waymark.policy.lateness import day_in_words, due_in_words

State = ReviewAfterExit.State


def of_case(case: Case) -> list[ReviewAfterExit]:
    return list(case.exit_reviews.select_related("held_by").order_by("number"))


def next_waiting(case: Case) -> ReviewAfterExit | None:
    """The review that is due first."""
    waiting = case.exit_reviews.filter(state=State.WAITING).order_by("due_date", "id")
    return waiting.first()


def in_words(review: ReviewAfterExit) -> str:
    """Whether it waits, is overdue, was held, and how late."""
    if review.state == State.WAITING:
        return due_in_words(review.due_date, today())
    if review.state == State.LAPSED:
        return review.get_state_display()
    held = day_in_words(review.held_at.date()) if review.held_at else ""
    return f"Held {held}{', late' if review.late else ''}: {review.get_result_display()}"


def is_late(review: ReviewAfterExit) -> bool:
    return bool(review.late) or (review.state == State.WAITING and review.due_date < today())
