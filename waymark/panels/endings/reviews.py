"""Reviews after an end: done when written, late when late; any may re-open the case (R21)."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from waymark.audit.events import record
from waymark.cases.endings.told import tell
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.two import answer
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs, needs_day_to_come, needs_each
from waymark.cases.writers import may_write
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.endings.extensions import may_decide_extension, propose, waiting_extension
from waymark.panels.models import ReviewAfterExit, ReviewExtension
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
    give(
        "announce_reviews", by=by, case=case, role=Role.CHAIR, limit="reviews_announced",
        why="Tell the person that the case is looked at again, and when.", clause=CLAUSE,
    )  # fmt: skip


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


@dataclass(frozen=True)
class Looked:
    """What a review found. `words`: in all; the three dimensions each apart, never added up.

    `referrer_told`: what the referrer may be told, or why nothing. `further_date`: of a further
    review, up to 24 months after the end.
    """

    result: str
    asked: str
    words: str
    engagement: str
    intent: str
    capability: str
    referrer_told: str
    further_date: date | None = None


DIMENSIONS = ("engagement", "intent", "capability")


def _whole(case: Case, said: Looked) -> Looked:
    """What was found, with nothing missing."""
    if said.result not in Result.values:
        raise Refused("The result of the review is not chosen", clause=CLAUSE)
    looked = needs_each({name: getattr(said, name) for name in DIMENSIONS}, clause="2.2.2")
    return replace(
        said, **looked,
        asked=needs(said.asked, why="Nothing says who was asked for the review", clause=CLAUSE),
        words=needs(said.words, why="Nothing says what the review found", clause=CLAUSE),
        referrer_told=needs(
            said.referrer_told, why="Nothing says what the referrer may be told", clause=CLAUSE,
            until="Say what they may be told, or why nothing.",
        ),
        further_date=_further(case, said.further_date) if said.result == Result.FURTHER else None,
    )  # fmt: skip


@act
def hold_review(
    review: ReviewAfterExit, *, by: User, said: Looked, version: int | None = None
) -> None:
    """Hold a review and write it down. The last one closes the case; any may re-open it."""
    case = locked(review.case, version=version)
    review = case.exit_reviews.select_for_update().get(pk=review.pk)
    review.case = case
    may_review(by, review)
    said = _whole(case, said)
    for name, value in asdict(said).items():
        setattr(review, name, value)
    review.state, review.held_by, review.held_at = State.HELD, by, now()
    review.late = today() > review.due_date
    review.save()
    record(
        "exit_reviewed", by=by, at=review.held_at, case_id=case.pk, row=review,
        result=said.result, late=review.late,
    )  # fmt: skip
    _done(case, review, by=by)
    _follow(case, review, by=by)


def _follow(case: Case, review: ReviewAfterExit, *, by: User) -> None:
    if review.result == Result.REOPEN:
        lapse(case, by=by)
        move(case, Stage.PANEL, act="review_exit", by=by, why=review.words)
    elif review.further_date:
        propose(case, review, by=by)
    _close_if_done(case, by=by)


def _close_if_done(case: Case, *, by: User) -> None:
    waits = waiting_reviews(case) or waiting_extension(case)
    if case.stage in REVIEWED and not waits:
        _close(case, by=by)


@act
def decide_extension(
    asked: ReviewExtension, *, by: User, agrees: bool, why: str, version: int | None = None
) -> None:
    """Agree that the case is looked at once more, or not: where nothing else waits, it closes."""
    case = locked(asked.case, version=version)
    asked = case.review_extensions.select_related("by").get(pk=asked.pk)
    asked.case = case
    may_decide_extension(by, asked)
    said = needs(why, why="Nothing says why you decide so", clause=CLAUSE)
    answer(asked, agrees=agrees, why=said, by=by, case=case, clause=CLAUSE)
    outcome = "agreed" if agrees else "refused"
    finish_those(waiting_of(case, "decide_extension"), by=by, outcome=outcome)
    if agrees:
        _set(case, asked.further_date, by=by)
    _close_if_done(case, by=by)


# ---- the person is told that there are reviews


def may_announce(user: User, case: Case) -> None:
    """Whoever writes on the case, while telling of the reviews is still to be done."""
    may_write(user, case)
    if not waiting_of(case, "announce_reviews"):
        raise Refused(
            "Nobody is still to be told of reviews", clause=CLAUSE,
            until="They are set when an exit takes effect.",
        )  # fmt: skip


@act
def announce(case: Case, *, by: User, words: str, by_whom: str, version: int | None = None) -> None:
    """The person was told that the case is looked at again, when, and what is asked then."""
    case = locked(case, version=version)
    may_announce(by, case)
    tell(case, by=by, words=words, by_whom=by_whom)
    finish_those(waiting_of(case, "announce_reviews"), by=by, outcome="told")


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
