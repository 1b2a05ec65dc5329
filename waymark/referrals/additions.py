"""What the referrer was asked and what they added: read by whoever has the matter."""

from waymark.cases.models import Task
from waymark.cases.tasks import finish_those
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.referrals.models import Referral
from waymark.referrals.readers import may_read, subjects_of

KINDS = ("read_addition", "await_answer")


def waiting_for(referral: Referral) -> list[Task]:
    """What waits until somebody has read what was added."""
    keys = [subject.pk for subject in subjects_of(referral)]
    return list(Task.objects.waiting().filter(subject_id__in=keys, kind__in=KINDS))


def may_note(user: User, referral: Referral) -> None:
    """The police, where there is something to read."""
    for subject in subjects_of(referral):
        may_read(user, subject)
    if not any(task.kind == "read_addition" for task in waiting_for(referral)):
        raise Refused("Nothing waits to be read", clause="2.5.6",
                      until="What the referrer adds comes to whoever has the matter.")  # fmt: skip


@act
def note_read(referral: Referral, *, by: User) -> None:
    """Note that what was added has been read, for each person in the referral."""
    may_note(by, referral)
    answered = {addition.question_id for addition in referral.receipt.additions.all()}
    done = [
        task for task in waiting_for(referral)
        if task.kind == "read_addition" or task.object_id in answered
    ]  # fmt: skip
    finish_those(done, by=by, outcome="read")
