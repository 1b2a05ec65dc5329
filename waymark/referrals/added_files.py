"""Files that come with a referral: few, in quarantine first, and read by the police alone (S42)."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now, today
from waymark.directory.models import Role
from waymark.directory.permission import Refused, act
from waymark.files import quarantine
from waymark.files.kinds import MOST_WITH_A_REFERRAL
from waymark.files.models import File
from waymark.files.uploads import Upload
from waymark.referrals.models import AddedFile, Addition, Receipt, Referral, Subject

KIND = "added_file_unchecked"
CLAUSE = "2.5.5"


def sent_before(receipt: Receipt) -> int:
    """How many files came with that receipt so far: its holder sees no row of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT files_with_receipt(%s)", [receipt.pk])
        return int((cursor.fetchone() or (0,))[0])


def hang(uploads: Sequence[Upload], added: Addition, *, by: Actor) -> None:
    """Put the files into quarantine and hang them on what was added, all or none."""
    if not uploads:
        return
    first = sent_before(added.receipt) + 1
    if first + len(uploads) - 1 > MOST_WITH_A_REFERRAL:
        _refuse_more()
    held = quarantine.put_with_referral(uploads, referral_id=added.receipt.referral_id, by=by)
    for number, file in enumerate(held, start=first):
        one = AddedFile(receipt=added.receipt, addition=added, file=file, number=number, at=now())
        try:
            with transaction.atomic():
                one.save(force_insert=True)
        except IntegrityError:  # somebody with the same receipt was quicker
            _refuse_more()
        record("referral_file_added", by=by, at=one.at, row=one, receipt=added.receipt.pk)


def _refuse_more() -> None:
    raise Refused(
        f"There can be {MOST_WITH_A_REFERRAL} files with a referral, and no more", clause=CLAUSE,
        until="Send your words without them, and say what else you have.",
    )  # fmt: skip


def found(key: int, *, referral: Referral) -> AddedFile | None:
    """A file that came with that referral, where the reader may see it, or None."""
    rows = AddedFile.objects.filter(receipt__referral=referral).select_related("file", "addition")
    return rows.filter(pk=key).first()


def late() -> list[File]:
    """Those that have waited to be checked for longer than a day, and nobody was told of."""
    told = Task.objects.filter(kind=KIND).values("object_id")
    waiting = File.objects.waiting().filter(at__lte=now() - quarantine.LONGEST, case_id=None)
    return list(waiting.exclude(pk__in=told))


@act
def tell(file: File, *, by: Duty) -> None:
    """The police lead learns that a file of a referral still waits."""
    subject = Subject.objects.filter(referral=file.referral_id).earliest("position")
    give(
        KIND, by=by, role=Role.POLICE_LEAD, subject_id=subject.pk, area=subject.area,
        due=today() + timedelta(days=1), object_id=file.pk, clause=CLAUSE,
        why=f"File {file.shown_name} could not be checked for a day: tell your IT team",
    )  # fmt: skip


@act
def was_checked(file: File, *, by: Duty) -> None:
    """Nobody needs to see to it any more: the referral’s page says what was found."""
    waiting = Task.objects.waiting().filter(kind=KIND, object_id=file.pk)
    finish_those(list(waiting), by=by, outcome=file.state)
