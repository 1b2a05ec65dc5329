"""A further review after an end: the chair proposes it, the police lead agrees or does not."""

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.tasks import give
from waymark.cases.two import Pair, may_answer
from waymark.cases.ways import CHAIRS
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused
from waymark.panels.models import ReviewAfterExit, ReviewExtension

CLAUSE = "2.8.18"
PAIR: Pair = (CHAIRS, (Role.POLICE_LEAD,))


def waiting_extension(case: Case) -> ReviewExtension | None:
    """The one proposed since the case ended that nobody has answered."""
    if case.ended_at is None:
        return None
    found = case.review_extensions.filter(answered_at=None, at__gte=case.ended_at)
    return found.select_related("by", "review").first()


def propose(case: Case, review: ReviewAfterExit, *, by: User) -> None:
    """Ask the police lead for the further review that was found to be needed."""
    assert review.further_date is not None
    made = ReviewExtension.objects.create(
        case=case, review=review, further_date=review.further_date, why=review.words, by=by,
        at=now(),
    )  # fmt: skip
    record("review_extension_proposed", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "decide_extension", by=by, case=case, role=Role.POLICE_LEAD, limit="next_step",
        object_id=made.pk, clause=CLAUSE,
        why="Decide whether this case is looked at once more, as the chair proposes.",
    )  # fmt: skip


def may_decide_extension(user: User, asked: ReviewExtension) -> None:
    """The police lead, who is not who proposed it, while the case is ended."""
    if asked.case.is_open:
        raise Refused("The case goes on: no further review is needed", clause=CLAUSE)
    may_answer(user, asked, asked.case, PAIR, clause=CLAUSE)
