"""Quarantine: a web server puts files in, and only a job worker can take them out (S44)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from waymark.audit.events import record
from waymark.database.actor import Actor
from waymark.database.clock import day_of, now
from waymark.database.keys import random_key, random_reference
from waymark.database.limits import limits
from waymark.database.sealing import place, seal
from waymark.directory.models import User, person_of
from waymark.directory.permission import Refused
from waymark.files import boxes
from waymark.files.kinds import MOST
from waymark.files.models import NAMES, File
from waymark.files.store import new_name, store
from waymark.files.uploads import Upload

HELD = "held"
LONGEST = timedelta(hours=24)  # a scanner is waited for, before a person is told
CLAUSE = "2.11.1"
MEGABYTE = 1024 * 1024


class NotHere(Exception):
    """This process has no key that opens quarantine: only a job worker has."""


def put(uploads: Sequence[Upload], *, case_id: int, by: User) -> list[File]:
    """Put each into quarantine. Raises Refused where the day is full or the store is."""
    if not uploads:
        return []
    _may_add(uploads, at=now())
    return _put_all(uploads, by=by, case_id=case_id)


def put_with_referral(uploads: Sequence[Upload], *, referral_id: int, by: Actor) -> list[File]:
    """The same of what a referrer sends. Raises Refused where all of them sent too much today."""
    _may_come_in(uploads, at=now())
    return _put_all(uploads, by=by, referral_id=referral_id)


def _put_all(uploads: Sequence[Upload], *, by: Actor, **of: int) -> list[File]:
    reference, person = random_reference(), person_of(by)
    return [
        _put(one, File(pk=random_key(), reference=reference, number=number, by=person, **of), by)
        for number, one in enumerate(uploads, start=1)
    ]


def take(file: File) -> bytes:
    """The content of a file in quarantine. Raises DoesNotOpen, Missing, or NotHere."""
    keys = settings.WAYMARK_BOXES.private
    if not keys:
        raise NotHere("Quarantine is opened by the job worker alone")
    return boxes.open_box(keys, store().open(_name(file)), bound_to=_bound(file))


def forget(file: File) -> None:
    """What was in quarantine is not needed any more."""
    store().delete(_name(file))


def _put(upload: Upload, file: File, by: Actor) -> File:
    file.kind, file.size, file.digest = upload.kind.value, len(upload.content), upload.digest
    file.stored, file.at = new_name(), now()
    bound_to = place("files_file", "sealed_name", file.pk)
    file.sealed_name = seal(NAMES, upload.name.encode(), bound_to=bound_to)
    box = boxes.close(settings.WAYMARK_BOXES.public, upload.content, bound_to=_bound(file))
    try:
        store().put(_name(file), box)
    except OSError:
        raise Refused(
            "Not saved: the file could not be kept", clause=CLAUSE,
            until="Send the form without it, or ring the police Prevent team.",
        ) from None  # fmt: skip
    file.save(force_insert=True)
    record("file_held", by=by, at=file.at, case_id=file.case_id, row=file)
    return file


def _may_add(uploads: Sequence[Upload], *, at: datetime) -> None:
    if len(uploads) > MOST:
        raise Refused(
            f"There are more than {MOST} files", clause=CLAUSE, until="Send them in two parts."
        )
    most = limits().day_megabytes
    if _today("bytes_added_since", at) + _size(uploads) > most * MEGABYTE:
        raise Refused(
            f"You have added {most} MB of files today, which is the most for a day", clause=CLAUSE,
            until="Add the rest tomorrow, or ring the police Prevent team.",
        )  # fmt: skip


def _may_come_in(uploads: Sequence[Upload], *, at: datetime) -> None:
    most = limits().referral_megabytes
    if _today("bytes_from_referrers_since", at) + _size(uploads) > most * MEGABYTE:
        raise Refused(
            "Too many files have come in today, and yours were not taken", clause=CLAUSE,
            until="Send your words without them, and say that you have files.",
        )  # fmt: skip


def _today(function: str, at: datetime) -> int:
    """What one of the two functions counts since midnight, in bytes."""
    midnight = timezone.make_aware(datetime.combine(day_of(at), time.min))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [midnight])
        return int((cursor.fetchone() or (0,))[0])


def _size(uploads: Sequence[Upload]) -> int:
    return sum(len(one.content) for one in uploads)


def _name(file: File) -> str:
    return f"{file.stored}-{HELD}"


def _bound(file: File) -> str:
    return f"quarantine-{file.pk}-{file.belongs_to}"
