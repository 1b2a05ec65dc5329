"""Files in quarantine are scanned and made anew: a job that looks every fifteen seconds (S46)."""

import logging
from types import ModuleType

from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django import app

from waymark.cases.written import unchecked
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.files import checking, proving, scanner, sweeping
from waymark.files.checking import CHECK_FILES
from waymark.files.models import File
from waymark.referrals import added_files

LOG = logging.getLogger("waymark.files")
MOST = 50  # of one run: the next goes on


def check() -> int:
    """Check what waits, each in a transaction of its own; how many were settled.

    Nothing is scanned by a scanner that does not find what it is shown. What has waited a day
    is told to a person, and goes on waiting.
    """
    waiting = _waiting()
    if not waiting:
        return 0
    done = sum(_checked(file) for file in waiting) if say_whether_it_scans() else 0
    _tell_of_those_late()
    return done


def say_whether_it_scans() -> bool:
    """Whether the scanner finds what it must, also said in the log: else files wait."""
    try:
        proving.prove()
    except scanner.Down as down:
        LOG.error("The scanner of files is down: they wait", extra={"why": down.why})
        return False
    LOG.info("The scanner of files finds what it must")
    return True


def _check_apart() -> None:
    """The thread is gone afterwards, and its connection with it."""
    try:
        check()
    finally:
        connection.close()


def _checked(file: File) -> int:
    """One file; whatever is wrong with it keeps none behind it waiting."""
    try:
        return _settle(file, checking.judged(file))
    except scanner.Down as down:
        LOG.error("The scanner gave no answer: a file waits", extra={"why": down.why})
    except Exception:
        LOG.exception("A file could not be checked: it waits", extra={"file": file.pk})
    return 0


def _waiting() -> list[File]:
    with transaction.atomic():
        _begin()
        return list(File.objects.waiting()[:MOST])


def _settle(file: File, verdict: checking.Verdict) -> int:
    with transaction.atomic():
        _begin()
        settled = checking.settle(file, by=CHECK_FILES, verdict=verdict)
        if settled is not None:
            _rooms_of(settled).was_checked(settled, by=CHECK_FILES)
        return settled is not None


def _tell_of_those_late() -> None:
    with transaction.atomic():
        _begin()
        late = [*unchecked.late(), *added_files.late()]
    for file in late:
        with transaction.atomic():
            _begin()
            _rooms_of(file).tell(file, by=CHECK_FILES)


def _rooms_of(file: File) -> ModuleType:
    """Who is told of it: those of its case, or those who screen the referral it came with."""
    return unchecked if file.case_id else added_files


def _begin() -> None:
    read_offset()
    become(CHECK_FILES)


@app.periodic(cron="* * * * * */15")  # the seconds stand last
@app.task(queueing_lock="check_files", lock="check_files", name="waymark.project.check_files")
async def check_files(timestamp: int) -> None:
    """In a thread of its own: a scanner that hangs for a minute a file keeps no other job."""
    await sync_to_async(_check_apart, thread_sensitive=False)()


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="sweep_files", name="waymark.project.sweep_files")
async def sweep_files(timestamp: int) -> None:
    await sync_to_async(_sweep)()


def _sweep() -> int:
    with transaction.atomic():
        _begin()
        return sweeping.sweep()
