"""Eighteenth birthdays, and the three months before them: a job that runs every hour.

So it runs a minute after midnight in London, in summer time and out of it, and once whenever a
worker starts. It asks what is not done yet: run late or twice, it comes to the same.
"""

from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from waymark.cases.leads import FOLLOW_AGES, has_wrong_lead
from waymark.cases.models import Case
from waymark.cases.reading.ages import led_cases
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.support.ages import prepare, to_prepare, turn_eighteen

NAME, LOCK = "waymark.project.follow_ages", "follow_ages"


def follow() -> None:
    """See to each case whose day has come or is near, in a transaction of its own."""
    last = 0
    while True:
        with transaction.atomic():
            _begin()
            batch = led_cases(after=last)
            turned = [case for case in batch if has_wrong_lead(case)]
            near = to_prepare(batch)
        if not batch:
            return
        last = batch[-1].pk
        for use_case, cases in ((turn_eighteen, turned), (prepare, near)):
            for case in cases:
                _do(use_case, case)


def _do(use_case: Callable[..., object], case: Case) -> None:
    with transaction.atomic():
        _begin()
        use_case(case, by=FOLLOW_AGES)


def _begin() -> None:
    read_offset()
    become(FOLLOW_AGES)


@app.periodic(cron="1 * * * *")
@app.task(queueing_lock=LOCK, name=NAME)
async def follow_ages(timestamp: int) -> None:
    await sync_to_async(follow)()


def follow_soon() -> None:
    """Put the job off to now, where it does not wait already: a worker may have stood still."""
    try:
        with transaction.atomic():
            app.configure_task(NAME, queueing_lock=LOCK).defer(timestamp=0)
    except AlreadyEnqueued:
        return
