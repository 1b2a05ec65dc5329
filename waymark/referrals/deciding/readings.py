"""The police lead reads what was found not Prevent, each one: lets it stand or sends it back."""

from dataclasses import dataclass

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.referrals.deciding.decisions import lead_of
from waymark.referrals.deciding.settling import back_to_screening, let_stand, locked, waiting_for
from waymark.referrals.models import Screening, ScreeningReturn, Subject
from waymark.referrals.queue import page_by_date

CLAUSE = "2.5.6"


def to_read(subject: Subject) -> Screening | None:
    """The *not Prevent* of a person that nobody has read yet, if any."""
    last = subject.screenings.select_related("by", "confirmation__by").last()
    ends = last is not None and last.outcome == Screening.Outcome.NOT_PREVENT
    if subject.state != Subject.State.SCREENED or not ends or hasattr(last, "reading"):
        return None
    return last


def screenings_of(subject: Subject) -> list[Screening]:
    """Every outcome that was written for a person, the latest first, each with what a second
    person and the police lead said of it."""
    found = subject.screenings.select_related("by", "confirmation__by", "reading__by")
    return list(found.order_by("-at", "-pk"))


def may_settle(user: User, screening: Screening) -> None:
    """A police lead who had no part in it, once."""
    subject = screening.subject
    if not lead_of(user, subject):
        raise Refused("Only the police lead reads what was found not Prevent", clause=CLAUSE)
    if hasattr(screening, "reading"):
        raise Refused("A police lead has read this already", clause=CLAUSE)
    confirmed = screening.confirmation.by_id if hasattr(screening, "confirmation") else None
    if user.pk in (screening.by_id, confirmed):
        raise Refused(
            "You decided this yourself", clause=CLAUSE, until="Another police lead reads it."
        )


@act
def read(
    screening: Screening, *, by: User, sent_back: bool, why: str, version: int | None = None
) -> ScreeningReturn:
    """Let a *not Prevent* stand, or send it back to be screened again, with the reason."""
    subject = locked(screening.subject, version=version)
    screening = subject.screenings.select_related("confirmation").get(pk=screening.pk)
    screening.subject = subject
    may_settle(by, screening)
    if sent_back:
        needs(why, why="Nothing says why it is sent back", clause=CLAUSE,
              until="Say what is to be looked at again.")  # fmt: skip
    said = ScreeningReturn.objects.create(
        screening=screening, sent_back=sent_back, why=why.strip(), by=by, at=now()
    )
    record("not_prevent_read", by=by, at=said.at, row=said, sent_back=sent_back)
    finish_those(waiting_for(subject, "read_not_prevent"), by=by, outcome="read")
    if sent_back:
        back_to_screening(subject, by=by)
    else:
        let_stand(subject, by=by)
    return said


@dataclass(frozen=True)
class Unread:
    """One that waits to be read, with its task."""

    task: Task
    screening: Screening


def waiting_to_be_read(user: User, *, after: str = "") -> tuple[list[Unread], str]:
    """What waits for the police lead, the earliest due first, and the key of the next page."""
    areas = user.areas_of(frozenset({Role.POLICE_LEAD}))
    tasks = Task.objects.waiting().filter(kind="read_not_prevent", area__in=areas)
    shown, following = page_by_date(tasks, after)
    screenings = Screening.objects.filter(pk__in=[task.object_id for task in shown])
    by_key = (
        screenings.select_related(
            "by", "confirmation__by", "reading__by", "subject__referral", "subject__area"
        )
        .prefetch_related("subject__person__names")
        .in_bulk()
    )
    found = [(task, by_key.get(task.object_id or 0)) for task in shown]
    return [Unread(task, screening) for task, screening in found if screening], following
