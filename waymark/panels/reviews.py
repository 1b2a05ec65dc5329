"""Reviews after an end: done when written, late when late; any may re-open the case (R21)."""

from datetime import date, timedelta

from waymark.audit.events import record
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.models import ReviewAfterExit
from waymark.policy.days import due_date, months_after
from waymark.policy.pack import in_force

CLAUSE = "2.8.18"
LONGEST = 24  # months after the end
EARLIEST = timedelta(days=31)  # before it is due
REVIEWED = (Stage.EXITED, Stage.DECLINED)
State, Result = ReviewAfterExit.State, ReviewAfterExit.Result


def waiting_reviews(case: Case) -> list[ReviewAfterExit]:
    return list(case.exit_reviews.filter(state=State.WAITING))


def set_after_exit(case: Case, *, by: User) -> None:
    """The reviews 6 and 12 months after an exit."""
    lapse(case, by=by)
    for limit in ("review_first", "review_second"):
        _set(case, due_date(today(), in_force().limit(limit)), by=by)


def set_after_declined(case: Case, day: date, *, by: User) -> None:
    """The one review that a panel set, with its reasons: until then its chair sees the case."""
    lapse(case, by=by)
    _set(case, day, by=by)
    case.closed_date = case.police_until_date = None
    case.save(update_fields=["closed_date", "police_until_date"])
    record("case_changed", by=by, at=now(), case_id=case.pk, row=case)


def may_review(user: User, review: ReviewAfterExit) -> None:
    """The chair, while the case has ended, about when the review is due or later."""
    case = review.case
    if not user.roles_in(case.area) & set(CHAIRS):
        raise Refused(
            "This review is not yours to hold", clause=CLAUSE,
            until=f"It is held by the chair or the vice-chair of {case.area.name}.",
        )  # fmt: skip
    if review.state != State.WAITING or case.stage not in REVIEWED:
        raise Refused("This review no longer waits", clause=CLAUSE)
    if today() < review.due_date - EARLIEST:
        day = review.due_date
        raise Refused(
            "It is too early for this review", clause=CLAUSE,
            until=f"It is due on {day.day} {day:%B %Y}.",
        )  # fmt: skip


@act
def hold_review(
    review: ReviewAfterExit, *, by: User, result: str, asked: str, words: str,
    further_date: date | None = None, version: int | None = None,
) -> None:  # fmt: skip
    """Hold a review and write it down. The last one closes the case; any may re-open it.

    `further_date`: of a further review, up to 24 months after the end.
    """
    case = locked(review.case, version=version)
    review = case.exit_reviews.select_for_update().get(pk=review.pk)
    review.case = case
    may_review(by, review)
    if result not in Result.values:
        raise Refused("The result of the review is not chosen", clause=CLAUSE)
    further = _further(case, further_date) if result == Result.FURTHER else None
    review.asked = needs(asked, why="Nothing says who was asked for the review", clause=CLAUSE)
    review.words = needs(words, why="Nothing says what the review found", clause=CLAUSE)
    review.result, review.further_date = result, further
    review.state, review.held_by, review.held_at = State.HELD, by, now()
    review.late = today() > review.due_date
    review.save()
    record(
        "exit_reviewed", by=by, at=review.held_at, case_id=case.pk, row=review, result=result,
        late=review.late,
    )  # fmt: skip
    _done(case, review, by=by)
    _follow(case, review, by=by)


def _follow(case: Case, review: ReviewAfterExit, *, by: User) -> None:
    if review.result == Result.REOPEN:
        lapse(case, by=by)
        move(case, Stage.PANEL, act="review_exit", by=by, why=review.words)
    elif review.further_date:
        _set(case, review.further_date, by=by)
    if case.stage in REVIEWED and not waiting_reviews(case):
        _close(case, by=by)


def lapse(case: Case, *, by: User) -> None:
    """The case goes on: what was still to be reviewed waits no longer."""
    for review in waiting_reviews(case):
        review.state = State.LAPSED
        review.save(update_fields=["state"])
        record("exit_review_lapsed", by=by, at=now(), case_id=case.pk, row=review)
        _done(case, review, by=by)


def _further(case: Case, day: date | None) -> date:
    chosen = needs_day_to_come(day, what="the date of the further review", clause=CLAUSE)
    assert case.ended_at is not None
    last = months_after(day_of(case.ended_at), LONGEST)
    if chosen > last:
        raise Refused(
            f"A review is held at the latest {LONGEST} months after the end", clause=CLAUSE,
            until=f"Choose a date up to {last.day} {last:%B %Y}.",
        )  # fmt: skip
    return chosen


def _set(case: Case, day: date, *, by: User) -> None:
    last = case.exit_reviews.order_by("number").last()
    review = ReviewAfterExit.objects.create(
        case=case, number=last.number + 1 if last else 1, due_date=day
    )
    record("exit_review_set", by=by, at=now(), case_id=case.pk, row=review, due=day)
    give(
        "review_after_exit", by=by, case=case, role=Role.CHAIR, due=day, object_id=review.pk,
        why="Look at this case again after its end, and write down what was found.",
        clause=CLAUSE,
    )  # fmt: skip


def _done(case: Case, review: ReviewAfterExit, *, by: User) -> None:
    tasks = waiting_of(case, "review_after_exit", object_id=review.pk)
    finish_those(tasks, by=by, outcome=review.result or review.state)


def _close(case: Case, *, by: User) -> None:
    """The last review is held: from tomorrow the area sees the case no more."""
    days = in_force().limit("ended_seen_by_police").amount
    case.closed_date, case.police_until_date = today(), today() + timedelta(days=days)
    case.save(update_fields=["closed_date", "police_until_date"])
    record("case_closed", by=by, at=now(), case_id=case.pk, row=case)
